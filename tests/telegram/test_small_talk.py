"""Small talk is answered shortly, and never searched."""

from pathlib import Path

import pytest

from bot.telegram.talk.small_talk import small_talk
from bot.texts.telegram import languages
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.test_flows import AID
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


def test_small_talk_is_never_searched_nor_logged(server: Loopback, tmp_path: Path) -> None:
    """In private one short sentence; in a group nothing; no answer, nothing among the unanswered."""
    lan, chat = Person(5), group(-100)
    with BotProcess(server, tmp_path) as bot:
        answer = server.answer_to(server.says(lan, f"@trichdan_bot {AID}", chat))
        server.says(lan, "cảm ơn", chat, reply_to_message=answer)
        for kind, texts in SAID.items():
            assert (
                server.answer_to(server.says(Person(50 + len(kind)), texts[0]))["text"] == VI.small_talk[kind]
            )
        assert len(server.sent(-100)) == 1
        assert bot.log().count("answered:") == 1
        assert not (tmp_path / "telegram" / "unanswered.jsonl").exists()
