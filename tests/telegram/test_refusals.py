"""What Telegram refuses of a message, and that the answer comes all the same."""

import pytest

from bot.telegram.messages.entities import MOST_BYTES, Entity, bearable, link, weight
from bot.texts.telegram import languages
from tests.telegram.conftest import OWNER
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback, Trouble
from tests.telegram.strict import wrong_link
from tests.telegram.test_flows import AID, covered, press
from tests.telegram.world import Person, group

VI = languages()["vi"]


@pytest.mark.parametrize(
    "url",
    [
        "http://wiki/quy-che", "http://localhost:8080/x", "https://a.example/", "https://a.example:0/", "http://a.b:/",
        "https://a.example:65535/", "https://a.example:65536/", "https://a.example:0080/", "https://u:p@a.example/x",
        "https://u p.example/", "https://a_b.example/", "https://a|b.example/", "https://a%zz.example/", "http://@/",
        "https://a%41.example/", "https://tiếng.việt.example/ở", "http://[::1]/", "http://[::1]:80/", "http://[x]/",
        "https://a.example?x=1", "https://a.example#x", "HTTPS://A.EXAMPLE/", "http:///x", "https://u<s@a.example/",
    ],
)  # fmt: skip
def test_links_are_those_that_telegram_takes(url: str) -> None:
    """No address passes that the server refuses, and none is left out without need."""
    assert (link(url) is None) == (wrong_link(url) is not None)


def test_too_many_bytes_cost_the_last_links() -> None:
    """Bold stays, the first links stay, and the rest is plain."""
    links = [Entity("text_link", i, 1, f"https://a.example/{i}" + "y" * 2000) for i in range(8)]
    kept = bearable((Entity("bold", 20, 1), *links, Entity("bold", 30, 1)))
    assert kept == (Entity("bold", 20, 1), *links[:4], Entity("bold", 30, 1))
    assert weight(kept) <= MOST_BYTES


def start(server: Loopback, folder: object, generation: str, **env: str) -> BotProcess:
    """Make a bot with a collection."""
    from pathlib import Path

    assert isinstance(folder, Path)
    (folder / "CURRENT").write_text(generation + "\n")
    return BotProcess(server, folder, {"TRICHDAN_OWNERS": str(OWNER), **env})


def test_an_address_without_a_dot_silences_nothing(server: Loopback, tmp_path: object) -> None:
    """A page of an intranet is quoted, listed and found inline, its address as text; no call is refused."""
    lan = Person(5)
    with start(server, tmp_path, "wiki"):
        answer = server.answer_to(server.says(lan, "Quy chế cho nghỉ phép"))
        assert covered(answer, "blockquote") == ["Quy chế cho nghỉ phép mười hai ngày."]
        assert "http://wiki/quy-che" in answer["text"]
        assert "Quy chế" in server.answer_to(server.says(lan, "/sources"))["text"]
        query = server.searches(lan, "Quy chế cho nghỉ phép")
        (found,) = server.wait(
            lambda c: c.method == "answerInlineQuery" and c.params["inline_query_id"] == query
        )
        assert found.params["results"]
        assert server.refusals() == []


def test_long_addresses_do_not_silence_an_answer(server: Loopback, tmp_path: object) -> None:
    """Six quotes whose addresses together are more than Telegram takes come all, in several messages."""
    lan = Person(5)
    with start(server, tmp_path, "wordy") as bot:
        answer = server.answer_to(server.says(lan, "Bản tin nói về cơn bão"))
        press(bot, lan, answer, VI.labels["more"])
        bot.until(lambda: any("[6]" in m["text"] for m in server.world.messages.copy().values()))
        shown = [m for m in server.world.messages.copy().values() if m["from"]["is_bot"]]
        assert sum(len(covered(m, "blockquote")) for m in shown) == 6
        assert sum(len(covered(m, "text_link")) for m in shown) == 6
        assert server.refusals() == []


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("Bad Request: entity URL 'https://x' is invalid: Wrong HTTP URL", "entities"),
        ("Bad Request: ENTITIES_TOO_LONG", "entities"),
        ("Bad Request: BUTTON_URL_INVALID", "reply_markup"),
        ("Bad Request: inline keyboard button URL 'https://x' is invalid: Wrong HTTP URL", "reply_markup"),
    ],
)
def test_what_is_refused_is_sent_once_more_without_it(
    server: Loopback, tmp_path: object, said: str, lost: str
) -> None:
    """The answer comes plain, once, and the log names the refusal but no address."""
    with start(server, tmp_path, "g1") as bot:
        server.troubles.append(
            Trouble("sendMessage", 400, description=said, times=9, matches=lambda p: lost in p)
        )
        asked = server.says(Person(5), AID)
        answer = server.answer_to(asked)
        assert "Mỹ viện trợ 275 triệu USD" in answer["text"]
        assert (lost in answer) is False
        assert ("reply_markup" in answer, "entities" in answer) == (
            lost != "reply_markup",
            lost != "entities",
        )
        assert "refused, sent once more" in bot.log()
        assert "https://x" not in bot.log()


def test_missing_rights_are_called_that(server: Loopback, tmp_path: object) -> None:
    """Nothing is sent again where the bot may not write, and the log does not say "malformed"."""
    with start(server, tmp_path, "g1") as bot:
        said = "Bad Request: not enough rights to send text messages to the chat"
        server.troubles.append(Trouble("sendMessage", 400, description=said, times=9))
        server.says(Person(5), AID, group(-100))
        server.says(Person(5), f"@trichdan_bot {AID}", group(-100))
        server.wait(lambda c: c.method == "sendMessage")
        bot.until(lambda: "lost after 1 attempts: no right" in bot.log())
        assert "malformed" not in bot.log()


def test_a_topic_that_is_gone_is_left_out(server: Loopback, tmp_path: object) -> None:
    """A reply in a topic that was deleted meanwhile arrives without the topic."""
    with start(server, tmp_path, "g1"):
        server.world.lost_threads.add(77)
        extra = {"message_thread_id": 77, "is_topic_message": True}
        asked = server.says(Person(5), f"@trichdan_bot {AID}", group(-100), **extra)
        assert "275 triệu" in server.answer_to(asked)["text"]
        (call,) = server.wait(lambda c: c.method == "sendMessage" and c.code == 200)
        assert "message_thread_id" not in call.params


def test_a_failed_change_can_be_asked_for_again(server: Loopback, tmp_path: object) -> None:
    """After a refused edit the same button works; a deleted answer to an edited question is given anew."""
    lan = Person(5)
    with start(server, tmp_path, "g1") as bot:
        asked = server.says(lan, "viện trợ Ukraine")
        answer = server.answer_to(asked)
        server.troubles.append(Trouble("editMessageText", 400, description="Bad Request: MESSAGE_ODD"))
        press(bot, lan, answer, VI.labels["more"])
        server.wait(lambda c: c.method == "editMessageText" and c.code == 400)
        bot.until(lambda: "edit lost" in bot.log())
        assert "[4]" not in server.now(answer)["text"]
        press(bot, lan, answer, VI.labels["more"])
        bot.until(lambda: "[4]" in server.now(answer)["text"])
        server.world.messages.pop((lan.id, answer["message_id"]))
        server.edits(asked, "Na Uy viện trợ cho Ukraine bao nhiêu?")
        anew = server.answer_to(asked, number=2)
        assert "Na Uy viện trợ 7 tỷ USD" in anew["text"]
