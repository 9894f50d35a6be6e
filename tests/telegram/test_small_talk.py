"""Small talk, things without words, pieces of a paste: answered once at most, and never searched."""

import time
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.talk.asking import asks
from bot.telegram.talk.small_talk import small_talk
from bot.texts.telegram import languages
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.test_flows import AID
from tests.telegram.test_senders import PHOTO
from tests.telegram.world import Person, group

VI = languages()["vi"]
SAID = {
    "thanks": ("Cảm ơn bạn nhiều!", "cam on", "thanks a lot", "🙏🙏"),
    "greeting": ("Xin chào ạ", "chao bot", "Hello!!"),
    "praise": ("ok", "OKKKK", "hay quá", "hay qua", "đúng rồi", "👍", "👍🏻", "Great!"),
    "blame": ("sai rồi", "sai roi", "wrong"),
    "laughter": ("haha", "😂😂"),
    "who": ("bạn là ai?", "ban la ai", "Who are you?"),
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_small_talk_is_known_with_and_without_accents(kind: str, text: str) -> None:
    """Each kind by its words, whatever the case and the emphasis."""
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    "text", [AID, "còn Đức thì sao?", "ok Mỹ viện trợ bao nhiêu", "Ukraine", "đúng không?", "", "?", "ai"]
)  # fmt: skip
def test_questions_are_no_small_talk(text: str) -> None:
    """What asks, or names something, is searched."""
    assert small_talk(text) is None


def nods(server: Loopback, message: Json) -> list[str]:
    """Wait for the reaction below a message."""
    key = (message["chat"]["id"], message["message_id"])
    server.wait(
        lambda c: c.method == "setMessageReaction" and (c.params["chat_id"], c.params["message_id"]) == key
    )
    return server.world.reactions[key]


def test_small_talk_is_never_searched_nor_logged(server: Loopback, tmp_path: Path) -> None:
    """One short sentence in private, then reactions; no answer, nothing among the unanswered."""
    with BotProcess(server, tmp_path) as bot:
        for number, (kind, texts) in enumerate(SAID.items()):
            lan = Person(50 + number)
            assert server.answer_to(server.says(lan, texts[0]))["text"] == VI.small_talk[kind]
            assert len(nods(server, server.says(lan, texts[1]))) == 1
            assert len(server.sent(lan.id)) == 1
        assert "answered:" not in bot.log()
        assert not (tmp_path / "telegram" / "unanswered.jsonl").exists()
        assert server.refusals() == []


def test_small_talk_counts_against_no_limit(server: Loopback, tmp_path: Path) -> None:
    """Who has thanked more often than they may ask still may ask; a flood of thanks draws few signs."""
    lan = Person(5)
    with BotProcess(server, tmp_path, {"TRICHDAN_TELEGRAM_PER_MINUTE": "4"}):
        server.answer_to(server.says(lan, "cảm ơn"))
        for _ in range(4):
            nods(server, server.says(lan, "cảm ơn"))
        assert "275 triệu" in server.answer_to(server.says(lan, AID), number=1)["text"]
        server.push(*(server.world.update("message", server.world.said(lan, "ok")) for _ in range(100)))
        assert "275 triệu" in server.answer_to(server.says(Person(6), AID))["text"]
        assert sum(call.method == "setMessageReaction" for call in server.calls) < 40


def test_in_a_group_a_reply_is_answered_that_asks(server: Loopback, tmp_path: Path) -> None:
    """Chatter below an answer is left alone; a question, a name, or a mention of the bot is answered."""
    lan, chat = Person(5), group(-100)
    with BotProcess(server, tmp_path) as bot:
        bot.until(lambda: "the collection is about" in bot.log())
        answer = server.answer_to(server.says(lan, f"@trichdan_bot {AID}", chat))
        assert nods(server, server.says(lan, "cảm ơn", chat, reply_to_message=answer)) == ["🤗"]
        for chatter in ("nghe nói năm nay rét lắm", "ừ mình cũng nghĩ vậy đó", "Lan ơi xem cái này đi"):
            server.says(lan, chatter, chat, reply_to_message=answer)
        for asked, wanted in (
            ("Đức viện trợ cho Ukraine bao nhiêu", "Đức viện trợ 500"),
            ("còn Pháp thì sao", "Pháp viện trợ 100"),
            ("Na Uy viện trợ 7 tỷ phải không", "Na Uy viện trợ 7"),
        ):
            reply = server.says(Person(6), asked, chat, reply_to_message=answer)
            assert wanted in server.answer_to(reply)["text"]
        assert len(server.sent(-100)) == 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đức?", True),
        ("Na Uy", True),
        ("ai nói vậy", True),
        ("Pháp có giúp không", True),
        ("còn năm 2025", True),
        ("What about Germany", True),
        ("hay đấy các bác", False),
        ("mai họp lúc chín giờ nhé", False),
        ("NATO mà", False),
        ("lol that is so true", False),
        ("x" * 400 + "?", True),
        ("x" * 400, False),
        ("🙂", False),
        ("", False),
    ],
)
def test_what_asks(text: str, wanted: bool) -> None:
    """By its mark, its words, its form, or by a bare name."""
    assert asks(text, frozenset(("Đức", "Na", "Uy", "NATO", "Pháp"))) is wanted


def picture(server: Loopback, person: Person, **more: Any) -> Json:  # noqa: ANN401
    """Let somebody send a message without a text."""
    message = server.world.said(person, "", **more)
    del message["text"]
    return server.world.update("message", message)


def test_things_without_words_are_told_once(server: Loopback, tmp_path: Path) -> None:
    """Four photos of an album and three stickers draw one sentence; an album with a caption is answered."""
    lan, minh = Person(5), Person(6)
    sticker = {"file_id": "s", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular"}
    with BotProcess(server, tmp_path):
        album = [picture(server, lan, photo=PHOTO, media_group_id="7") for _ in range(4)]
        server.push(*album, *(picture(server, lan, sticker=sticker) for _ in range(3)))
        assert server.answer_to(album[0]["message"])["text"] == VI.only_text
        captions: list[Json] = [{}, {}, {"caption": AID}, {}]
        told = [picture(server, minh, photo=PHOTO, media_group_id="8", **more) for more in captions]
        server.push(*told)
        assert "275 triệu" in server.answer_to(told[0]["message"])["text"]
        time.sleep(1.5)  # longer than an album takes to come together
        assert [len(server.sent(person.id)) for person in (lan, minh)] == [1, 1]


def test_a_paste_that_telegram_cut_is_told_once(server: Loopback, tmp_path: Path) -> None:
    """Its second piece is part of it, not a question; what comes later is one again."""
    lan = Person(5)
    with BotProcess(server, tmp_path):
        first = server.world.said(lan, "zxcv " * 800)
        second = server.world.said(lan, f"zxcv {AID}", date=first["date"] + 1)
        server.push(*(server.world.update("message", each) for each in (first, second)))
        assert VI.not_found in server.answer_to(first)["text"]
        later = server.says(lan, AID, date=first["date"] + 9)
        assert "275 triệu" in server.answer_to(later)["text"]
        assert len(server.sent(lan.id)) == 2
