"""Telegram's updates, read as values of our own. Pure.

An update is read as it arrives: as an object of the library it would cost a fifth of what an answer takes of
the event loop. Every value is held to its form here, so that nothing behind meets a number that no database
takes, a text that cannot be written as UTF-8, or one that is longer than any message.
"""

import re
from typing import Final

from bot.telegram.messages.keyboards import Button, Keyboard
from bot.telegram.updates.contents import THINGS, content
from bot.telegram.updates.forms import number, perhaps_number, perhaps_text, text
from bot.telegram.updates.values import (
    Attached,
    Incoming,
    Json,
    Me,
    Membership,
    Moved,
    Person,
    Press,
    Search,
    Written,
)

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,64}))?(?:\s+|$)")
_PRESENT: Final = ("member", "administrator", "creator")
_MOST_BUTTONS: Final = 100
_MOST_IN_A_ROW: Final = 8


def numbered(update: object) -> int | None:
    """Return the number of an update, or None for what has no number that can be kept."""
    told = update.get("update_id") if isinstance(update, dict) else None
    return told if type(told) is int and 0 <= told < 1 << 62 else None


def read(update: Json, me: Me) -> Incoming | None:
    """Return what an update says, or None where it is nothing to us.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: It is not formed as Telegram forms updates.
    """
    if "message" in update:
        if (moved := _moved(update["message"])) is not None:
            return moved
        return _written(update["message"], me, edited=False)
    if "edited_message" in update:
        return _written(update["edited_message"], me, edited=True)
    if "callback_query" in update:
        return _press(update["callback_query"])
    if "inline_query" in update:
        query = update["inline_query"]
        return Search(_person(query["from"]), text(query["id"]), text(query["query"]))
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    return None


def _person(user: Json) -> Person:
    name = " ".join(text(user[part]) for part in ("first_name", "last_name") if user.get(part))
    return Person(number(user["id"]), name, perhaps_text(user.get("language_code")))


def _written(message: Json, me: Me, *, edited: bool) -> Written | None:
    person = _writer(message)
    if person is None:
        return None
    if message.get("via_bot", {}).get("id") == me.id:
        return None  # one of our own inline results
    private = message["chat"]["type"] == "private"
    attached = _attached(message) if private else None
    said = None if attached else content(message, me)
    words, command, named = None, None, private
    if said is not None:
        named = private or said.named
        found = _COMMAND.match(said.text)
        if found and found[2] and found[2].lower() != me.username.lower():
            return None  # a command for another bot
        words = said.text[found.end() :].strip() if found else said.text
        if found:
            command, named = found[1].lower(), named or bool(found[2])
        if not words and command in (None, "ask"):
            words = _replied_text(message, me) or words
    elif not private or THINGS.isdisjoint(message):
        return None
    reply_to = _own_message(message, me)
    return Written(
        person=person,
        chat=number(message["chat"]["id"]),
        thread=_thread(message),
        message=number(message["message_id"]),
        private=private,
        text=words,
        command=command,
        addressed=named or command is not None or reply_to is not None,
        reply_to=reply_to,
        edited=edited,
        at=float(number((edited and message.get("edit_date")) or message["date"])),
        attached=attached,
        named=named,
        album=perhaps_text(message.get("media_group_id")),
        title=text(message["chat"].get("title", "")),
    )


def _moved(message: Json) -> Moved | None:
    """Return that a group has a new number; both the old and the new group tell of it."""
    chat = message["chat"]
    old, new = message.get("migrate_from_chat_id"), message.get("migrate_to_chat_id")
    if old is None and new is None:
        return None
    old, new = number(chat["id"] if old is None else old), number(chat["id"] if new is None else new)
    return Moved(Person(new, text(chat.get("title", "")), None), new, old)


def _replied_text(message: Json, me: Me) -> str | None:
    """Return what somebody asked whom a message replies to: the part that was chosen, or all of it."""
    if (chosen := message.get("quote")) is not None:
        return text(chosen["text"]).strip()
    replied = message.get("reply_to_message", {})
    said = None if _own_message(message, me) else content(replied, me)
    return _COMMAND.sub("", said.text, count=1).strip() if said else None


def _writer(message: Json) -> Person | None:
    """Return who wrote, or None for what is not answered: other bots, and what a channel passes on by itself.

    Who writes on behalf of a chat (an anonymous administrator, a member as their channel) is that chat; the
    account that Telegram names beside it, a bot, is the same one for all.
    """
    if message.get("is_automatic_forward"):
        return None
    chat, sender = message.get("sender_chat"), message.get("from")
    if chat is not None:
        return Person(number(chat["id"]), text(chat.get("title", "")), None)
    return None if sender is None or sender["is_bot"] else _person(sender)


def _thread(message: Json) -> int | None:
    return perhaps_number(message.get("message_thread_id")) if message.get("is_topic_message") else None


def _attached(message: Json) -> Attached | None:
    document = message.get("document")
    if document is None or "animation" in message:  # a GIF carries itself as a document, too
        return None
    return Attached(
        text(document["file_id"]),
        text(document.get("file_name", "")),
        perhaps_number(document.get("file_size")),
        perhaps_text(message.get("caption")),
        perhaps_text(message.get("media_group_id")),
    )


def _own_message(message: Json, me: Me) -> int | None:
    replied = message.get("reply_to_message", {})
    return number(replied["message_id"]) if replied.get("from", {}).get("id") == me.id else None


def _press(query: Json) -> Press:
    message = query.get("message", {})
    chat = message.get("chat", {})
    return Press(
        person=_person(query["from"]),
        query=text(query["id"]),
        chat=perhaps_number(chat.get("id")),
        message=perhaps_number(message.get("message_id")),
        thread=_thread(message),
        private=chat.get("type") == "private",
        data=perhaps_text(query.get("data")),
        offered=_offered(message),
    )


def _offered(message: Json) -> Keyboard:
    """Return the buttons that a message has, as Telegram tells and not who presses."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return tuple(tuple(_button(button) for button in row[:_MOST_IN_A_ROW]) for row in rows[:_MOST_BUTTONS])


def _button(button: Json) -> Button:
    return Button(
        text(button.get("text", "")),
        perhaps_text(button.get("callback_data")),
        perhaps_text(button.get("url")),
        perhaps_text(button.get("switch_inline_query")),
        perhaps_text(button.get("copy_text", {}).get("text")),
    )


def _membership(update: Json) -> Membership:
    return Membership(
        person=_person(update["from"]),
        chat=number(update["chat"]["id"]),
        private=update["chat"]["type"] == "private",
        present=update["new_chat_member"]["status"] in _PRESENT,
        before=update["old_chat_member"]["status"] in _PRESENT,
        title=text(update["chat"].get("title", "")),
    )
