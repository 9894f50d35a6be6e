"""Groups, inline mode, access: who is answered, where, and with what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts.telegram import languages
from tests.telegram.conftest import OWNER, somebody
from tests.telegram.process import BotProcess
from tests.telegram.server import Call, Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import covered
from tests.telegram.world import BOT, Person, group

VI = languages()["vi"]
AID = "Mỹ viện trợ cho Ukraine"
LISTED, GROUP = 102, -1001


def inline_answer(server: Loopback, query: str, timeout: float = 15) -> Call:
    """Wait for the answer of an inline query."""
    (call,) = server.wait(
        lambda c: c.method == "answerInlineQuery" and c.params["inline_query_id"] == query, timeout=timeout
    )
    return call


def test_in_groups_only_when_called(bot: BotProcess, lan: Person) -> None:
    """A mention, a reply and /ask are answered; other talk, other bots' commands and names are not."""
    chat = group(-1002)
    for text in (
        "chuyện phiếm về Ukraine",
        "/ask@other_bot Mỹ viện trợ",
        "@other_bot Mỹ viện trợ",
        "/start@other_bot",
    ):
        bot.server.says(lan, text, chat)
    asked = bot.server.says(lan, f"@{BOT['username']}, {AID}?", chat)
    answer = bot.server.answer_to(asked)
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert covered(answer, "blockquote")[0].startswith("Mỹ viện trợ 275")
    reply = bot.server.says(lan, "Đức viện trợ cho Ukraine?", chat, reply_to_message=answer)
    assert covered(bot.server.answer_to(reply), "blockquote")[0].startswith("Đức viện trợ 500")
    command = bot.server.says(lan, f"/ask@{BOT['username']} Na Uy viện trợ 7 tỷ", chat)
    assert covered(bot.server.answer_to(command), "blockquote")[0].startswith("Na Uy")
    bare = bot.server.says(lan, f"@{BOT['username']}", chat)
    assert bot.server.answer_to(bare)["text"].startswith("Chào cả nhà")
    assert len(bot.server.sent(-1002)) == 4


def test_an_edit_in_a_group_changes_the_answer(bot: BotProcess, lan: Person) -> None:
    """The answer follows the edits of its question; a line that calls nobody is not answered when edited."""
    chat = group(-1003)
    asked = bot.server.says(lan, f"/ask {AID}", chat)
    answer = bot.server.answer_to(asked)
    bot.server.edits(asked, "/ask Đức viện trợ cho Ukraine")
    bot.until(lambda: covered(bot.server.now(answer), "blockquote")[0].startswith("Đức"))
    idle = bot.server.says(lan, "không hỏi ai", chat)
    bot.server.edits(idle, "vẫn không hỏi ai")
    bot.server.answer_to(bot.server.says(somebody(), "xong chưa xyz"))
    assert len(bot.server.sent(-1003)) == 1


def test_a_group_is_greeted(bot: BotProcess, lan: Person) -> None:
    """Let into a group, the bot says how to ask."""
    chat = group(-1004)
    bot.server.world.said(lan, "mời bot", chat)
    bot.server.push(bot.server.world.update("my_chat_member", joined(lan, chat)))
    (hello,) = bot.server.wait(lambda c: c.method == "sendMessage" and c.params["chat_id"] == -1004)
    assert "/ask" in hello.params["text"]


def joined(person: Person, chat: Json) -> Json:
    """Make the update of the bot being let into a chat."""
    member = {"user": BOT, "status": "left"}
    return {
        "chat": chat,
        "from": person.json(),
        "date": 1795000000,
        "old_chat_member": member,
        "new_chat_member": member | {"status": "member"},
    }


def test_inline_results_are_quotes_with_citations(bot: BotProcess, lan: Person) -> None:
    """Each result posts a quotation and its source; they are cached for everybody where everybody may ask."""
    answer = inline_answer(
        bot.server, bot.server.searches(lan, "hội nghị NATO năm 2025 tổ chức ở đâu")
    ).params
    assert (answer["cache_time"], answer["is_personal"]) == (300, False)
    result = answer["results"][0]
    assert result["title"] == "Bế mạc hội nghị thượng đỉnh NATO"
    assert "La Haye" in result["description"]
    content = result["input_message_content"]
    assert (
        "La Haye"
        in covered({"text": content["message_text"], "entities": content["entities"]}, "blockquote")[0]
    )
    assert content["link_preview_options"] == {"is_disabled": True}
    (row,) = result["reply_markup"]["inline_keyboard"]
    assert [button["url"].split("?")[0].split("#")[0] for button in row] == [
        "https://baotintuc.vn/the-gioi/be-mac-hoi-nghi-thuong-dinh-nato-20240712104353995.htm",
        f"https://t.me/{BOT['username']}",
    ]


