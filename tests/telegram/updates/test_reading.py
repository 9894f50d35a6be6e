"""What people do, read from updates as Telegram sends them."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.messages.keyboards import Button
from bot.telegram.updates.reading import numbered, read
from bot.telegram.updates.values import Attached, Me, Membership, Person, Press, Search, Written

ME = Me(7, "trichdan_bot")
LAN = {"id": 5, "is_bot": False, "first_name": "Lan", "last_name": "Lê", "language_code": "vi"}
ALONE = {"id": 5, "type": "private", "first_name": "Lan"}
CLUB = {"id": -100, "type": "supergroup", "title": "Nhóm", "is_forum": True}
HEARD = Written(
    Person(5, "Lan Lê", "vi"), 5, None, 3, True, "Bao nhiêu?", None, True, None, edited=False, at=1000.0
)


def said(text: str | None = "Bao nhiêu?", chat: dict[str, Any] = ALONE, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make the update of a message."""
    message = {"message_id": 3, "date": 1000, "chat": chat, "from": LAN, **more}
    return {"update_id": 1, "message": message | ({} if text is None else {"text": text})}


def mention(text: str, name: str, kind: str = "mention", **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Mark a name as Telegram does, in UTF-16 units."""
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return [{"type": kind, "offset": offset, "length": len(name), **more}]


def test_a_message_in_private_is_meant_for_us() -> None:
    """Who, where, when and what."""
    assert read(said(), ME) == HEARD
    edited = {"update_id": 1, "edited_message": said()["message"] | {"edit_date": 1060}}
    assert read(edited, ME) == replace(HEARD, edited=True, at=1060.0)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/ask  Bao nhiêu?", "ask", "Bao nhiêu?"),
        ("/HELP", "help", ""),
        ("/ask@TrichDan_bot Ai?\nỞ đâu?", "ask", "Ai?\nỞ đâu?"),
        ("/start q1_abc", "start", "q1_abc"),
        ("/ có gì", None, "/ có gì"),
        ("3/4 là gì", None, "3/4 là gì"),
    ],
)
def test_commands(text: str, command: str | None, rest: str) -> None:
    """A command begins the text; what follows is its argument."""
    assert read(said(text), ME) == replace(HEARD, command=command, text=rest)


def test_in_a_group_we_listen_when_called() -> None:
    """By a mention anywhere in the text, by a reply, by a command; not otherwise."""
    text = "🇻🇳 này @TrichDan_bot, Mỹ viện trợ bao nhiêu?"
    there = replace(HEARD, chat=-100, private=False, title="Nhóm")
    beside = replace(there, named=False)
    called = said(text, CLUB, entities=mention(text, "@TrichDan_bot"))
    assert read(called, ME) == replace(there, text="🇻🇳 này , Mỹ viện trợ bao nhiêu?")
    by_id = said(
        "Trích ơi, ai?", CLUB, entities=mention("Trích ơi, ai?", "Trích", "text_mention", user={"id": 7})
    )
    assert read(by_id, ME) == replace(there, text="ơi, ai?")
    other = "@trichdan_botany ai?"
    assert read(said(other, CLUB, entities=mention(other, "@trichdan_botany")), ME) == replace(
        beside, text=other, addressed=False
    )
    reply = {"message_id": 2, "date": 1, "chat": CLUB, "from": {"id": 7, "is_bot": True, "first_name": "T"}}
    topic = said("Ai?", CLUB, reply_to_message=reply, message_thread_id=9, is_topic_message=True)
    assert read(topic, ME) == replace(beside, text="Ai?", reply_to=2, thread=9)
    stranger = said("Ai?", CLUB, reply_to_message=reply | {"from": LAN}, message_thread_id=9)
    assert read(stranger, ME) == replace(beside, text="Ai?", addressed=False)


def test_what_is_nothing_to_us() -> None:
    """Other bots, their commands, our own inline results, pictures in groups, news about the chat."""
    robot = {"id": 9, "is_bot": True, "first_name": "R"}
    for update in (
        {"update_id": 1, "message": said()["message"] | {"from": robot}},
        said("/ask@other_bot ai?"),
        said(via_bot={"id": 7, "is_bot": True, "first_name": "T"}),
        said(None, CLUB, photo=[{}]),
        said(None, pinned_message={}),
        said(None, new_chat_title="x"),
        {"update_id": 1, "channel_post": said()["message"]},
        {"update_id": 1, "poll": {}},
    ):
        assert read(update, ME) is None


def test_things_without_text_are_answered_in_private() -> None:
    """A voice message or a picture gets a sentence; a file is one."""
    assert read(said(None, voice={"file_id": "x"}), ME) == replace(HEARD, text=None)
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.txt", "file_size": 4}
    sent = read(said(None, document=document, caption="Tin", media_group_id="g"), ME)
    assert sent == replace(HEARD, text=None, attached=Attached("f", "a.txt", 4, "Tin", "g"), album="g")


def test_presses_searches_and_memberships() -> None:
    """A button below a message or below an inline result, typing, and being let into a group."""
    pressed = {"id": "c", "from": LAN, "chat_instance": "1", "data": "m:k:3", "message": said()["message"]}
    person = Person(5, "Lan Lê", "vi")
    assert read({"update_id": 1, "callback_query": pressed}, ME) == Press(
        person, "c", 5, 3, None, private=True, data="m:k:3"
    )
    inline = {"id": "c", "from": LAN, "chat_instance": "1", "inline_message_id": "i"}
    assert read({"update_id": 1, "callback_query": inline}, ME) == Press(
        person, "c", None, None, None, private=False, data=None
    )
    typed = {"id": "q", "from": LAN, "query": "NATO", "offset": ""}
    assert read({"update_id": 1, "inline_query": typed}, ME) == Search(person, "q", "NATO")
    change = {"chat": CLUB, "from": LAN, "date": 1, "old_chat_member": {"status": "left"}}
    joined = {"update_id": 1, "my_chat_member": change | {"new_chat_member": {"status": "member"}}}
    assert read(joined, ME) == Membership(
        person, -100, private=False, present=True, before=False, title="Nhóm"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
FIELDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


def kept(value: object) -> bool:
    """Tell whether a database, a set and a line of JSON take a value, and every value within it."""
    if is_dataclass(value) and not isinstance(value, type):
        hash(value)
        return all(kept(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return all(map(kept, value))
    if isinstance(value, str):
        return len(value.encode("utf-8")) <= 4 * 4096  # raises for half a character
    return value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 2**63)


NAMES = ("from", "chat", "text", "entities", "date", "message_id", "document", "reply_to_message", "caption")


@given(st.sampled_from(FIELDS), JSON, st.sampled_from(NAMES), JSON)
def test_what_telegram_never_sends_is_told(kind: str, payload: object, name: str, value: object) -> None:
    """Values of any form raise what the caller expects, or are read as values that can be kept."""
    for update in ({kind: payload}, {kind: said()["message"] | {name: value}}):
        try:
            found = read(update, ME)
        except (LookupError, TypeError, ValueError, AttributeError):
            continue
        assert kept(found)


PRESSING = {"id": "c", "from": LAN, "chat_instance": "1", "data": "m:k:3", "message": said()["message"]}


def by(user: dict[str, Any]) -> dict[str, Any]:
    """Make the update of a message by somebody who is not as Telegram tells of people."""
    return {"update_id": 1, "message": said()["message"] | {"from": LAN | user}}


MADE_UP: dict[str, dict[str, Any]] = {
    "a person who is a list": by({"id": [1]}),
    "a person without bounds": by({"id": 2**70}),
    "a person who is true": by({"id": True}),
    "a name that is a list": by({"first_name": ["Lan"]}),
    "a chat without bounds": said(chat=ALONE | {"id": -(2**70)}),
    "a chat that is a text": said(chat=ALONE | {"id": "5"}),
    "a message without bounds": said(message_id=10**40),
    "a day without bounds": said(date=10**400),
    "an edit without bounds": {"edited_message": said()["message"] | {"edit_date": 10**400}},
    "an endless day": said(date=float("inf")),
    "a text that is a list": said(text=["x"]),  # type: ignore[arg-type]  # that is the point
    "a topic without bounds": said(message_thread_id=2**70, is_topic_message=True),
    "an entity without bounds": said(entities=[{"type": "mention", "offset": 2**70, "length": 1}]),
    "a file without bounds": said(None, document={"file_id": "f", "file_size": 2**70}),
    "a file in an album of lists": said(None, document={"file_id": "f"}, media_group_id=[1]),
    "a button in a list": {"callback_query": PRESSING | {"message": {"chat": {"id": [1]}}}},
    "a button without bounds": {"callback_query": PRESSING | {"from": LAN | {"id": 2**70}}},
    "a search of lists": {"inline_query": {"id": ["q"], "from": LAN, "query": "NATO", "offset": ""}},
}


@pytest.mark.parametrize("update", MADE_UP.values(), ids=MADE_UP)
def test_what_cannot_be_kept_is_not_read(update: dict[str, Any]) -> None:
    """Numbers that no database takes and values of another form fail at once, not where they are used."""
    with pytest.raises((LookupError, TypeError, ValueError, AttributeError)):
        read(update, ME)


def test_half_a_character_is_replaced_and_a_text_is_no_longer_than_a_message() -> None:
    """What Telegram cannot have sent is made such as it could have."""
    assert read(said("Ai\ud800?"), ME) == replace(HEARD, text="Ai\ufffd?")
    long = read(said("x" * 100_000), ME)
    assert isinstance(long, Written)
    assert long.text == "x" * 4096


def test_the_buttons_of_a_message_are_known() -> None:
    """As Telegram tells them, beside what the client says was pressed."""
    keyboard = [[{"text": "1", "callback_data": "c:k:0"}, {"text": "x", "url": "http://a.b"}], []]
    message = said()["message"] | {"reply_markup": {"inline_keyboard": keyboard}}
    found = read({"callback_query": PRESSING | {"message": message}}, ME)
    assert isinstance(found, Press)
    assert found.data == "m:k:3"
    assert found.offered == ((Button("1", "c:k:0"), Button("x", url="http://a.b")), ())
    assert (found.offers("c:k:0"), found.offers("m:k:3"), found.offers(None)) == (True, False, False)


@pytest.mark.parametrize(
    "update",
    [None, [], "x", {}, {"update_id": "1"}, {"update_id": -1}, {"update_id": 2**70}, {"update_id": True}],
)
def test_an_update_without_a_number_has_none(update: object) -> None:
    """It can be neither kept nor told apart from others."""
    assert numbered(update) is None
    assert numbered({"update_id": 7}) == 7
