"""Telegram's updates, read as values of our own. Pure.

An update is read as it arrives: as an object of the library it would cost a fifth of what an answer takes of
the event loop. Every value is held to its form here, so that nothing behind meets a number that no database
takes, a text that cannot be written as UTF-8, or one that is longer than any message.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.telegram.updates.values import (
    Attached,
    Incoming,
    Json,
    Me,
    Membership,
    Person,
    Press,
    Search,
    Written,
)

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,64}))?(?:\s+|$)")
_PRESENT: Final = ("member", "administrator", "creator")
# What a person may send beside text; anything else without text is about the chat ("pinned a message").
_THINGS: Final = frozenset(
    re.findall(
        r"\w+",
        "animation audio caption contact dice document game location paid_media photo poll sticker story "
        "venue video video_note voice",
    )
)

_LONGEST_TEXT: Final = 4096
_MOST_ENTITIES: Final = 100
_MOST_BUTTONS: Final = 100
_SURROGATES: Final = re.compile("[\ud800-\udfff]+")
_NUMBERS: Final = range(-(1 << 62), 1 << 62)


def numbered(update: object) -> int | None:
    """Return the number of an update, or None for what has no number that can be kept."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 <= number < 1 << 62 else None


def read(update: Json, me: Me) -> Incoming | None:
    """Return what an update says, or None where it is nothing to us.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: It is not formed as Telegram forms updates.
    """
    if "message" in update:
        return _written(update["message"], me, edited=False)
    if "edited_message" in update:
        return _written(update["edited_message"], me, edited=True)
    if "callback_query" in update:
        return _press(update["callback_query"])
    if "inline_query" in update:
        query = update["inline_query"]
        return Search(_person(query["from"]), _text(query["id"]), _text(query["query"]))
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    return None


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a whole number is something else")
    if value not in _NUMBERS:
        raise ValueError("a number is beyond all bounds")
    return value


def _text(value: object) -> str:
    """Return a text that can be stored and sent, no longer than a message."""
    if not isinstance(value, str):
        raise TypeError("a text is something else")
    return _SURROGATES.sub("\ufffd", value[:_LONGEST_TEXT])


def _perhaps_number(value: object) -> int | None:
    return None if value is None else _number(value)


def _perhaps_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _person(user: Json) -> Person:
    name = " ".join(_text(user[part]) for part in ("first_name", "last_name") if user.get(part))
    return Person(_number(user["id"]), name, _perhaps_text(user.get("language_code")))


def _written(message: Json, me: Me, *, edited: bool) -> Written | None:
    person = _writer(message)
    if person is None:
        return None
    if message.get("via_bot", {}).get("id") == me.id:
        return None  # one of our own inline results
    private = message["chat"]["type"] == "private"
    attached = _attached(message) if private else None
    kind = "text" if "text" in message or attached else "caption"
    text, command, addressed = _perhaps_text(message.get(kind)), None, private
    if text is not None:
        found = _COMMAND.match(text)
        if found:
            if found[2] and found[2].lower() != me.username.lower():
                return None  # a command for another bot
            command, text, addressed = found[1].lower(), text[found.end() :].strip(), True
        else:
            text, mentioned = _without_mention(message, text, me)
            addressed = addressed or mentioned
    elif not private or _THINGS.isdisjoint(message):
        return None
    reply_to = _own_message(message, me)
    return Written(
        person=person,
        chat=_number(message["chat"]["id"]),
        thread=_thread(message),
        message=_number(message["message_id"]),
        private=private,
        text=text,
        command=command,
        addressed=addressed or reply_to is not None,
        reply_to=reply_to,
        edited=edited,
        at=float(_number((edited and message.get("edit_date")) or message["date"])),
        attached=attached,
    )


def _writer(message: Json) -> Person | None:
    """Return who wrote, or None for what is not answered: other bots, and what a channel passes on by itself.

    Who writes on behalf of a chat (an anonymous administrator, a member as their channel) is that chat; the
    account that Telegram names beside it, a bot, is the same one for all.
    """
    if message.get("is_automatic_forward"):
        return None
    chat, sender = message.get("sender_chat"), message.get("from")
    if chat is not None:
        return Person(_number(chat["id"]), _text(chat.get("title", "")), None)
    return None if sender is None or sender["is_bot"] else _person(sender)


def _thread(message: Json) -> int | None:
    return _perhaps_number(message.get("message_thread_id")) if message.get("is_topic_message") else None


def _attached(message: Json) -> Attached | None:
    document = message.get("document")
    if document is None or "animation" in message:  # a GIF carries itself as a document, too
        return None
    return Attached(
        _text(document["file_id"]),
        _text(document.get("file_name", "")),
        _perhaps_number(document.get("file_size")),
        _perhaps_text(message.get("caption")),
        _perhaps_text(message.get("media_group_id")),
    )


def _own_message(message: Json, me: Me) -> int | None:
    replied = message.get("reply_to_message", {})
    return _number(replied["message_id"]) if replied.get("from", {}).get("id") == me.id else None


def _without_mention(message: Json, text: str, me: Me) -> tuple[str, bool]:
    """Take our own name out of a text, by the entities that Telegram made; tell whether it was there."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    handle = f"@{me.username}".lower()
    name = "entities" if "text" in message else "caption_entities"
    entities: Sequence[Json] = message.get(name, ())[:_MOST_ENTITIES]
    for entity in sorted(entities, key=lambda e: -_number(e["offset"])):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + _number(entity["length"]))
        part = encoded[start:end].decode("utf-16-le", "replace").lower()
        by_name = entity["type"] == "mention" and part == handle
        by_id = entity["type"] == "text_mention" and entity.get("user", {}).get("id") == me.id
        if by_name or by_id:
            rest = encoded[:start] + encoded[end:]
            return rest.decode("utf-16-le", "replace").strip(" ,:;-\n"), True
    return text, False


def _press(query: Json) -> Press:
    message = query.get("message", {})
    chat = message.get("chat", {})
    return Press(
        person=_person(query["from"]),
        query=_text(query["id"]),
        chat=_perhaps_number(chat.get("id")),
        message=_perhaps_number(message.get("message_id")),
        thread=_thread(message),
        private=chat.get("type") == "private",
        data=_perhaps_text(query.get("data")),
        offered=_offered(message),
    )


def _offered(message: Json) -> frozenset[str]:
    """Return the data of the buttons that a message has, as Telegram tells and not who presses."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = [button for row in rows[:_MOST_BUTTONS] for button in row[:_MOST_BUTTONS]]
    return frozenset(_text(button["callback_data"]) for button in buttons if "callback_data" in button)


def _membership(update: Json) -> Membership:
    return Membership(
        person=_person(update["from"]),
        chat=_number(update["chat"]["id"]),
        private=update["chat"]["type"] == "private",
        present=update["new_chat_member"]["status"] in _PRESENT,
        before=update["old_chat_member"]["status"] in _PRESENT,
    )
