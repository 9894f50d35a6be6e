"""The development set: its file, its articles, and figures by hand-made results."""

import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.news_figures import Result, probability_row, ranking_rows, results, tables, threshold_rows
from benchmarks.news_questions import (
    ANSWERABLE,
    ARTICLES,
    FAR,
    NEAR,
    STYLES,
    NewsQuestion,
    Place,
    news_questions,
    news_situation,
)
from benchmarks.systems import PIPELINE, Outcome
from training.written import FOR_ENCODER, digest

DATA = FOR_ENCODER.parent
ARTICLE = {"title": "Khánh thành cầu", "lede": "Cầu dài 900 m.", "body": "Nó bắc qua sông Hồng."}
TEXT = "Khánh thành cầu\n\nCầu dài 900 m.\n\nNó bắc qua sông Hồng."


def corpora(folder: Path) -> Path:
    """Write news of two articles."""
    other = {"title": "Giá vàng", "lede": "Vàng giảm.", "body": "Vàng còn 36 triệu."}
    with lzma.open(folder / "news.vi.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in (other, ARTICLE))
    return folder


def line(**changed: object) -> str:
    """Write a question of the file, as it should be but for what is changed."""
    answer = {"document": digest(TEXT), "start": 33, "end": 54, "leans": True, "span": [44, 53]}
    row = {"id": "d1", "kind": ANSWERABLE, "style": "plain", "language": "vi", "question": "Qua sông nào?"}
    return json.dumps({**row, "answers": [answer], **changed})


def question(kind: str, style: str = "plain") -> NewsQuestion:
    """Make a question of a kind."""
    place = Place("0" * 12, 0, 9, leans=False, span=None)
    return NewsQuestion("d1", "Gì?", style, "vi", kind, (place,) if kind == ANSWERABLE else ())


def test_questions_and_their_articles(tmp_path: Path) -> None:
    """Places count in title, lede and body, and point at the words that answer where those are marked."""
    file, articles = tmp_path / "questions.jsonl", tmp_path / "articles.txt"
    unmarked = {"document": digest(TEXT), "start": 33, "end": 54, "leans": True, "span": None}
    file.write_text(f"{line()}\n{line(answers=[unmarked])}\n{line(kind=NEAR, answers=[])}\n", "utf-8")
    articles.write_text(f"{digest(TEXT)}\n", "utf-8")
    found = news_questions(file)
    situation = news_situation(corpora(tmp_path), found, articles)
    assert [(d.id, d.text, d.title) for d in situation.documents] == [(digest(TEXT), TEXT, ARTICLE["title"])]
    marked, whole, none = situation.asked
    ((document, place),) = marked.places
    assert document == digest(TEXT)
    assert TEXT.index("sông Hồng") <= place < TEXT.index("sông Hồng") + len("sông Hồng")
    assert TEXT.index("Nó") <= whole.places[0][1] < len(TEXT)
    assert none.places == ()
    assert [q.places[0].leans for q in found[:2]] == [True, True]


def test_an_article_that_is_missing(tmp_path: Path) -> None:
    """The set is not measured on a part of its articles."""
    articles = tmp_path / "articles.txt"
    articles.write_text(f"{digest(TEXT)}\n{'f' * 12}\n", "utf-8")
    with pytest.raises(ValueError, match=f"1 articles.*{'f' * 12}"):
        news_situation(corpora(tmp_path), [], articles)


@pytest.mark.parametrize(("document", "end"), [("f" * 12, 54), (digest(TEXT), len(TEXT) + 1)])
def test_a_place_outside_the_articles(tmp_path: Path, document: str, end: int) -> None:
    """A place that no text has is not taken for a sentence that is never found."""
    file, articles = tmp_path / "questions.jsonl", tmp_path / "articles.txt"
    answer = {"document": document, "start": 33, "end": end, "leans": False, "span": None}
    file.write_text(line(answers=[answer]), "utf-8")
    articles.write_text(f"{digest(TEXT)}\n", "utf-8")
    with pytest.raises(ValueError, match=r"question d1.*outside"):
        news_situation(corpora(tmp_path), news_questions(file), articles)


@pytest.mark.parametrize(
    "changed", [{"style": "rhymed"}, {"kind": "odd"}, {"kind": FAR}, {"kind": ANSWERABLE, "answers": []}]
)
def test_a_question_that_cannot_be(tmp_path: Path, changed: dict[str, object]) -> None:
    """A line that contradicts itself is no question."""
    file = tmp_path / "questions.jsonl"
    file.write_text(line(**changed), "utf-8")
    with pytest.raises(ValueError, match="question d1"):
        news_questions(file)


def test_the_set_itself() -> None:
    """Every place is in an article of the set, every style has questions, and none occurs twice."""
    articles, found = ARTICLES.read_text("utf-8").split(), news_questions()
    assert len(articles) == len(set(articles)) >= 1500
    assert len({q.id for q in found}) == len({q.question for q in found}) == len(found)
    places = [place for q in found for place in q.places]
    assert {place.document for place in places} <= set(articles)
    assert all(place.start < place.end for place in places)
    assert all(p.start <= p.span[0] < p.span[1] <= p.end for p in places if p.span)
    assert {q.style for q in found if q.kind == ANSWERABLE} == set(STYLES)
    assert all((q.style == "English") is (q.language == "en") for q in found)
    assert all((q.style == "other language") is (q.language not in ("vi", "en")) for q in found)
    plain = [q.question for q in found if q.style == "no accents"]
    assert all(text.isascii() and text == text.lower() for text in plain)


def test_the_counts_that_are_stated() -> None:
    """The README's table matches the file."""
    counts = Counter((q.kind, q.style) for q in news_questions())
    stated = (ARTICLES.parent / "README.md").read_text("utf-8")
    for kind in (ANSWERABLE, NEAR, FAR):
        figures = [counts[kind, style] for style in STYLES]
        cells = (str(figure or "") for figure in (*figures, sum(figures)))
        assert re.search(rf"^\| {kind} \|" + "".join(rf" *{cell} *\|" for cell in cells) + "$", stated, re.M)


def test_no_training_reads_the_articles() -> None:
    """Nothing that is kept for the training names an article of the set."""
    articles = set(ARTICLES.read_text("utf-8").split())
    kept = [path for path in DATA.rglob("*") if path.is_file()]
    assert len(kept) > 80
    for path in kept:
        assert articles.isdisjoint(re.findall(r"\b[0-9a-f]{12}\b", path.read_text("utf-8"))), path.name


FOUND = [
    Result(question(ANSWERABLE), 1, 0.9),
    Result(question(ANSWERABLE), 1, 0.7),
    Result(question(ANSWERABLE, "chat"), 4, 0.6),
    Result(question(ANSWERABLE, "chat"), None, 0.2),
    Result(question(NEAR), None, 0.8),
    Result(question(NEAR), None, 0.3),
    Result(question(FAR), None, 0.1),
]


def test_right_sentences() -> None:
    """Only answerable questions count; a style without any has no row."""
    rows = {row["style"]: row for row in ranking_rows(FOUND)}
    assert list(rows) == ["all", "plain", "chat"]
    assert (rows["all"]["questions"], rows["all"]["first"], rows["all"]["among 10"]) == (4, 0.5, 0.75)
    assert rows["chat"]["first"] == 0.0
    assert rows["chat"]["MRR"] == pytest.approx(1 / 8)


def test_what_a_threshold_means() -> None:
    """What is shown where nothing answers is wrong; the chosen threshold answers three of four."""
    default, chosen = threshold_rows(FOUND, 0.75)
    assert (default["threshold"], default["answered"], default["right"]) == (0.75, 0.25, 0.5)
    assert (default["near refused"], default["far refused"]) == (0.5, 1.0)
    assert (chosen["threshold"], chosen["answered"], chosen["right"]) == (0.6, 0.75, 0.5)
    assert threshold_rows(FOUND, 0.95)[0]["right"] is None
    assert threshold_rows(FOUND[:4], 0.5)[0]["near refused"] is None


def test_what_a_probability_means() -> None:
    """The area sets right first quotes against near questions; the error counts every question once."""
    row = probability_row(FOUND)
    assert row["area"] == pytest.approx(3 / 4)
    missed = 0.1 + 0.3 + 0.6 + 0.2 + 0.8 + 0.3 + 0.1
    assert row["calibration error"] == pytest.approx(missed / 7)


def test_results_stand_in_the_order_of_the_questions() -> None:
    """What was not even asked (no probability) is refused."""
    asked = [question(ANSWERABLE), question(FAR)]
    outcomes = [
        Outcome("news", "plain", PIPELINE, 0, True, 2, 0.4),
        Outcome("news", "plain", PIPELINE, 1, False, None, None),
    ]
    assert results(asked, outcomes) == [Result(asked[0], 2, 0.4), Result(asked[1], None, 0.0)]
    with pytest.raises(ValueError, match="shorter"):
        results(asked, outcomes[:1])


def test_tables() -> None:
    """Every figure has its cell."""
    text = "\n".join(
        table.text()
        for table in tables(ranking_rows(FOUND), threshold_rows(FOUND, 0.75), probability_row(FOUND))
    )
    for figure in (".500", ".750", ".125", "chosen here"):
        assert figure in text
