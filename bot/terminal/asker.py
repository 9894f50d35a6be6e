"""One question in, its answer on the screen: what `ask` and `chat` share."""

from dataclasses import dataclass
from functools import cache

from bot.citation import safe
from bot.followup import complete, leans
from bot.system_language import spoken
from bot.terminal.answer_json import answer_json
from bot.terminal.explanation_text import explanation_json, explanation_text
from bot.terminal.open_collection import OpenCollection
from bot.terminal.paragraphs import Paragraph, Role, Run, Words, candidates, paragraphs, plain
from bot.terminal.screen import Screen
from bot.texts.choose import explain_texts_for, texts_for
from bot.texts.messages import translate
from bot.texts.refusals import refusal
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Refusal, Status


@dataclass(frozen=True, slots=True)
class Style:
    """How answers are shown.

    Attributes:
        top: At most so many quotes.
        everything: Whether the ranked sentences below the threshold are shown too, `top` in all.
        as_json: JSON, one object a line.
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
        self._previous: str | None = None
        self._sample_told = not collection.is_sample

    def go_on(self, question: str) -> Status:
        """Answer a question of a talk; what leans on the one before ("còn Đức thì sao?") is spelled out."""
        asked = None
        if self._previous is not None and leans(question):
            asked = complete(question, self._previous, replying=False, names=self._names())
        self._previous = asked or question
        return self.ask(question, asked)

    def ask(self, question: str, understood: str | None = None) -> Status:
        """Answer one question on the screen, and tell how it ended.

        Args:
            question: As it was written.
            understood: What is asked in its place, which is said.
        """
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
            if reason in (Refusal.EMPTY, Refusal.NO_WORDS):  # nothing that is in a language
                language = spoken(style.language)
            self._screen.warn(refusal(reason, language))
        return answer.status

    def _show(self, question: str, answer: Answer, understood: str | None) -> None:
        texts = texts_for(answer.understood or question, self._style.language)
        collection = self._collection
        coverage = texts.coverage(collection.documents, collection.sentences, collection.newest)
        hint = texts.show_nearest if self._style.hinted else ""
        filtered = "" if answer.only == EVERYTHING else texts.only(answer.only)
        words = Words(texts, collection.first_words, coverage, hint, filtered)
        nearest = self._style.top if self._style.everything else 0
        heading = f"> {safe(question)}"
        note = safe(texts.understood(understood)) if understood else ""
        refused = answer.status is Status.REFUSED
        if not self._screen.is_terminal:
            head = f"{heading}\n" if self._style.headed else ""
            head += f"{note}\n" if note else ""
            tail = "\n" if self._style.headed else ""
            self._screen.write(head + ("" if refused else plain(answer, words, nearest=nearest)) + tail)
            return
        empty = Paragraph(())
        head_lines = [Paragraph((Run(heading, Role.QUESTION),))] if self._style.headed else []
        if note:
            head_lines.append(Paragraph((Run(note, Role.HINT),)))
        body = [] if refused else [empty, *paragraphs(answer, words, nearest=nearest), empty]
        self._screen.show([*head_lines, *body])
