"""Owners let people and groups in by a button, and a group that becomes a supergroup keeps what it had."""

from pathlib import Path

import pytest

from bot.telegram.access import Access
from bot.telegram.memory.guests import Guest, Standing
from bot.telegram.memory.state import State
from bot.texts.telegram import languages
from tests.telegram.conftest import OWNER
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import AID, labels, press
from tests.telegram.test_groups_and_inline import joined
from tests.telegram.world import Person, group

VI = languages()["vi"]
BOSS, LAN = Person(OWNER, "Chủ"), Person(5)
LISTED = {"TRICHDAN_ACCESS": "listed", "TRICHDAN_OWNERS": str(OWNER)}
OLD, NEW = -400, -1004000000001


def knock(server: Loopback, count: int) -> Json:
    """Wait for the `count`-th message to the owner."""
    server.wait(
        lambda c: c.method == "sendMessage" and c.params["chat_id"] == OWNER and c.code == 200, count=count
    )
    return server.sent(OWNER)[count - 1]


def test_an_owner_lets_somebody_in_and_puts_them_out(server: Loopback, tmp_path: Path) -> None:
    """One question to the owner for each, one press, and it outlives a restart until it is undone."""
    with BotProcess(server, tmp_path, LISTED) as bot:
        server.answer_to(server.says(BOSS, "/help"))
        refused = server.answer_to(server.says(LAN, AID))
        assert refused["text"].splitlines() == [VI.not_allowed.format(user=5, chat=5), VI.asked_owners]
        asked = knock(server, 2)
        assert (asked["text"], labels(asked)) == (
            VI.wants_in.format(name="Lan", id=5),
            [VI.let_in, VI.turn_away],
        )
        press(bot, BOSS, asked, VI.let_in)
        bot.until(lambda: server.now(asked)["text"] == VI.has_let_in.format(name="Lan", id=5))
        assert server.answer_to(refused)["text"] == VI.welcome
        assert "275 triệu" in server.answer_to(server.says(LAN, AID))["text"]
        bot.kill()
        bot.start()
        assert "275 triệu" in server.answer_to(server.says(LAN, AID))["text"]
        listed = server.answer_to(server.says(BOSS, "/access"))
        assert "• Lan (5)" in listed["text"]
        assert f"Chủ bot: {OWNER}" in listed["text"]
        press(bot, BOSS, listed, "✕ Lan")
        bot.until(lambda: "Lan" not in server.now(listed)["text"])
        assert str(LAN.id) in server.answer_to(server.says(LAN, AID))["text"]


def test_a_group_is_let_in_and_nobody_else_decides(server: Loopback, tmp_path: Path) -> None:
    """Added to a group, the bot asks the owner; presses of others count nothing; names are in no log."""
    chat = group(-100)
    with BotProcess(server, tmp_path, LISTED) as bot:
        server.answer_to(server.says(BOSS, "/help"))
        server.world.said(LAN, "mời bot", chat)
        server.push(server.world.update("my_chat_member", joined(LAN, chat) | {"chat": chat}))
        asked = knock(server, 2)
        assert asked["text"] == VI.group_wants_in.format(name="Nhóm đọc báo", id=-100, by="Lan")
        query = server.presses_data(Person(6), asked, "w:-100:0")
        (said,) = server.wait(
            lambda c: c.method == "answerCallbackQuery" and c.params["callback_query_id"] == query
        )
        assert said.params["text"] == VI.not_allowed.format(user=6, chat=6)
        press(bot, BOSS, asked, VI.let_in)
        bot.until(lambda: VI.group_welcome.format(bot="trichdan_bot") in str(server.sent(-100)))
        assert "275 triệu" in server.answer_to(server.says(LAN, f"/ask {AID}", chat))["text"]
        server.answer_to(server.says(Person(7, "Hà"), AID))
        other = knock(server, 3)
        press(bot, BOSS, other, VI.turn_away)
        bot.until(lambda: server.now(other)["text"] == VI.has_turned_away.format(name="Hà", id=7))
        log = bot.log()
        assert "let in a guest" in log
        assert "Hà" not in log


def test_an_owner_who_cannot_be_written_to_is_not_said_to_be_asked(server: Loopback, tmp_path: Path) -> None:
    """The visitor learns only what happened, and owners are asked once they have written to the bot."""
    with BotProcess(server, tmp_path, LISTED):
        refused = server.answer_to(server.says(LAN, AID))
        assert refused["text"] == VI.not_allowed.format(user=5, chat=5)
        server.answer_to(server.says(BOSS, "/help"))
        server.answer_to(server.says(LAN, f"/ask {AID}", group(-100)))
        assert VI.let_in in labels(knock(server, 2))


