"""How a question goes on with a talk, looked up in what was asked and answered."""

from collections.abc import Callable, Sequence, Set

from bot.followup import Turn, Unclear, complete, needs_its_answer, points_back, resolve
from bot.question_filters import filtered, prefix
from bot.telegram.memory.given_answers import Remembered


def spelled_out(
    question: str,
    talk: Sequence[Remembered],
    answered: Callable[[Remembered], str | None],
    names: Set[str],
    *,
    replying: bool,
) -> str | Unclear | None:
    """Return a question spelled out by the talk, its latest turn first; None for one that stands alone.

    `answered` gives the words that answered a turn. The filter is a part of the talk; the answer shows it,
    and a new one takes its place.
    """
    bare, changed = filtered(question)[0], False
    if points_back(bare):
        turns = [_turn(each, answered) for each in talk]
        found = resolve(bare, turns, names)
        if isinstance(found, Unclear):
            return Unclear(tuple(prefix(question) + each for each in found.questions))
        bare, changed = found or bare, found is not None
    if not talk:
        return None
    whole = complete(bare, filtered(talk[0].question)[0], replying=replying and not changed, names=names)
    if whole is None and not changed:
        return None
    return (prefix(question) or prefix(talk[0].question)) + (whole or bare)


def _turn(asked: Remembered, answered: Callable[[Remembered], str | None]) -> Turn:
    """Return an earlier question; what answered it is looked up only where that may be meant."""
    question = filtered(asked.question)[0]
    return Turn(question, answered(asked) if needs_its_answer(question) else None)
