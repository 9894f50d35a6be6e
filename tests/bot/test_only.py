"""Filters on the command line: what is understood, what is refused, and that the answer says them."""

import datetime as dt
import io
import json
import re
from dataclasses import replace

import pytest

from bot.commands.common import MisuseError, only
from bot.terminal.answer_json import answer_json
from bot.terminal.asker import Asker, Style
from bot.terminal.screen import Screen
from bot.texts.en import EN
from bot.texts.vi import VI
from retrieval.records import EVERYTHING, DocumentFilter
from tests.bot.fakes import FakeAnswerer, collection, not_found

APRIL, MAY = dt.date(2024, 4, 1), dt.date(2024, 5, 31)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((None, None, None), EVERYTHING),
        (("2024-04-01", None, None), DocumentFilter(since=APRIL)),
        (("1/4/2024", "31/5/2024", None), DocumentFilter(APRIL, MAY)),
        ((" 1 tháng 4 năm 2024 ", "May 31, 2024", "TTXVN"), DocumentFilter(APRIL, MAY, "TTXVN")),
        (("2024-04-01", "2024-04-01", None), DocumentFilter(APRIL, APRIL)),
    ],
)
def test_what_is_understood(
    options: tuple[str | None, str | None, str | None], expected: DocumentFilter
) -> None:
    """Days in any of the forms in which documents write them."""
    assert only(*options) == expected


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("2024-02-31", None, None), "--since '2024-02-31' is not a day"),
        ((None, "hôm qua", None), "--until 'hôm qua' is not a day"),
        (("", None, None), "--since '' is not a day"),
        (("2024", None, None), "is not a day"),
        (("1/4", None, None), "is not a day"),
        (("từ 1/4/2024", None, None), "is not a day"),
        (("2024-05-31", "2024-04-01", None), "No day is since 2024-05-31 and until 2024-04-01"),
        ((None, None, " "), "names no outlet"),
    ],
)
def test_what_is_refused(options: tuple[str | None, str | None, str | None], why: str) -> None:
    """In one sentence, with what was written."""
    with pytest.raises(MisuseError, match=re.escape(why)):
        only(*options)


def test_texts() -> None:
    """Each part in both languages."""
    whole = DocumentFilter(APRIL, MAY, "TTXVN")
    assert VI.only(whole) == "Chỉ hỏi các tài liệu của “TTXVN” từ ngày 1/4/2024 đến ngày 31/5/2024."
    assert EN.only(whole) == "Only documents of “TTXVN” since 1 Apr 2024 until 31 May 2024 were asked."
    assert EN.only(DocumentFilter(until=MAY)) == "Only documents until 31 May 2024 were asked."


def test_the_filter_is_passed_on_and_said() -> None:
    """Where nothing is found, the answer says what was asked, in a pipe too; quotes need no reminder."""
    answerer, wanted, out = FakeAnswerer(), DocumentFilter(since=APRIL), io.StringIO()
    asker = Asker(collection(answerer), Screen(out, io.StringIO()), Style(top=3, only=wanted))
    asker.ask("Cách nấu phở?")
    assert answerer.only == wanted
    assert out.getvalue() == f"{VI.not_found}\n{VI.only(wanted)}\n"
    asker.ask("NATO họp ở đâu?")
    assert out.getvalue().count(VI.only(wanted)) == 1


def test_json() -> None:
    """All three, those that are not set null."""
    value = json.loads(answer_json(replace(not_found("?"), only=DocumentFilter(until=MAY, source="TTXVN"))))
    assert value["only"] == {"since": None, "until": "2024-05-31", "source": "TTXVN"}
