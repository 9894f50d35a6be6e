"""Buttons weigh less than the answer, and nothing is said twice in one talk."""

from pathlib import Path

import pytest

from bot.telegram.messages.keyboards import Button, marked
from bot.telegram.talk.told import Told
from bot.texts.telegram import languages
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import AID, labels, press, settled
from tests.telegram.world import BOT, Person, group

VI = languages()["vi"]
MISSING = "Ukraine viện trợ lúa mì loại nào nhất vậy?"


def rows(message: Json) -> list[int]:
    """Count the buttons of each row."""
    return [len(row) for row in message.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]]


def checked(message: Json) -> str:
    """Read the buttons that have a mark."""
    return " ".join(each for each in labels(message) if "✓" in each)


def test_one_row_in_groups_and_two_in_private(server: Loopback, tmp_path: Path) -> None:
    """However many quotes; in a group as icons, but for the button on which Telegram draws one."""
    lan = Person(5)
    with BotProcess(server, tmp_path):
        for question in (AID, "viện trợ Ukraine"):
            assert len(rows(server.answer_to(server.says(lan, question)))) == 2
            answer = server.answer_to(server.says(lan, f"/ask {question}", group(-100)))
            assert len(rows(answer)) == 1
            (share,) = [label for label in labels(answer) if len(label) > 2]
            assert share == VI.labels["share"]


def test_neighbours_of_all_quotes_open_and_close_together(server: Loopback, tmp_path: Path) -> None:
    """One button for all of them; what was sent by earlier versions for one quote still works."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        answer = server.answer_to(server.says(lan, "viện trợ Ukraine"))
        before = server.now(answer)["text"]
        press(bot, lan, answer, VI.labels["context"])
        opened = settled(bot, answer, VI.labels["close"])
        assert sum(e["type"] == "italic" for e in opened["entities"]) >= 4
        press(bot, lan, answer, VI.labels["close"])
        bot.until(lambda: server.now(answer)["text"] == before)
        (data,) = {b["callback_data"] for row in answer["reply_markup"]["inline_keyboard"] for b in row
                   if b.get("callback_data", "").startswith("c:")}  # fmt: skip
        server.presses_data(lan, answer, data.rpartition(":")[0] + ":0")
        bot.until(lambda: server.now(answer)["text"] != before)
        assert sum(e["type"] == "italic" for e in server.now(answer)["entities"]) <= 2


@pytest.mark.parametrize("chat", [None, group(-100)])
def test_a_verdict_leaves_a_mark(server: Loopback, tmp_path: Path, chat: Json | None) -> None:
    """On the button that was pressed, on no other, and it stays when more is opened."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        answer = server.answer_to(server.says(lan, "/ask viện trợ Ukraine", chat))
        for thumb, other in (("👍", "👎"), ("👎", "👍")):
            press(bot, lan, answer, thumb)
            bot.until(
                lambda thumb=thumb: any("✓" in each and thumb in each for each in labels(server.now(answer)))
            )
            assert not any("✓" in each and other in each for each in labels(server.now(answer)))
        kept = checked(server.now(answer))
        press(bot, lan, answer, VI.labels["more"] if chat is None else VI.icons["more"])
        bot.until(lambda: "[6]" in server.now(answer)["text"])
        assert checked(server.now(answer)) == kept
        assert server.refusals() == []


def test_marks_are_for_verdicts_only() -> None:
    """Other buttons stay as they are, one verdict takes the mark of the other."""
    share, yes, no = Button("S", share="x"), Button("+", "y:k:0"), Button("- ✓", "n:k:0")
    assert marked(((share,), (yes, no)), "y:k:0") == (
        (share,),
        (Button("+ ✓", "y:k:0"), Button("-", "n:k:0")),
    )


def test_what_the_collection_is_about_is_said_once_a_talk(server: Loopback, tmp_path: Path) -> None:
    """Below the first "not found" only, with questions that can be pressed."""
    lan = Person(5)
    with BotProcess(server, tmp_path) as bot:
        bot.until(lambda: "the collection is about" in bot.log())
        about = VI.about.split("{", maxsplit=1)[0].strip()
        told = [server.answer_to(server.says(lan, f"{MISSING} {i}")) for i in range(3)]
        assert [about in each["text"] for each in told] == [True, False, False]
        examples = [[each for each in labels(one) if each.endswith("?")] for one in told]
        assert list(map(len, examples)) == [1, 0, 0]
        press(bot, lan, told[0], examples[0][0])
        assert "La Haye" in server.answer_to(told[2])["text"]
        filtered = server.answer_to(server.says(lan, f"source:TTXVN {MISSING}"))
        assert VI.without_filter in filtered["text"]
        assert about in server.answer_to(server.says(Person(6), MISSING))["text"], "another talk"
        minh = Person(7)
        server.answer_to(server.says(minh, "/start"))
        assert about not in server.answer_to(server.says(minh, MISSING))["text"], "/start has said it"


def test_a_talk_ends() -> None:
    """After half an hour without it the thing may be said again; asking whether it was said keeps it said."""
    now = 0.0
    told = Told(lambda: now)
    assert not told.knows(1, 2, "x")
    told.note(1, 2, "x")
    for now in (1000.0, 2000.0, 3000.0):  # noqa: B007 - read by the clock
        assert told.knows(1, 2, "x")
    assert not told.knows(1, 3, "x")
    now = 5000.0
    assert not told.knows(1, 2, "x")


def test_without_inline_mode_nothing_speaks_of_it(server: Loopback, tmp_path: Path) -> None:
    """No button to share, and no line about it in /help, where the bot answers no inline queries."""
    lan = Person(5)
    server.me = BOT | {"supports_inline_queries": False}
    with BotProcess(server, tmp_path):
        answer = server.answer_to(server.says(lan, AID))
        assert VI.labels["share"] not in labels(answer)
        assert "Ở bất kỳ đâu" not in server.answer_to(server.says(lan, "/help"))["text"]
