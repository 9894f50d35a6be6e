"""The sample collection is what it was, and every question about it points at whole sentences of it."""

import hashlib
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TypedDict, cast

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"

SHA256 = {
    "000_16403644aff7fda9.txt": "dc48d86793b09b8ecc8ec8c9d71e98b40063887fe2c1cf4e631ad0301e2b98be",
    "001_5d5b9cad5e679dca.txt": "4ab3bd76f9cf240326191900c4852cc43569775e05a786adbda274c862c52e92",
    "002_773e1f1c2832b977.txt": "dccf7ae30947cf553ecce20b366072a479b90282537440605c714126b4579a98",
    "003_a761bd5312edc716.txt": "152a3afb7335a68a365338de6d818132a0e7fd33ee83d80e5d751d9133e64f45",
    "004_978839766c41e6e8.txt": "46d46a38eb6a128f7682216f147fc044414382e4b3a8494af851bb60d0cce46f",
}

# For each question set: the prefix of its ids, its heading in the README, and the fewest questions it needs.
ORDINARY = "questions.jsonl"
HARD = "questions-hard.jsonl"
PREFIX = {ORDINARY: "o-", HARD: ""}
HEADING = {ORDINARY: "### The ordinary set", HARD: "### The hard set"}
LEAST_ALL = {ORDINARY: 180, HARD: 190}
LEAST_NONE = {ORDINARY: 46, HARD: 46}

LEAST_COMMON = {
    "vi": 60,
    "vi-plain": 35,
    "en": 35,
    "fr": 5,
    "de": 5,
    "ru": 5,
    "es": 5,
    "zh": 5,
    "ja": 5,
    "vi-none": 22,
    "vi-plain-none": 8,
    "en-none": 12,
    "fr-none": 1,
    "de-none": 1,
    "ru-none": 1,
    "es-none": 1,
    "zh-none": 1,
    "ja-none": 1,
}
LEAST = {ORDINARY: LEAST_COMMON, HARD: LEAST_COMMON | {"vi-plain": 40}}

# A sentence ends in one of these, perhaps inside quotation marks.
SENTENCE_END = re.compile(r'[.?!]["”]?$')


class Expected(TypedDict):
    """One sentence that answers: where it stands, and the words in it that answer."""

    document: str
    start: int
    end: int
    answer: str


class Question(TypedDict):
    """One row of a question set."""

    id: str
    kind: str
    question: str
    expected: list[Expected]
    answer_words: str


def read_text(name: str) -> str:
    """Decode a document without touching its line ends."""
    return (SEEDS / name).read_bytes().decode("utf-8")


def read_questions(name: str) -> list[Question]:
    """Every row of a question set, in file order."""
    return [cast(Question, json.loads(line)) for line in (SEEDS / name).read_bytes().splitlines()]


@pytest.fixture(scope="module", params=PREFIX)
def question_set(request: pytest.FixtureRequest) -> str:
    """Give the file name of each question set in turn."""
    return cast(str, request.param)


@pytest.fixture(scope="module")
def questions(question_set: str) -> list[Question]:
    """Read the rows of that set."""
    return read_questions(question_set)


@pytest.mark.parametrize("name", SHA256)
def test_document_is_byte_identical(name: str) -> None:
    """Each document still has the bytes it was collected with."""
    assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == SHA256[name]


def test_no_other_document() -> None:
    """The collection is these five documents and no sixth."""
    assert {path.name for path in SEEDS.glob("*.txt")} == set(SHA256)


def test_rows_have_the_documented_shape(questions: list[Question]) -> None:
    """Every row has exactly the documented fields with the documented types."""
    for row in questions:
        assert row.keys() == Question.__annotations__.keys()
        assert all(type(row[key]) is str for key in ("id", "kind", "question", "answer_words"))
        assert row["question"] == row["question"].strip() != ""
        assert type(row["expected"]) is list
        for expected in row["expected"]:
            assert expected.keys() == Expected.__annotations__.keys()
            assert type(expected["start"]) is int
            assert type(expected["end"]) is int
            assert expected["document"] in SHA256


def test_lines_are_written_as_utf8_not_as_escapes(question_set: str) -> None:
    """A person can read and search the file: no character is escaped, every line ends."""
    raw = (SEEDS / question_set).read_bytes().decode("utf-8")
    assert "\\u" not in raw
    assert "\r" not in raw
    assert raw.endswith("}\n")


def test_ids_are_the_kind_and_a_running_number(question_set: str, questions: list[Question]) -> None:
    """Ids are unique and count up from 001 within their kind, after the prefix of their set."""
    seen: Counter[str] = Counter()
    for row in questions:
        seen[row["kind"]] += 1
        assert row["id"] == f"{PREFIX[question_set]}{row['kind']}-{seen[row['kind']]:03d}"


