"""Tasks beside answering: the bot says once that it only quotes, and quotes on the subject by date."""

from pathlib import Path

import pytest

from bot.telegram.talk.tasks import subject
from bot.texts.telegram import languages
from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.test_flows import covered
from tests.telegram.world import Person
from tests.test_linear_time import is_linear

VI = languages()["vi"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tóm tắt viện trợ của Mỹ cho Ukraine", "viện trợ của Mỹ cho Ukraine"),
        ("tom tat giup minh tin tuc ve hoi nghi NATO", "hoi nghi NATO"),
        ("Bạn hãy so sánh viện trợ của Mỹ và Đức nhé", "viện trợ của Mỹ và Đức"),
        ("Viết một đoạn văn ngắn về hội nghị thượng đỉnh NATO", "hội nghị thượng đỉnh NATO"),
        ("Dịch tuyên bố của Stoltenberg sang tiếng Anh", "tuyên bố của Stoltenberg"),
        ("Please summarize the NATO summit", "NATO summit"),
        ("Write an article about the aid for Ukraine", "aid for Ukraine"),
        ("Compare Germany and France.", "Germany and France"),
        ("Dịch COVID-19 bắt đầu ở Vũ Hán", None),
        ("dịch sốt xuất huyết năm 2024", None),
        ("Viết Xuân là ai?", None),
        ("Viết Xuân quê ở đâu", None),
        ("Ai viết bản tuyên bố?", None),
        ("So sánh Mỹ với Đức, ai viện trợ nhiều hơn?", None),
        ("Mỹ viện trợ bao nhiêu?", None),
        ("Tóm tắt", None),
        ("x" * 301, None),
    ],
)
def test_tasks_and_their_subjects(text: str, wanted: str | None) -> None:
    """What begins with the task and asks nothing; epidemics and names are none."""
    assert subject(text) == wanted


@pytest.mark.parametrize("unit", [" ", "giúp ", "một ", "x ", "sang tiếng ", "dịch "])
def test_no_task_takes_long(unit: str) -> None:
    """Twice the text takes about twice the time."""
    assert is_linear(lambda text: subject("tóm tắt " + text[:300]), unit, 1500)


def test_a_task_is_answered_with_quotes_by_date(server: Loopback, tmp_path: Path) -> None:
    """It is said once in a talk that the bot only quotes; what has a date comes first, in its order."""
    lan = Person(5)
    with BotProcess(server, tmp_path):
        answer = server.answer_to(server.says(lan, "Tóm tắt hội nghị viện trợ Ukraine"))
        assert VI.only_quotes in covered(answer, "italic")
        assert "[1]" in answer["text"] or covered(answer, "blockquote")
        again = server.answer_to(server.says(lan, "So sánh viện trợ Ukraine của Mỹ và Đức"))
        assert VI.only_quotes not in again["text"]
        assert covered(again, "blockquote")
        assert "Mỹ viện trợ bao nhiêu" not in again["text"]
        first = server.answer_to(server.says(Person(6), "viết lại hội nghị NATO"))
        assert covered(first, "blockquote")[0].startswith("Ngày 11/7"), "the text of a day comes first"
