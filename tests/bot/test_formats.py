"""Numbers and days as Vietnamese and English write them."""

import ast
import datetime as dt
from pathlib import Path

import pytest

from bot.texts.en import EN
from bot.texts.formats import FORMATS
from bot.texts.telegram import languages
from bot.texts.vi import VI

DAY = dt.date(2024, 7, 2)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (1_234_567, "1.234.567", "1,234,567")],
)
def test_whole_numbers(value: int, vi: str, en: str) -> None:
    """In groups of three, and the same in a terminal and in Telegram."""
    assert (FORMATS["vi"].number(value), FORMATS["en"].number(value)) == (vi, en)
    assert (languages()["vi"].number(value), languages()["en"].number(value)) == (vi, en)
    assert (VI.line(value), EN.line(value)) == (f"dòng {vi}", f"line {en}")


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(20.0, "20", "20"), (0.25, "0,2", "0.2"), (19.96, "20", "20")]
)
def test_tenths(value: float, vi: str, en: str) -> None:
    """One decimal, and none that is 0."""
    assert (FORMATS["vi"].tenths(value), FORMATS["en"].tenths(value)) == (vi, en)


def test_days() -> None:
    """In figures or with the name of the month, in full if there is room."""
    assert FORMATS["vi"].day(DAY) == languages()["vi"].day(DAY) == VI.date(DAY) == "2/7/2024"
    assert FORMATS["en"].day(DAY) == languages()["en"].day(DAY) == "2 July 2024"
    assert EN.date(DAY) == "2 Jul 2024"
    short = [EN.date(dt.date(2024, month, 1)).split()[1] for month in range(1, 13)]
    assert short == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def test_no_other_module_groups_figures_by_itself() -> None:
    """Only one module replaces the commas of a formatted number."""
    for path in (Path(__file__).parents[2] / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith(".replace")
                and path.stem != "formats"
            ):
                assert not ast.unparse(node.func).startswith("f'{") or ":,}" not in ast.unparse(node.func), (
                    path
                )