def test_no_other_question_set() -> None:
    """The two sets are the only ones."""
    assert {path.name for path in SEEDS.glob("*.jsonl")} == set(PREFIX)


def test_questions_are_distinct() -> None:
    """No question is asked twice in the two sets together, whatever its case and spacing."""
    rows = [row for name in PREFIX for row in read_questions(name)]
    times = Counter(" ".join(row["question"].casefold().split()) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert [question for question, count in times.items() if count > 1] == []


def test_every_kind_has_enough_questions(question_set: str, questions: list[Question]) -> None:
    """Only the documented kinds occur, each often enough to say something about it."""
    counts = Counter(row["kind"] for row in questions)
    least_of = LEAST[question_set]
    assert counts.keys() == least_of.keys()
    assert {kind: counts[kind] for kind, least in least_of.items() if counts[kind] < least} == {}
    assert len(questions) >= LEAST_ALL[question_set]
    none = sum(count for kind, count in counts.items() if kind.endswith("-none"))
    assert none >= LEAST_NONE[question_set]


def test_readme_counts_are_true(question_set: str, questions: list[Question]) -> None:
    """The table of kinds under the set's heading in the README is the count of the rows."""
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    heading = f"\n{HEADING[question_set]}, {len(questions)} questions\n"
    assert readme.count(heading) == 1
    section = readme.partition(heading)[2].partition("\n#")[0]
    table = re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", section, re.MULTILINE)
    counts = Counter(row["kind"] for row in questions)
    assert table == [(kind, str(count)) for kind, count in counts.items()]


def test_none_kinds_and_only_they_expect_nothing(questions: list[Question]) -> None:
    """A question expects sentences unless its kind says that nothing answers it."""
    for row in questions:
        assert row["kind"].endswith("-none") == (row["expected"] == []), row["id"]
        assert row["answer_words"] == (row["expected"][0]["answer"] if row["expected"] else ""), row["id"]


def test_expected_sentences_are_whole(questions: list[Question]) -> None:
    """Each slice is in range, on one line, and runs from a sentence start to a sentence end."""
    for row in questions:
        for expected in row["expected"]:
            text, start, end = read_text(expected["document"]), expected["start"], expected["end"]
            assert 0 <= start < end <= len(text), row["id"]
            sentence = text[start:end]
            assert sentence == sentence.strip(), row["id"]
            assert "\n" not in sentence, row["id"]
            before = text[:start].rpartition("\n")[2]
            assert before == "" or (before[-1].isspace() and SENTENCE_END.search(before.rstrip())), row["id"]
            after = text[end:].partition("\n")[0]
            assert after == "" or (after[0].isspace() and SENTENCE_END.search(sentence)), row["id"]


def test_answers_stand_in_their_sentence(questions: list[Question]) -> None:
    """The answer's words are words of the sentence, neither begun nor ended within a word."""
    for row in questions:
        for expected in row["expected"]:
            sentence = read_text(expected["document"])[expected["start"] : expected["end"]]
            answer = expected["answer"]
            assert answer == answer.strip() != "", row["id"]
            assert re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", sentence), row["id"]


def test_no_sentence_is_expected_twice(questions: list[Question]) -> None:
    """Within a question the expected sentences do not overlap."""
    for row in questions:
        spans = sorted((item["document"], item["start"], item["end"]) for item in row["expected"])
        for (document, _, end), (following, start, _) in pairwise(spans):
            assert document != following or end <= start, row["id"]


def test_plain_questions_are_typed_without_accents(questions: list[Question]) -> None:
    """The accent-free kinds are ASCII in lower case; the Vietnamese kinds do carry accents."""
    for row in questions:
        if row["kind"] in {"vi-plain", "vi-plain-none"}:
            assert row["question"].isascii(), row["id"]
            assert row["question"] == row["question"].lower(), row["id"]
        if row["kind"] in {"vi", "vi-none"}:
            assert not row["question"].isascii(), row["id"]


def test_every_document_is_asked_about(questions: list[Question]) -> None:
    """The questions reach at least four fifths of the lines of each document."""
    asked: dict[str, set[int]] = {name: set() for name in SHA256}
    for row in questions:
        for expected in row["expected"]:
            asked[expected["document"]].add(read_text(expected["document"]).count("\n", 0, expected["start"]))
    for name, lines in asked.items():
        written = [line for line in read_text(name).split("\n") if line]
        assert len(lines) >= 0.8 * len(written), name
