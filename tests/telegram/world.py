"""People, chats and messages of the loopback server, and the updates that their actions make."""

# ruff: noqa: ANN401 - JSON values have any type
import copy
import itertools
import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.strict import Json, Refused, bad, utf16

BOT: Json = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "Trích Dẫn",
    "username": "trichdan_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
LARGEST_FILE = 20 << 20
MARKED = re.compile(r"(?P<mention>@\w{3,})|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]+(@\w+)?)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot."""

    id: int
    name: str = "Lan"
    language: str | None = "vi"

    def json(self) -> Json:
        """Return the person as Telegram tells of them."""
        data = {"id": self.id, "is_bot": False, "first_name": self.name}
        return data | ({"language_code": self.language} if self.language else {})

    def chat(self) -> Json:
        """Return the private chat with the person."""
        return {"id": self.id, "type": "private", "first_name": self.name}


def group(chat_id: int, title: str = "Nhóm đọc báo") -> Json:
    """Return a supergroup."""
    return {"id": chat_id, "type": "supergroup", "title": title}


def incoming_entities(text: str) -> list[Json]:
    """Mark commands and mentions as Telegram marks them in what people write."""
    return [
        {"type": found.lastgroup, "offset": utf16(text[: found.start()]), "length": utf16(found.group())}
        for found in MARKED.finditer(text)
    ]


@dataclass
class World:
    """All that the server remembers; used from the server's own thread only."""

    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    callbacks: set[str] = field(default_factory=set)
    inline: set[str] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    lost_threads: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    reactions: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    migrated: dict[int, int] = field(default_factory=dict)
    disk: str | None = None
    """Where the files of a server of one's own are (`--local`), which gives places instead of contents."""
    next_update: int = 1000
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def _new_id(self) -> int:
        return next(self._ids)

    def update(self, kind: str, payload: Json) -> Json:
        """Wrap a payload as the next update."""
        number = self.next_update
        self.next_update += 1
        return {"update_id": number, kind: payload}

    def said(self, person: Person, text: str, chat: Json | None = None, **extra: Any) -> Json:
        """Store what a person wrote and return the message."""
        chat = chat or person.chat()
        message = {
            "message_id": self._new_id(),
            "date": int(time.time()),
            "chat": chat,
            "from": person.json(),
            "text": text,
            **extra,
        }
        entities = incoming_entities(text)
        if entities:
            message["entities"] = entities
        self.messages[chat["id"], message["message_id"]] = message
        return copy.deepcopy(message)

    def sent(
        self, person: Person, name: str, content: bytes, caption: str | None = None, album: str | None = None
    ) -> Json:
        """Store a file that a person sent, perhaps as one of an album, and return the message."""
        message = self.said(person, "")
        key = f"file{message['message_id']}"
        self.files[key] = content
        stored = self.messages[message["chat"]["id"], message["message_id"]]
        del stored["text"]
        stored["document"] = {
            "file_id": key,
            "file_unique_id": f"u{key}",
            "file_name": name,
            "mime_type": "application/octet-stream",
            "file_size": len(content),
        }
        if caption is not None:
            stored["caption"] = caption
        if album is not None:
            stored["media_group_id"] = album
        return copy.deepcopy(stored)

    def edited(self, message: Json, text: str) -> Json:
        """Change what a person wrote and return the message."""
        stored = self.messages[message["chat"]["id"], message["message_id"]]
        stored.update(text=text, edit_date=int(time.time()), entities=incoming_entities(text))
        return copy.deepcopy(stored)

    def pressed(self, person: Person, message: Json, data: str) -> Json:
        """Return the callback query of a button."""
        key = f"cb{self._new_id()}"
        self.callbacks.add(key)
        stored = self.messages.get((message["chat"]["id"], message["message_id"]), message)
        return {
            "id": key,
            "from": person.json(),
            "chat_instance": "1",
            "message": copy.deepcopy(stored),
            "data": data,
        }

    def searched(self, person: Person, query: str) -> Json:
        """Return an inline query."""
        key = f"iq{self._new_id()}"
        self.inline.add(key)
        return {"id": key, "from": person.json(), "query": query, "offset": "", "chat_type": "private"}

    # What the bot does.

    def send(self, params: Json) -> Json:
        """Store a message of the bot.

        Client.cpp: "bot was blocked by the user" for USER_IS_BLOCKED, "message thread not found" for
        MESSAGE_THREAD_INVALID and the like. Bot API, ReplyParameters: a reply to nothing is refused unless
        `allow_sending_without_reply` is set.
        """
        chat_id = params["chat_id"]
        if chat_id in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        self._refuse_old(chat_id)
        chat = self._chat(chat_id)
        if params.get("message_thread_id") in self.lost_threads:
            raise bad("message thread not found")
        message: Json = {
            "message_id": self._new_id(),
            "date": int(time.time()),
            "chat": chat,
            "from": BOT,
            "text": params["text"],
        }
        for name, target in (("entities", "entities"), ("reply_markup", "reply_markup")):
            if params.get(name):
                message[target] = params[name]
        reply = params.get("reply_parameters")
        if reply:
            original = self.messages.get((chat_id, reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            if original is not None:
                message["reply_to_message"] = {
                    key: value for key, value in original.items() if key != "reply_to_message"
                }
        self.messages[chat_id, message["message_id"]] = message
        return copy.deepcopy(message)

    def migrate(self, old: int, new: int, person: Person) -> tuple[Json, Json]:
        """Let a group become a supergroup; return what both chats tell of it."""
        before = self._chat(old)
        self.migrated[old] = new
        after = {"id": new, "type": "supergroup", "title": before["title"]}
        told = []
        for chat, news in ((before, {"migrate_to_chat_id": new}), (after, {"migrate_from_chat_id": old})):
            message = self.said(person, "", chat, **news)
            del message["text"]
            told.append(message)
        return told[0], told[1]

    def _refuse_old(self, chat_id: int) -> None:
        """Refuse what is done in a group that became a supergroup.

        telegram-bot-api, Client.cpp (fail_query_with_error): the new number comes with the refusal.
        """
        if chat_id in self.migrated:
            parameters = {"migrate_to_chat_id": self.migrated[chat_id]}
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)

    def file(self, params: Json) -> Json:
        """Tell where a file can be fetched: Bot API, getFile, 20 MB at most; Client.cpp has the words."""
        key = params["file_id"]
        if key not in self.files:
            raise bad("invalid file_id")
        if len(self.files[key]) > LARGEST_FILE:
            raise bad("file is too big")
        size = len(self.files[key])
        return {
            "file_id": key,
            "file_unique_id": f"u{key}",
            "file_size": size,
            "file_path": f"documents/{key}" if self.disk is None else f"{self.disk}/{key}",
        }

    def _chat(self, chat_id: int) -> Json:
        """Find a chat: Client.cpp (check_chat); a bot cannot write where it has never been."""
        for (known, _), message in list(self.messages.items()):  # a test may send something meanwhile
            if known == chat_id:
                chat: Json = message["chat"]
                return chat
        raise bad("chat not found")

    def own(self, params: Json) -> Json:
        """Find a message of the bot that is to be changed: Client.cpp (check_message) has the words."""
        self._refuse_old(params["chat_id"])
        message = self.messages.get((params["chat_id"], params["message_id"]))
        if message is None:
            raise bad("message to edit not found")
        if message["from"]["id"] != BOT["id"]:
            raise bad("message can't be edited")
        return message

    def edit_text(self, params: Json) -> Json:
        """Replace text, entities and keyboard of a message of the bot.

        Client.cpp (fail_query_with_error): what is as it was is refused, for MESSAGE_NOT_MODIFIED.
        """
        message = self.own(params)
        fresh = {key: params[key] for key in ("entities", "reply_markup") if params.get(key)}
        old = {key: message[key] for key in ("entities", "reply_markup") if key in message}
        if message["text"] == params["text"] and fresh == old:
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
            )
        for key in ("entities", "reply_markup"):
            message.pop(key, None)
        message.update(fresh, text=params["text"], edit_date=int(time.time()))
        return copy.deepcopy(message)

    def edit_markup(self, params: Json) -> Json:
        """Replace the keyboard of a message of the bot; Client.cpp as for `edit_text`."""
        message = self.own(params)
        if message.get("reply_markup") == params.get("reply_markup"):
            raise bad("message is not modified")
        message.pop("reply_markup", None)
        if params.get("reply_markup"):
            message["reply_markup"] = params["reply_markup"]
        return copy.deepcopy(message)

    def react(self, params: Json) -> bool:
        """Set the bot's reaction below a message; Client.cpp (check_message) has the words."""
        key = (params["chat_id"], params["message_id"])
        if key not in self.messages:
            raise bad("message to react not found")
        self.reactions[key] = [each["emoji"] for each in params.get("reaction", [])]
        return True

    def delete(self, params: Json) -> bool:
        """Delete a message: Client.cpp (check_message), "message to delete not found"."""
        if self.messages.pop((params["chat_id"], params["message_id"]), None) is None:
            raise bad("message to delete not found")
        return True
