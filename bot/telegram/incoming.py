"""What people do, taken from Telegram's updates as values of our own. Pure but for the library's classes."""

import re
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,64}))?(?:\s+|$)")
_PRESENT: Final = ("member", "administrator", "creator")


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


def read(update: Update, me: Me) -> Incoming | None:
    """Return what an update says, or None where it is nothing to us."""
    if update.message:
        return _written(update.message, me, edited=False)
    if update.edited_message:
        return _written(update.edited_message, me, edited=True)
    if update.callback_query:
        return _press(update.callback_query)
    if update.inline_query:
        query = update.inline_query
        return Search(_person(query.from_user), query.id, query.query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return None


def _person(user: User) -> Person:
    return Person(user.id, user.full_name, user.language_code)


def _written(message: Message, me: Me, *, edited: bool) -> Written | None:
    if message.from_user is None or message.from_user.is_bot:
        return None
    if message.via_bot is not None and message.via_bot.id == me.id:
        return None  # one of our own inline results
    private = message.chat.type == "private"
    text, command, addressed = message.text, None, private
    if text is not None:
        found = _COMMAND.match(text)
        if found:
            if found[2] and found[2].lower() != me.username.lower():
                return None  # a command for another bot
            command, text, addressed = found[1].lower(), text[found.end() :].strip(), True
        else:
            text, mentioned = _without_mention(message, text, me)
            addressed = addressed or mentioned
    elif not private or _service(message):
        return None
    reply_to = _own_message(message, me)
    stamp = (message.edit_date if edited else None) or message.date
    return Written(
        person=_person(message.from_user),
        chat=message.chat.id,
        thread=message.message_thread_id if message.is_topic_message else None,
        message=message.message_id,
        private=private,
        text=text,
        command=command,
        addressed=addressed or reply_to is not None,
        reply_to=reply_to,
        edited=edited,
        at=stamp.timestamp(),
        attached=_attached(message),
    )


def _attached(message: Message) -> Attached | None:
    document = message.document
    if document is None:
        return None
    return Attached(
        document.file_id,
        document.file_name or "",
        document.file_size,
        message.caption,
        message.media_group_id,
    )


def _service(message: Message) -> bool:
    """Tell whether a message is about the chat ("pinned a message"), not from a person to us."""
    return not (message.effective_attachment or message.caption)


def _own_message(message: Message, me: Me) -> int | None:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != me.id:
        return None
    return replied.message_id


def _without_mention(message: Message, text: str, me: Me) -> tuple[str, bool]:
    """Take our own name out of a text, by the entities that Telegram made; tell whether it was there."""
    encoded = text.encode("utf-16-le")
    handle = f"@{me.username}".lower()
    for entity in sorted(message.entities, key=lambda e: -e.offset):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        part = encoded[start:end].decode("utf-16-le", "replace").lower()
        by_name = entity.type == "mention" and part == handle
        by_id = entity.type == "text_mention" and entity.user is not None and entity.user.id == me.id
        if by_name or by_id:
            rest = encoded[:start] + encoded[end:]
            return rest.decode("utf-16-le", "replace").strip(" ,:;-\n"), True
    return text, False


def _press(query: CallbackQuery) -> Press:
    message = query.message
    return Press(
        person=_person(query.from_user),
        query=query.id,
        chat=message.chat.id if message else None,
        message=message.message_id if message else None,
        thread=message.message_thread_id
        if isinstance(message, Message) and message.is_topic_message
        else None,
        private=message is not None and message.chat.type == "private",
        data=query.data,
    )


def _membership(update: ChatMemberUpdated) -> Membership:
    return Membership(
        person=_person(update.from_user),
        chat=update.chat.id,
        private=update.chat.type == "private",
        present=update.new_chat_member.status in _PRESENT,
        before=update.old_chat_member.status in _PRESENT,
    )
