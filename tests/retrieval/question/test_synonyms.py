"""Synonyms: the file, and what becomes of a question."""

from pathlib import Path

import pytest

from index.encoders import BundledEncoder
from index.errors import SettingsError
from index.records import Document
from retrieval.answer import Answerer
from retrieval.question import read_question
from retrieval.question.synonyms import Synonyms, bundled, load, parse
from tests.retrieval.conftest import Open, ranker


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = b\nKiev\n", "Line 2 of s.txt names one thing only; write `one = another`."),
        ("Kiev = \n", "Line 1 of s.txt has nothing on one side of a `=`."),
        ("# x\n\n= Kyiv", "Line 3 of s.txt has nothing on one side of a `=`."),
    ],
)
def test_a_bad_line_is_named(text: str, problem: str) -> None:
    """The sentence says which line it is and what is wrong."""
    with pytest.raises(SettingsError) as refused:
        parse(text, "s.txt")
    assert str(refused.value) == problem


def test_groups_that_share_a_phrase_are_one() -> None:
    """A = b and b = c make a = c."""
    synonyms = Synonyms.of([["Kiev", "Kyiv"], ["Киев", "Kyiv"]])
    assert set(synonyms.others[("киев",)]) == {("kiev",), ("kyiv",)}


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Hội đồng Bảo an nói gì?", ("hội", "đồng", "bảo", "an")),
        ("hoi dong bao an noi gi", ("hoi", "dong", "bao", "an")),
        ("What did the Security Council say?", ("security", "council")),
    ],
)
def test_a_question_is_expanded(question: str, phrase: tuple[str, ...]) -> None:
    """The longest phrase is found, without accents too, and its other names are added."""
    (found,) = bundled().expand(read_question(question)).alternatives
    assert found.phrase == phrase
    assert ("hđba",) in found.others


def test_a_question_without_synonyms_stays() -> None:
    """Nothing is made up."""
    question = read_question("hoi dong nao")
    assert bundled().expand(question) is question


def test_the_operators_file_adds(tmp_path: Path) -> None:
    """Its groups apply beside the bundled ones; a file that cannot be read is reported."""
    file = tmp_path / "mine.txt"
    file.write_text("\ufeffVNA = TTXVN  # hãng tin\n", "utf-8")
    synonyms = load(file)
    assert synonyms.others[("vna",)] == (("ttxvn",),)
    assert ("kyiv",) in synonyms.others[("kiev",)]
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "none.txt")
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(file)


def test_a_sentence_is_found_by_another_name(open_collection: Open) -> None:
    """The sentence that has the other name has the words of the question."""
    documents = [Document("a", "HĐBA họp khẩn.\nNga rút quân.\nMưa lớn ở Hà Nội.")]
    generation, model = open_collection(documents)
    answerer = Answerer(generation, BundledEncoder(model), model, ranker())
    ranking = answerer.rank(read_question("Hội đồng Bảo an"))
    assert generation.sentence(ranking.groups[0][0]).text == "HĐBA họp khẩn."
    bare = Answerer(generation, BundledEncoder(model), model, ranker(), synonyms=Synonyms.of([]))
    assert bare.rank(read_question("Hội đồng Bảo an")).scores[0] < ranking.scores[0]
