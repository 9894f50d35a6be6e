"""One question in, its answer on the screen: what `ask` and `chat` share."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.citation import safe
from bot.followup import Turn, Unclear, leans, points_back, understand
from bot.system.system_language import spoken
from bot.terminal.answer_json import answer_json
from bot.terminal.explanation_text import explanation_json, explanation_text
from bot.terminal.open_collection import OpenCollection
from bot.terminal.paragraphs import Paragraph, Role, Run, Words, candidates, paragraphs, plain
from bot.terminal.screen import Screen
from bot.texts.choose import explain_texts_for, texts_for
from bot.texts.messages import translate
from bot.texts.refusals import refusal
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Refusal, Status

_TALK: Final = 5


@dataclass(frozen=True, slots=True)
class Style:
    """How answers are shown.

    Attributes:
        top: Most quotes in an answer.
        everything: Whether the ranked sentences below the threshold are shown too, `top` in all.
        as_json: JSON, one object per line.
        headed: Whether each answer stands under its question.
        explained: Whether it is said why each sentence stands where it does.
        hinted: Whether `--all` is recommended where nothing was found.
        language: "auto", "vi" or "en".
        only: Which documents are asked.
    """

    top: int
    everything: bool = False
    as_json: bool = False
    headed: bool = False
    explained: bool = False
    hinted: bool = False
    language: str = "auto"
    only: DocumentFilter = EVERYTHING


class Asker:
    """Asks one collection and shows what it answers."""

    def __init__(self, collection: OpenCollection, screen: Screen, style: Style) -> None:
        self._collection = collection
        self._screen = screen
        self._style = style
        self._names = cache(collection.names)
        self._talk: deque[Turn] = deque(maxlen=_TALK)
        self._choices: tuple[str, ...] = ()
        self._sample_told = not collection.is_sample

    def go_on(self, question: str) -> None:
        """Answer a question of a talk; one that leans on those before ("còn Đức thì sao?") is spelled out.

        If it is uncertain who is meant, it asks back; a number chooses.
        """
        asked: str | Unclear | None = self._chosen(question)
        if asked is None and (points_back(question) or leans(question)):
            asked = understand(question, tuple(self._talk), self._names())
        self._choices = asked.questions if isinstance(asked, Unclear) else ()
        if isinstance(asked, Unclear):
            self._ask_back(question)
            return
        answer = self._answer(question, asked)
        words = (each.text[slice(*each.answer)] for each in answer.quotes[:1] if each.answer)
        self._talk.appendleft(Turn(asked or question, next(words, None)))

    def _chosen(self, typed: str) -> str | None:
        """Return which question a number chooses, of those that were asked back."""
        number = typed.strip(" .")
        return next((each for at, each in enumerate(self._choices, 1) if number == str(at)), None)

    def _ask_back(self, question: str) -> None:
        texts = texts_for(question, self._style.language)
        lines = [texts.who_is_meant(len(self._choices))]
        lines += [safe(f"  {at}. {each}") for at, each in enumerate(self._choices, 1)]
        body = [Paragraph((Run(line, Role.NOTICE),)) for line in lines]
        self._below(question, "", "".join(f"{line}\n" for line in lines), body)

    def ask(self, question: str) -> Status:
        """Answer one question on the screen, and return how it ended."""
        return self._answer(question, None).status

    def _answer(self, question: str, understood: str | None) -> Answer:
        """Answer a question, or what it was understood to be, which is said."""
        style = self._style
        related = style.top if style.everything else 0
        asked = understood or question
        answer = self._collection.answerer.answer(asked, top=style.top, related=related, only=style.only)
        withheld = dict.fromkeys(answer.misquoted)
        explanation = None
        if style.explained and (style.as_json or answer.status is not Status.REFUSED):
            explanation = self._collection.answerer.explain(asked, top=style.top, only=style.only)
            withheld |= dict.fromkeys(explanation.misquoted)
        if style.as_json:
            nearest = candidates(answer, style.top) if style.everything else None
            why = explanation_json(explanation) if explanation else None
            self._screen.write(f"{answer_json(answer, nearest=nearest, explanation=why)}\n")
        else:
            self._show(question, answer, answer.understood or understood)
            if explanation:
                told = explain_texts_for(answer.understood or question, style.language)
                self._screen.write(f"\n{explanation_text(explanation, told)}")
        for message in withheld:
            self._screen.warn(translate(message, spoken(style.language)))
        if not self._sample_told:
            self._sample_told = True
            self._screen.say(texts_for(question, style.language).sample)
        if answer.status is Status.REFUSED:
            reason = answer.reason or Refusal.NO_WORDS
            language = texts_for(question, style.language).language
            if reason in (Refusal.EMPTY, Refusal.NO_WORDS):  # nothing in any language
                language = spoken(style.language)
            self._screen.warn(refusal(reason, language))
        return answer

    def _show(self, question: str, answer: Answer, understood: str | None) -> None:
        texts = texts_for(answer.understood or question, self._style.language)
        collection = self._collection
        coverage = texts.coverage(collection.documents, collection.sentences, collection.newest)
        hint = texts.show_nearest if self._style.hinted else ""
        filtered = "" if answer.only == EVERYTHING else texts.only(answer.only)
        words = Words(texts, collection.first_words, coverage, hint, filtered)
        nearest = self._style.top if self._style.everything else 0
        note = safe(texts.understood(understood)) if understood else ""
        if answer.status is Status.REFUSED:
            self._below(question, note, "", ())
            return
        empty = Paragraph(())
        body = (empty, *paragraphs(answer, words, nearest=nearest), empty)
        self._below(question, note, plain(answer, words, nearest=nearest), body)

    def _below(self, question: str, note: str, text: str, shown: Iterable[Paragraph]) -> None:
        """Show what is said to a question, below it and a note: `text` in a pipe, on a terminal `shown`."""
        heading = f"> {safe(question)}" if self._style.headed else ""
        if not self._screen.is_terminal:
            head = "".join(f"{line}\n" for line in (heading, note) if line)
            self._screen.write(head + text + ("\n" if heading else ""))
            return
        head_lines = [Paragraph((Run(heading, Role.QUESTION),))] if heading else []
        if note:
            head_lines.append(Paragraph((Run(note, Role.HINT),)))
        self._screen.show([*head_lines, *shown])
