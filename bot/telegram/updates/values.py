"""What people do, as values of our own; `bot.telegram.updates.reading` takes them from updates. Pure."""

from dataclasses import dataclass
from typing import Any

from bot.telegram.messages.keyboards import Keyboard

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as Telegram knows it; `inline` where it answers inline queries."""

    id: int
    username: str
    inline: bool = True


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
        named: Whether the bot was named: always in private, in groups by a mention or by a command with its
            name; not by a mere reply, or a command that other bots may have, too.
        album: Same for all that was sent together; None for what was sent alone.
        title: What the group is called.

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
    named: bool = True
    album: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; `chat` and `message` are None for one under an inline result.

    `data` is what the person's client says, which may be anything; `offered` what the message really has
    buttons for, row by row: texts and what each does, as Telegram tells of them. `moved` where the message
    stands in a group that has a new number since, which is `chat`.
    """

    person: Person
    query: str
    chat: int | None
    message: int | None
    thread: int | None
    private: bool
    data: str | None
    offered: Keyboard = ()
    moved: bool = False

    def offers(self, data: str | None) -> bool:
        """Tell whether the message really has a button with this data."""
        return data is not None and any(each.data == data for row in self.offered for each in row)


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
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has become a supergroup, with a new number; `person` and `chat` are that of the group."""

    person: Person
    chat: int
    old: int


Incoming = Written | Press | Search | Membership | Moved
