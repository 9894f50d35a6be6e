"""Concepts of sentences, against a table written by hand, and what must hold of any text."""

import json
import re

import babel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.concepts import concept_ids, concepts
from tests.index.concepts.concept_cases import SAME, TRAPS
from training.concepts import OUTPUT, made


def expected(written: str) -> list[str]:
    """Return the ids that a line of the table stands for."""
    ids: list[str] = []
    for short in written.split():
        if match := re.fullmatch(r"d((\d+)-\d+)", short):
            ids += [f"date:{match[1]}", f"month:{match[2]}"]
        elif ":" in short:
            ids.append(short)
        elif re.fullmatch("[A-Z]{2,3}", short):
            ids.append(("country:" if len(short) == 2 else "currency:") + short)
        else:
            kind = {"#": "number", "y": "year", "%": "percent", "m": "month", "w": "weekday"}[short[0]]
            ids.append(f"{kind}:{short[1:]}")
    return ids


def cases(table: str) -> list[tuple[str, list[str]]]:
    """Return the sentences of a table and what is expected of them."""
    pairs = [line.split("→") for line in table.strip().splitlines()]
    return [(text.strip(), expected(ids)) for text, ids in pairs]


CASES = cases(SAME) + cases(TRAPS)


def test_the_table_is_large() -> None:
    """There are more than 250 sentences."""
    assert len(CASES) > 250


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_concepts_of(text: str, wanted: list[str]) -> None:
    """A sentence holds exactly the concepts written beside it."""
    assert concept_ids(text) == wanted


def test_places() -> None:
    """Each concept says where it is."""
    text = "Ngày 22 tháng Tư, Nga vay 50 triệu euro."
    found = [(found.id, text[found.start : found.end]) for found in concepts(text)]
    assert found == [
        ("date:4-22", "22 tháng Tư"),
        ("month:4", "22 tháng Tư"),
        ("country:RU", "Nga"),
        ("number:50000000", "50 triệu"),
        ("currency:EUR", "euro"),
    ]


@given(
    st.text(
        alphabet=st.sampled_from("Nga Mỹ22/4tháng,.:-$€%月日年億ドルÁo5tỷUSD()\u00a0가다러시아 từngày"),
        max_size=60,
    )
)
def test_any_text_has_concepts_inside_of_it(text: str) -> None:
    """Whatever the text, concepts are in reading order, at places in it that are not empty."""
    found = concepts(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.id))


def test_the_table_is_what_the_script_makes() -> None:
    """Nobody has edited the file by hand."""
    written = OUTPUT.read_text("utf-8")
    if json.loads(written)["cldr"] != f"Babel {babel.__version__}":
        pytest.skip("made with another version of CLDR")
    assert made() == written
