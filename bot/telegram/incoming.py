"""What people do, taken from Telegram's updates as values of our own. Pure.

An update is read as it arrives: as an object of the library it would cost a fifth of what an answer takes of
the event loop.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

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

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as Telegram knows it."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts."""

    id: int
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was sent.

    Attributes:
        id: By which it is fetched.
        name: As its sender calls it.
        size: In bytes, where Telegram tells.
        caption: What was written below it.
        album: Same for all files that were sent together; None for one that was sent alone.

    """

    id: str
    name: str
    size: int | None
    caption: str | None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A message or an edited one.

    Attributes:
        person: Who wrote.
        chat: Where.
        thread: Topic of the chat.
        message: Number of the message in the chat.
        private: Whether nobody else reads along.
        text: What was written, without command and without the mention that addresses the bot; None for a
            message without text.
        command: Name of the command, lower-case; None for plain text.
        addressed: Whether the bot is meant: always in private; in groups by mention, reply or command.
        reply_to: The bot's own message that is replied to.
        edited: Whether it was written before and is now changed.
        at: When, in seconds of the epoch.
        attached: A file that came with it, in private.

    """

    person: Person
    chat: int
    thread: int | None
    message: int
    private: bool
    text: str | None
    command: str | None
    addressed: bool
    reply_to: int | None
    edited: bool
    at: float
    attached: Attached | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; `chat` and `message` are None for one under an inline result."""

    person: Person
    query: str
    chat: int | None
    message: int | None
    thread: int | None
    private: bool
    data: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """An inline query as it is being typed."""

    person: Person
    query: str
    text: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was let into a chat, or put out of it."""

    person: Person
    chat: int
    private: bool
    present: bool
    before: bool


Incoming = Written | Press | Search | Membership


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
        return Search(_person(query["from"]), query["id"], query["query"])
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    return None


def _person(user: Json) -> Person:
    name = " ".join(user[part] for part in ("first_name", "last_name") if user.get(part))
    return Person(user["id"], name, user.get("language_code"))


def _written(message: Json, me: Me, *, edited: bool) -> Written | None:
    sender = message.get("from")
    if sender is None or sender["is_bot"]:
        return None
    if message.get("via_bot", {}).get("id") == me.id:
        return None  # one of our own inline results
    private = message["chat"]["type"] == "private"
    text, command, addressed = message.get("text"), None, private
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
        person=_person(sender),
        chat=message["chat"]["id"],
        thread=_thread(message),
        message=message["message_id"],
        private=private,
        text=text,
        command=command,
        addressed=addressed or reply_to is not None,
        reply_to=reply_to,
        edited=edited,
        at=float((edited and message.get("edit_date")) or message["date"]),
        attached=_attached(message),
    )


def _thread(message: Json) -> int | None:
    return message.get("message_thread_id") if message.get("is_topic_message") else None


def _attached(message: Json) -> Attached | None:
    document = message.get("document")
    if document is None:
        return None
    return Attached(
        document["file_id"],
        document.get("file_name", ""),
        document.get("file_size"),
        message.get("caption"),
        message.get("media_group_id"),
    )


def _own_message(message: Json, me: Me) -> int | None:
    replied = message.get("reply_to_message", {})
    return replied["message_id"] if replied.get("from", {}).get("id") == me.id else None


def _without_mention(message: Json, text: str, me: Me) -> tuple[str, bool]:
    """Take our own name out of a text, by the entities that Telegram made; tell whether it was there."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    handle = f"@{me.username}".lower()
    for entity in sorted(message.get("entities", ()), key=lambda e: -int(e["offset"])):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
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
        query=query["id"],
        chat=chat.get("id"),
        message=message.get("message_id"),
        thread=_thread(message),
        private=chat.get("type") == "private",
        data=query.get("data"),
    )


def _membership(update: Json) -> Membership:
    return Membership(
        person=_person(update["from"]),
        chat=update["chat"]["id"],
        private=update["chat"]["type"] == "private",
        present=update["new_chat_member"]["status"] in _PRESENT,
        before=update["old_chat_member"]["status"] in _PRESENT,
    )
