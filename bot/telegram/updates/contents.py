"""What a message says, whatever it is: text, caption, rich message, checklist or poll. Pure.

The names are those of the Bot API's `Message`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram.updates.forms import number, text
from bot.telegram.updates.values import Json, Me

# What a person may send beside text; anything else without text is about the chat ("pinned a message").
THINGS: Final = frozenset(
    re.findall(
        r"\w+",
        "animation audio checklist contact dice document game giveaway invoice live_photo location photo "
        "paid_media poll rich_message sticker story venue video video_note voice",
    )
)
_MOST_ENTITIES: Final = 100
_MOST_LEVELS: Final = 40  # 16 levels of blocks, as Telegram allows, and the formatting within
# Where the words of a rich message or a checklist stand, in their order, and what of it ends no line.
_HEADS: Final = ("title", "summary")
_PARTS: Final = (
    *_HEADS, "label", "text", "expression", "alternative_text", "blocks", "items", "cells", "tasks",
    "caption", "credit",
)  # fmt: skip
_INLINE: Final = frozenset(
    re.findall(
        r"\w+",
        "bold italic underline strikethrough spoiler date_time text_mention subscript superscript marked "
        "code custom_emoji mathematical_expression url email_address phone_number bank_card_number mention "
        "hashtag cashtag bot_command anchor anchor_link reference reference_link",
    )
)


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a message without the bot's own name, and whether that stood among them."""

    text: str
    named: bool = False


def content(message: Json, me: Me) -> Content | None:
    """Return what a message says; None where it has no words."""
    for words, marks in (("text", "entities"), ("caption", "caption_entities")):
        if (found := message.get(words)) is not None:
            return _without_mention(text(found), message.get(marks, ()), me)
    for name in ("rich_message", "checklist"):
        if (found := message.get(name)) is not None:
            return _flat(found, me)
    if (poll := message.get("poll")) is not None:
        return Content(text(poll["question"]))
    return None


def _without_mention(written: str, entities: Sequence[Json], me: Me) -> Content:
    """Take our own name out of a text, by the entities that Telegram made."""
    encoded = written.encode("utf-16-le", "surrogatepass")
    handle = f"@{me.username}".lower()
    for entity in sorted(entities[:_MOST_ENTITIES], key=lambda e: -number(e["offset"])):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + number(entity["length"]))
        part = encoded[start:end].decode("utf-16-le", "replace").lower()
        if (entity["type"] == "mention" and part == handle) or _is_me(entity, me):
            rest = encoded[:start] + encoded[end:]
            return Content(_trimmed(rest.decode("utf-16-le", "replace")), named=True)
    return Content(written)


def _flat(tree: Json, me: Me) -> Content | None:
    """Return the words of a tree of blocks, one block per line."""
    parts = list(_words(tree, me))
    named = None in parts
    lines = "".join(part or "" for part in parts).splitlines()
    words = text("\n".join(line.strip() for line in lines if line.strip()))
    return Content(_trimmed(words) if named else words, named) if words or named else None


def _words(node: Any, me: Me, level: int = 0) -> Iterator[str | None]:  # noqa: ANN401 - JSON values have any type
    """Give the strings of a tree in order, an end of line behind each block, and None for our own name."""
    if isinstance(node, str):
        yield text(node)
    elif isinstance(node, list):
        for each in node:
            yield from _words(each, me, level)
    elif isinstance(node, dict) and level < _MOST_LEVELS:
        if _is_me(node, me):
            yield None
            return
        for name in _PARTS:
            if name in node:
                yield "\n" if name == "credit" else ""
                yield from _words(node[name], me, level + 1)
                yield "\n" if name in _HEADS else ""
        yield "" if node.get("type") in _INLINE else "\n"


def _is_me(node: Json, me: Me) -> bool:
    """Tell whether a part of a text mentions us: by our number, or by our name in a rich text."""
    kind = node.get("type")
    if kind == "text_mention":
        return bool(node.get("user", {}).get("id") == me.id)
    return kind == "mention" and str(node.get("username", "")).lstrip("@").lower() == me.username.lower()


def _trimmed(written: str) -> str:
    return written.strip(" ,:;-\n")