def test_only_the_last_of_what_is_typed_is_searched(bot: BotProcess, lan: Person) -> None:
    """Five keystrokes in a row make one answer; too short ones and those without one get a line."""
    queries = [bot.server.searches(lan, "viện trợ"[: 4 + i]) for i in range(5)]
    inline_answer(bot.server, queries[-1])
    answered = {c.params["inline_query_id"] for c in bot.server.calls if c.method == "answerInlineQuery"}
    assert not answered & set(queries[:-1])
    short = inline_answer(bot.server, bot.server.searches(somebody(), "a")).params
    assert (short["results"], short["button"]["text"], short["cache_time"]) == ([], VI.inline_hint, 0)
    none = inline_answer(bot.server, bot.server.searches(somebody(), "mặt trăng màu gì")).params
    assert none["button"]["text"] == VI.inline_nothing


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotProcess]:
    """Run a bot for an owner, one further person and one group."""
    env = {
        "TRICHDAN_ACCESS": "",
        "TRICHDAN_OWNERS": str(OWNER),
        "TRICHDAN_USERS": str(LISTED),
        "TRICHDAN_GROUPS": str(GROUP),
    }
    with Loopback() as server, BotProcess(server, tmp_path_factory.mktemp("listed"), env) as running:
        yield running
        assert server.refusals() == []
        assert running.stop()[0] == 0


def test_the_listed_may_ask(listed: BotProcess, lan: Person) -> None:
    """Owners, listed people, and anybody in a listed group."""
    server = listed.server
    for person, chat in ((Person(OWNER), None), (Person(LISTED), None), (lan, group(GROUP))):
        asked = server.says(person, f"/ask {AID}", chat)
        assert covered(server.answer_to(asked), "blockquote")[0].startswith("Mỹ")


def test_others_are_told_their_number(listed: BotProcess, lan: Person) -> None:
    """Private, in a group, by button and inline: nothing of the collection is shown."""
    server = listed.server
    answer = server.answer_to(server.says(lan, AID))
    assert str(lan.id) in answer["text"]
    assert "Ukraine" not in answer["text"]
    refused = server.answer_to(server.says(lan, f"/ask {AID}", group(-1009)))
    assert "-1009" in refused["text"]
    query = server.presses_data(lan, answer, "c:AAAAAAAAAA:0")
    (pressed,) = server.wait(
        lambda c: c.method == "answerCallbackQuery" and c.params["callback_query_id"] == query
    )
    assert str(lan.id) in pressed.params["text"]
    inline = inline_answer(server, server.searches(lan, AID)).params
    assert inline["results"] == []
    assert inline["button"]["text"] == VI.inline_not_allowed
    chat = group(-1010)
    server.world.said(lan, "mời bot", chat)
    server.push(server.world.update("my_chat_member", joined(lan, chat)))
    (hello,) = server.wait(lambda c: c.method == "sendMessage" and c.params["chat_id"] == -1010)
    assert "-1010" in hello.params["text"]


def test_inline_results_of_a_closed_bot_are_for_one_person(listed: BotProcess) -> None:
    """A cache shared by all would show them to those who may not ask."""
    answer = inline_answer(listed.server, listed.server.searches(Person(OWNER), AID)).params
    assert answer["is_personal"] is True
    assert len(answer["results"]) >= 1


def test_without_an_owner_it_says_what_to_set(server: Loopback, tmp_path: Path, lan: Person) -> None:
    """The first person learns in private which setting makes them the owner; a group only its number."""
    with BotProcess(server, tmp_path, {"TRICHDAN_ACCESS": ""}):
        text = server.answer_to(server.says(lan, "/start"))["text"]
        assert f"TRICHDAN_OWNERS={lan.id}" in text
        in_group = server.answer_to(server.says(lan, "/ask gì đó", group(-1011)))["text"]
        assert "-1011" in in_group and str(lan.id) not in in_group and "TRICHDAN" not in in_group


def test_an_owner_without_a_private_chat_is_told(server: Loopback, tmp_path: Path) -> None:
    """A bot may not write first: what is not for the group is not said in it either."""
    with BotProcess(server, tmp_path, {"TRICHDAN_OWNERS": str(OWNER)}):
        server.world.blocked.add(OWNER)
        asked = server.says(Person(OWNER), "/stats@trichdan_bot", group(-1012))
        assert server.answer_to(asked)["text"] == VI.private_write_first
