"""`trichdan bot` as a user starts it: settings from the environment, the real answerer, the sample."""

from pathlib import Path

import pytest

from tests.telegram.process import BotProcess
from tests.telegram.server import TOKEN, Loopback
from tests.telegram.test_flows import covered
from tests.telegram.test_load import REAL, needs_model
from tests.telegram.transport.test_webhook import SECRET, free_port
from tests.telegram.world import Person


def start(server: Loopback, folder: Path, **env: str) -> BotProcess:
    """Prepare `trichdan bot`."""
    return BotProcess(server, folder, {"PYTHONWARNINGS": "default", **env}, command=REAL)


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({"TRICHDAN_TELEGRAM_TOKEN": ""}, "@BotFather"),
        ({"TRICHDAN_TELEGRAM_TOKEN": "nonsense"}, "does not look like a token"),
        ({"TRICHDAN_TELEGRAM_API_URL": "http://example.org"}, "TRICHDAN_TELEGRAM_API_URL"),
        ({"TRICHDAN_TELEGRAM_WEBHOOK_URL": "https://a.example/x"}, "TRICHDAN_TELEGRAM_WEBHOOK_SECRET"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    server: Loopback, tmp_path: Path, env: dict[str, str], wanted: str
) -> None:
    """Exit status 2 and one line, before anything is opened; never the token."""
    bot = start(server, tmp_path, **env)
    bot.start(wait=False)
    assert bot.process.wait(30) == 2
    assert wanted in bot.log()
    assert len(bot.log().splitlines()) == 1
    assert TOKEN.split(":")[1] not in bot.log()
    assert server.calls == []


@needs_model
def test_the_real_answers_come_in_telegram(server: Loopback, tmp_path: Path) -> None:
    """The first start builds from TRICHDAN_SOURCES; quotes are sentences of its files, byte for byte."""
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    texts = [path.read_bytes().decode("utf-8") for path in sorted(seeds.glob("*.txt"))]
    questions = (
        "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?",
        "hoi nghi thuong dinh NATO nam 2025 duoc to chuc o dau",
    )
    with start(server, tmp_path) as bot:
        for number, question in enumerate(questions, 5):
            answer = server.answer_to(server.says(Person(number), question), timeout=60)
            quotes = covered(answer, "blockquote", "expandable_blockquote")
            assert "La Haye" in quotes[0]
            assert all(any(quote in text for text in texts) for quote in quotes)
        assert server.refusals() == []
        assert bot.stop()[0] == 0
        assert TOKEN.split(":")[1] not in bot.log()


@needs_model
def test_the_webhook_is_a_setting(tmp_path: Path) -> None:
    """Address, secret and place to listen come from the environment."""
    port = free_port()
    env = {
        "TRICHDAN_TELEGRAM_WEBHOOK_URL": "https://bot.example/telegram",
        "TRICHDAN_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TRICHDAN_TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }
    with (
        Loopback(webhook_to=f"http://127.0.0.1:{port}/telegram") as server,
        start(server, tmp_path, **env) as bot,
    ):
        server.answer_to(server.says(Person(5), "NATO họp ở đâu?"), timeout=60)
        assert server.polls == []
        assert bot.stop()[0] == 0
        assert SECRET not in bot.log()


@needs_model
def test_what_decides_is_read_again(server: Loopback, tmp_path: Path) -> None:
    """The same question over the same generation, by another threshold and with a synonym of one's own."""
    settings, synonyms, owner = tmp_path / "settings", tmp_path / "synonyms", Person(9)
    question = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
    synonyms.write_text("", "utf-8")
    settings.write_text(f"TRICHDAN_THRESHOLD=0.9999\nTRICHDAN_SYNONYMS_FILE={synonyms}\n", "utf-8")
    env = {"TRICHDAN_ENV_FILE": str(settings), "TRICHDAN_OWNERS": "9"}
    with start(server, tmp_path, **env) as bot:
        assert "La Haye" not in server.answer_to(server.says(owner, question), timeout=60)["text"]
        settings.write_text(f"TRICHDAN_THRESHOLD=0.3\nTRICHDAN_SYNONYMS_FILE={synonyms}\n", "utf-8")
        server.answer_to(server.says(owner, "/reload"), timeout=60)
        assert "La Haye" in server.answer_to(server.says(owner, question), timeout=60)["text"]
        synonyms.write_text("x\n", "utf-8")  # no group
        assert "synonyms" in server.answer_to(server.says(owner, "/reload"), timeout=60)["text"]
        assert "La Haye" in server.answer_to(server.says(owner, question), timeout=60)["text"]
        assert bot.stop()[0] == 0


SAMPLE = "Đây là bộ sưu tập mẫu, gồm năm bài báo."


@needs_model
def test_the_sample_is_served_only_where_that_is_asked_for(server: Loopback, tmp_path: Path) -> None:
    """Each answer says that it is the sample; without the option the bot runs without a collection."""
    question, owner = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?", Person(9)
    env = {"TRICHDAN_SOURCES": "", "TRICHDAN_OWNERS": "9"}
    trying = start(server, tmp_path, **env)
    trying.arguments = ("--sample",)
    with trying as bot:
        assert SAMPLE in server.answer_to(server.says(owner, question), timeout=60)["text"]
        assert bot.stop()[0] == 0
    with start(server, tmp_path, **env) as bot:
        assert "La Haye" not in server.answer_to(server.says(owner, question), timeout=60)["text"]
        assert "no documents of your own yet" in bot.log()
        note = server.answer_to(server.sends_file(owner, "meo.txt", "Con mèo tên là Mướp.".encode(), None))
        bot.until(lambda: "nhường chỗ" in server.now(note)["text"], timeout=60)
        bot.until(lambda: "the collection is about" in bot.log(), timeout=60)
        answer = server.answer_to(server.says(owner, "Con mèo tên là gì?"), timeout=60)["text"]
        assert "Mướp" in answer and SAMPLE not in answer
        assert bot.stop()[0] == 0
