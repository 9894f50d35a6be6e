"""Buttons and their data: a verb, a key that is looked up, an argument; at most 64 bytes. Pure.

The data comes back from the user's client, which may send anything: a key is 60 random bits, belongs to one
chat, and whatever does not read as one of ours is refused.
"""

import re
import secrets
from dataclasses import dataclass
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


OF_ANSWERS: Final = frozenset(
    (Verb.CONTEXT, Verb.MORE, Verb.RELATED, Verb.AGAIN, Verb.HELPFUL, Verb.NOT_HELPFUL)
)
OF_OWNERS: Final = frozenset((Verb.DOCUMENTS, Verb.PICK, Verb.CONFIRM, Verb.TAKE_OUT))
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
    """What the buttons of an answer have to know about the view above them.

    Attributes:
        key: Under which the answer is looked up.
        quotes: How many quotes are on the screen.
        opened: Which of them show their neighbours.
        more: Whether there are further quotes.
        related: Whether there are sentences behind "perhaps related" that are not open yet.
        found: Whether the quotes answer the question.
        question: What to share.
        links: Permalink of each opened quote, by place.

    """

    key: str
    quotes: int
    opened: frozenset[int]
    more: bool
    related: bool
    found: bool
    question: str
    links: dict[int, str]


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


def answer_keyboard(shown: Shown, texts: TelegramTexts) -> Keyboard:
    """Return the buttons below an answer."""
    rows: list[tuple[Button, ...]] = []
    around = tuple(_context_button(place, shown, texts) for place in range(shown.quotes))
    rows += [around[i : i + 3] for i in range(0, len(around), 3)]
    copies = tuple(
        Button((f"[{place + 1}] " if shown.quotes > 1 else "") + texts.copy_link, copy=link)
        for place, link in sorted(shown.links.items())
    )
    rows += [copies[i : i + 2] for i in range(0, len(copies), 2)]
    if shown.related:
        rows.append((Button(texts.related, data(Verb.RELATED, shown.key)),))
    last: list[Button] = []
    if shown.more:
        last.append(Button(texts.more, data(Verb.MORE, shown.key, shown.quotes)))
    if shown.found:
        last.append(Button(texts.share, share=shown.question[:256]))
        rows.append(tuple(last))
        rows.append(
            (
                Button(texts.helpful, data(Verb.HELPFUL, shown.key)),
                Button(texts.not_helpful, data(Verb.NOT_HELPFUL, shown.key)),
            )
        )
    return tuple(row for row in rows if row)


def _context_button(place: int, shown: Shown, texts: TelegramTexts) -> Button:
    alone = shown.quotes == 1
    if place in shown.opened:
        text = texts.context_close if alone else texts.context_close_numbered.format(number=place + 1)
    else:
        text = texts.context if alone else texts.context_numbered.format(number=place + 1)
    return Button(text, data(Verb.CONTEXT, shown.key, place))


def ask_again_keyboard(key: str, texts: TelegramTexts) -> Keyboard:
    """Return the one button of an answer that has been overtaken."""
    return ((Button(texts.ask_again, data(Verb.AGAIN, key)),),)


def language_keyboard(texts: TelegramTexts) -> Keyboard:
    """Return the choice of languages."""
    return (
        (Button("Tiếng Việt", data(Verb.LANGUAGE, "vi")), Button("English", data(Verb.LANGUAGE, "en"))),
        (Button(texts.lang_auto, data(Verb.LANGUAGE, "auto")),),
    )


def pages_keyboard(page: int, pages: int, tag: str, texts: TelegramTexts) -> Keyboard:
    """Return the turning of pages of a list of that generation."""
    row = []
    if page > 0:
        row.append(Button(texts.earlier, data(Verb.SOURCES, tag, page - 1)))
    if page + 1 < pages:
        row.append(Button(texts.later, data(Verb.SOURCES, tag, page + 1)))
    return (tuple(row),) if row else NO_KEYBOARD


def examples_keyboard(count: int, tag: str) -> Keyboard:
    """Return a numbered button for each example question; pressing asks it."""
    row = tuple(Button(str(i + 1), data(Verb.EXAMPLE, tag, i)) for i in range(count))
    return (row,) if row else NO_KEYBOARD