def migrate(server: Loopback) -> None:
    """Let a group become a supergroup, as both of them tell of it."""
    old, new = server.world.migrate(OLD, NEW, LAN)
    server.push(server.world.update("message", old), server.world.update("message", new))


def test_a_supergroup_keeps_what_the_group_had(server: Loopback, tmp_path: Path) -> None:
    """Access, buttons and the talk follow, across a restart; the owner learns which line to change."""
    chat = {"id": OLD, "type": "group", "title": "Nhóm nhỏ"}
    with BotProcess(server, tmp_path, LISTED | {"TRICHDAN_GROUPS": str(OLD)}) as bot:
        server.answer_to(server.says(BOSS, "/help"))
        answer = server.answer_to(server.says(LAN, "/ask viện trợ Ukraine", chat))
        migrate(server)
        told = knock(server, 2)["text"]
        assert told == VI.group_moved.format(name="Nhóm nhỏ", old=OLD, new=NEW)
        club = group(NEW, "Nhóm nhỏ")
        assert "275 triệu" in server.answer_to(server.says(LAN, f"/ask {AID}", club))["text"]
        bot.kill()
        bot.start()
        calls = len(server.calls)
        said = press(bot, LAN, answer, VI.icons["more"])
        assert "text" not in said, "it is not too old"
        (anew, *_) = server.wait(
            lambda c: c.method == "sendMessage" and c.params["chat_id"] == NEW, since=calls
        )
        assert "[6]" in anew.params["text"]
        assert "reply_parameters" not in anew.params
        follow = server.says(LAN, "/ask còn Đức thì sao?", club)
        assert "Đức viện trợ 500" in server.answer_to(follow)["text"]
        assert len(server.sent(OWNER)) == 2, "told once"


def test_a_refusal_may_be_the_first_to_tell(server: Loopback, tmp_path: Path) -> None:
    """The answer arrives in the new group, replies to nothing there, and the group is let in from then on."""
    chat = {"id": OLD, "type": "group", "title": "Nhóm nhỏ"}
    with BotProcess(server, tmp_path, LISTED | {"TRICHDAN_GROUPS": str(OLD)}):
        server.answer_to(server.says(BOSS, "/help"))
        asked = server.world.said(LAN, f"/ask {AID}", chat)
        server.world.migrate(OLD, NEW, LAN)
        server.push(server.world.update("message", asked))
        (sent,) = server.wait(
            lambda c: c.method == "sendMessage" and c.code == 200 and c.params["chat_id"] == NEW
        )
        assert "275 triệu" in sent.params["text"]
        assert "reply_parameters" not in sent.params
        assert str(NEW) in knock(server, 2)["text"]
        asked = server.says(Person(6), f"/ask {AID}", group(NEW))
        assert "275 triệu" in server.answer_to(asked)["text"]


def test_guests_are_kept(tmp_path: Path) -> None:
    """Each asks once, a decision stays, a new number takes the place of the old, and old requests go."""
    state = State(tmp_path / "state.sqlite")
    guests = state.guests
    assert guests.knock(Guest(5, "Lan"))
    assert not guests.knock(Guest(5, "Lan"))
    assert guests.let_in() == []
    assert guests.decide(5, Standing.LET_IN) == Guest(5, "Lan")
    assert guests.decide(-9, Standing.LET_IN, "Nhóm") == Guest(-9, "Nhóm")
    assert guests.move(-9, -19)
    assert not guests.move(-9, -19)
    assert guests.moved() == {-9: -19}
    guests.knock(Guest(6, "Hà"))
    guests.tidy(-1)
    assert guests.knock(Guest(6, "Hà")), "a request is forgotten in time"
    assert guests.let_in() == [Guest(5, "Lan"), Guest(-19, "Nhóm")]
    guests.forget(5)
    assert guests.let_in() == [Guest(-19, "Nhóm")]
    state.close()


@pytest.mark.parametrize(
    ("person", "chat", "may"),
    [(5, 5, True), (5, -1, True), (6, 6, False), (6, -9, True), (6, None, False), (-9, -8, False)],
)
def test_guests_may_ask(person: int, chat: int | None, may: bool) -> None:
    """As those of the settings may; they are no owners."""
    access = Access(open=False, owners=frozenset(), allowed=frozenset(), guests=frozenset((5, -9)))
    assert access.may_ask(person, chat) is may
    assert not access.owner(person)
