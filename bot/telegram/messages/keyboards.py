"""Buttons and their data: a verb, a key that is looked up, an argument; at most 64 bytes. Pure.

The data comes back from the user's client, which may send anything: a key is 60 random bits, belongs to one
chat, and whatever does not read as one of ours is refused.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.texts.telegram import TelegramTexts


class Verb(StrEnum):
    """What a button does; beside each, what its key and its argument are.

    A letter that has been sent is never given to another verb: buttons stay in chats for years.
    """

    CONTEXT = "c"  # an answer; the place of the quote
    MORE = "m"  # an answer; how many quotes it shows
    RELATED = "r"  # an answer
    AGAIN = "a"  # an answer
    HELPFUL = "y"  # an answer
    NOT_HELPFUL = "n"  # an answer
    LANGUAGE = "l"  # the code of a language, or "auto"
    SOURCES = "s"  # a generation; the page
    EXAMPLE = "x"  # a generation; which example
    DOCUMENTS = "d"  # a generation; the page
    PICK = "p"  # a generation; the page
    CONFIRM = "q"  # a generation; the position of a document
    TAKE_OUT = "o"  # a generation; the position of a document
    DETAILS = "i"
    LET_IN = "w"  # the number of a person or a group
    TURN_AWAY = "v"  # the same
    PUT_OUT = "z"  # the same


OF_ANSWERS: Final = frozenset(
    (Verb.CONTEXT, Verb.MORE, Verb.RELATED, Verb.AGAIN, Verb.HELPFUL, Verb.NOT_HELPFUL)
)
OF_DOCUMENTS: Final = frozenset((Verb.DOCUMENTS, Verb.PICK, Verb.CONFIRM, Verb.TAKE_OUT))
OF_GUESTS: Final = frozenset((Verb.LET_IN, Verb.TURN_AWAY, Verb.PUT_OUT))
OF_OWNERS: Final = OF_DOCUMENTS | OF_GUESTS | {Verb.DETAILS}
ASKING: Final = frozenset((Verb.AGAIN, Verb.EXAMPLE))
"""Verbs of buttons that ask a question, and count as one."""
_VERBS: Final = frozenset(Verb)
_DATA = re.compile(r"([a-z]):([A-Za-z0-9_-]{0,24}):(-?[0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Button:
    """One button: exactly one of the fields beside `text` says what it does."""

    text: str
    data: str | None = None
    url: str | None = None
    share: str | None = None
    copy: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]
NO_KEYBOARD: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button's data says."""

    verb: Verb
    key: str
    argument: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the buttons of an answer need to know about the view above them.

    Attributes:
        key: Under which the answer is looked up.
        quotes: How many quotes are on the screen.
        opened: Which of them show their neighbours.
        more: Whether there are further quotes.
        related: Whether there are sentences behind "perhaps related" that are not open yet.
        found: Whether the quotes answer the question.
        question: What to share; None where nothing can be shared.
        links: Permalink of each opened quote, by place.
        group: Whether others read along, who want no more than one row.
        verdict: Which verdict was pressed, "helpful" or "not_helpful".
        examples: Questions to ask instead, each with the data of its button.

    """

    key: str
    quotes: int
    opened: frozenset[int]
    more: bool
    related: bool
    found: bool
    question: str | None
    links: dict[int, str]
    group: bool = False
    verdict: str | None = None
    examples: tuple[tuple[str, str], ...] = ()


def new_key() -> str:
    """Return an unguessable key of ten characters."""
    return secrets.token_urlsafe(8)[:10]


def data(verb: Verb, key: str = "", argument: int = 0) -> str:
    """Return the data of a button."""
    return f"{verb}:{key}:{argument}"


def read(text: str | None) -> Pressed | None:
    """Return what the data says, or None for anything that is not ours."""
    found = _DATA.fullmatch(text or "")
    if found is None or found[1] not in _VERBS:
        return None
    return Pressed(Verb(found[1]), found[2], int(found[3]))


ALL: Final = 99
"""Stands for all quotes on the screen, where a button is about one otherwise."""
_PRESSED: Final = " ✓"


def answer_keyboard(shown: Shown, texts: TelegramTexts) -> Keyboard:
    """Return the buttons below an answer: one row in a group, two in private, and what was opened above."""
    rows: list[tuple[Button, ...]] = []
    copies = [
        Button((f"[{place + 1}] " if shown.quotes > 1 else "") + texts.copy_link, copy=link)
        for place, link in sorted(shown.links.items())
    ]
    rows += [tuple(copies[i : i + 3]) for i in range(0, len(copies), 3)]
    if shown.related:
        rows.append((Button(texts.related, data(Verb.RELATED, shown.key)),))
    rows += [(Button(question, asks),) for question, asks in shown.examples]
    labels = texts.icons if shown.group else texts.labels
    first = []
    if shown.quotes:
        around = Button(labels["close" if shown.opened else "context"], data(Verb.CONTEXT, shown.key, ALL))
        first.append(around)
    if shown.more:
        first.append(Button(labels["more"], data(Verb.MORE, shown.key, shown.quotes)))
    if shown.found and shown.question is not None:
        # Telegram draws an arrow on it: an icon would be a second one.
        first.append(Button(texts.labels["share"], share=shown.question[:256]))
    verdicts = _verdicts(shown, labels) if shown.found else ()
    rows += [(*first, *verdicts)] if shown.group else [tuple(first), verdicts]
    return tuple(row for row in rows if row)


def _verdicts(shown: Shown, labels: Mapping[str, str]) -> tuple[Button, ...]:
    both = ((Verb.HELPFUL, "helpful"), (Verb.NOT_HELPFUL, "not_helpful"))
    return tuple(
        Button(labels[name] + (_PRESSED if shown.verdict == name else ""), data(verb, shown.key))
        for verb, name in both
    )


def marked(keyboard: Keyboard, pressed: str) -> Keyboard:
    """Return the buttons of an answer with a mark on the verdict that was pressed, and on no other."""
    verdicts = (f"{Verb.HELPFUL}:", f"{Verb.NOT_HELPFUL}:")

    def mark(button: Button) -> Button:
        if not (button.data or "").startswith(verdicts):
            return button
        return replace(button, text=button.text.removesuffix(_PRESSED) + _PRESSED * (button.data == pressed))

    return tuple(tuple(mark(button) for button in row) for row in keyboard)


def ask_again_keyboard(key: str, texts: TelegramTexts) -> Keyboard:
    """Return the one button of an outdated answer."""
    return ((Button(texts.ask_again, data(Verb.AGAIN, key)),),)


def language_keyboard(texts: TelegramTexts) -> Keyboard:
    """Return the choice of languages."""
    return (
        (Button("Tiếng Việt", data(Verb.LANGUAGE, "vi")), Button("English", data(Verb.LANGUAGE, "en"))),
        (Button(texts.lang_auto, data(Verb.LANGUAGE, "auto")),),
    )


def pages_keyboard(verb: Verb, page: int, pages: int, tag: str, texts: TelegramTexts) -> Keyboard:
    """Return the paging buttons of a list of that generation."""
    row = []
    if page > 0:
        row.append(Button(texts.earlier, data(verb, tag, page - 1)))
    if page + 1 < pages:
        row.append(Button(texts.later, data(verb, tag, page + 1)))
    return (tuple(row),) if row else NO_KEYBOARD


def examples_keyboard(examples: Sequence[tuple[str, str]]) -> Keyboard:
    """Return a button for each example question; pressing asks it."""
    return tuple((Button(question, asks),) for question, asks in examples)
