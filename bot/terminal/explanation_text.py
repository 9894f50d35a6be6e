"""Explanation → what a terminal, a pipe or a script is shown; pure."""

import math
from collections.abc import Iterator
from dataclasses import asdict

from bot.citation import safe
from bot.texts.explain import ExplainTexts
from retrieval.ranking import Explanation
from retrieval.ranking.explanation import Contribution, Reason, Step

Json = dict[str, object]
STEPS = 6
"""How many steps of the trees are listed, which look at every feature."""


def explanation_text(explanation: Explanation, texts: ExplainTexts) -> str:
    """Write out the two sums of each sentence, largest parts first, and what the names mean.

    Of what the trees add, the largest steps are told one by one and the others together.
    """
    lines = [*_question(explanation, texts)]
    for number, reason in enumerate(explanation.reasons, start=1):
        lines += ["", *_sentence(number, reason, explanation.threshold, texts)]
    if explanation.reasons:
        sums = explanation.reasons[0].sums
        read = explanation.reasons[0].read
        named = dict.fromkeys(part.name for part in (*sums.score, *sums.odds, *read))
        width = max(len(_name(name, texts)) for name in named)
        lines += ["", f"{texts.legend}:"]
        lines += [f"  {_name(name, texts):<{width}}  {texts.names.get(name, ('', ''))[1]}" for name in named]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def explanation_json(explanation: Explanation) -> Json:
    """Return the same as values, with every figure as it was calculated."""
    question = explanation.question
    return {
        "kind": question.kind if question else None,
        "accented": question.accented if question else None,
        "words": list(question.terms) if question else [],
        "unknown_words": list(explanation.unknown),
        "threshold": explanation.threshold,
        "candidates": explanation.candidates,
        "sentences": [
            {
                "text": reason.quote.text,
                "document": reason.quote.document,
                "start": reason.quote.start,
                "end": reason.quote.end,
                "matched": list(reason.matched),
                "place_by_score": reason.place + 1,
                "score": _total(reason.sums.score),
                "score_parts": [_part(part) for part in reason.sums.score],
                "log_odds": _total((*reason.sums.odds, *reason.sums.trees)),
                "log_odds_parts": [_part(part) for part in reason.sums.odds],
                "log_odds_steps": [asdict(step) for step in reason.sums.trees],
                "read_log_odds": _total(reason.read) if reason.read else None,
                "read_log_odds_parts": [_part(part) for part in reason.read],
                "most_probability": reason.sums.most,
                "own_probability": reason.sums.own,
                "probability": reason.sums.probability,
                "below_threshold": reason.sums.probability < explanation.threshold,
            }
            for reason in explanation.reasons
        ],
    }


def _question(explanation: Explanation, texts: ExplainTexts) -> Iterator[str]:
    question = explanation.question
    if question is None:
        return
    yield f"{texts.asked}: {texts.kinds.get(question.kind or '', question.kind)}."
    yield f"  {texts.words}: {safe(' · '.join(question.terms))}"
    if explanation.unknown:
        yield f"  {texts.unknown}: {safe(' · '.join(explanation.unknown))}"
    if not question.accented:
        yield f"  {texts.no_accents}"
    if not explanation.reasons:
        yield texts.nothing
        return
    yield texts.candidates.format(count=explanation.candidates)
    first = explanation.reasons[0].sums.probability
    said = texts.turned_away if first < explanation.threshold else texts.answered
    yield said.format(probability=_percent(first), threshold=_percent(explanation.threshold))


def _sentence(number: int, reason: Reason, threshold: float, texts: ExplainTexts) -> Iterator[str]:
    sums = reason.sums
    below = f" ({texts.below})" if sums.probability < threshold else ""
    yield f"[{number}] {_percent(sums.probability)}{below}  {safe(reason.quote.text)}"
    if reason.matched:
        yield f"    {texts.matched}: {safe(' · '.join(reason.matched))}"
    yield f"    {texts.score.format(sum=f'{_total(sums.score):.2f}')}"
    yield from _table(sums.score, texts)
    odds = f"{_total((*sums.odds, *sums.trees)):+.2f}"
    yield f"    {texts.odds.format(sum=odds, probability=_percent(sums.own))}"
    yield from _table(sums.odds, texts)
    if any(step.contribution for step in sums.trees):
        yield f"    {texts.trees.format(sum=f'{_total(sums.trees):+.2f}')}"
        yield from _steps(sums.trees, texts)
    if sums.most < 1:
        yield f"    {texts.lacking.format(most=_percent(sums.most))}"
    if reason.read:
        total = _total(reason.read)
        read = _percent(1 / (1 + math.exp(-total)))
        yield f"    {texts.read.format(sum=f'{total:+.2f}', probability=read)}"
        yield from _table(reason.read, texts)
    if reason.quote.answer:
        yield f"    {texts.answer}: {safe(reason.quote.text[slice(*reason.quote.answer)])}"
    if reason.place != number - 1:
        yield f"    {texts.moved.format(place=reason.place + 1)}"
    if not reason.read and _percent(sums.own) != _percent(sums.probability):
        capped = texts.capped.format(own=_percent(sums.own), probability=_percent(sums.probability))
        yield f"    {capped}"


def _table(parts: tuple[Contribution, ...], texts: ExplainTexts) -> Iterator[str]:
    width = max(len(_name(part.name, texts)) for part in parts)
    for part in sorted(parts, key=lambda part: -abs(part.contribution)):
        yield (
            f"      {_name(part.name, texts):<{width}}  {part.value:>8.2f} × {part.weight:>7.3f} "
            f"= {part.contribution:>+7.2f}"
        )


def _steps(steps: tuple[Step, ...], texts: ExplainTexts) -> Iterator[str]:
    ordered = sorted(steps, key=lambda step: -abs(step.contribution))
    told, others = ordered[:STEPS], ordered[STEPS:]
    width = max(len(texts.others), *(len(_name(step.name, texts)) for step in told))
    for step in told:
        name = _name(step.name, texts)
        yield f"      {name:<{width}}  {step.value:>8.2f}           {step.contribution:>+9.2f}"
    yield f"      {texts.others:<{width}}  {'':>8}           {_total(tuple(others)):>+9.2f}"


def _part(part: Contribution) -> Json:
    return {
        "name": part.name,
        "value": part.value,
        "weight": part.weight,
        "contribution": part.contribution,
    }


def _total(parts: tuple[Contribution | Step, ...]) -> float:
    return math.fsum(part.contribution for part in parts)


def _name(name: str, texts: ExplainTexts) -> str:
    return texts.names.get(name, (name, ""))[0]


def _percent(probability: float) -> str:
    return f"{probability:.0%}"
