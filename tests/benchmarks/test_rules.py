"""The rules that are asked about, and what counts as right."""

from dataclasses import replace

from benchmarks.rules import rank_of, rules
from index.text.segment import quotable
from retrieval.records import Answer, Status
from tests.bot.fakes import DIGEST


def test_every_question_has_its_sentence_below_a_heading() -> None:
    """A line of its document, made of whole sentences, none of them a heading."""
    documents, questions = rules()
    held = {document.id: document for document in documents}
    assert len(questions) >= 40
    for each in questions:
        document = held[each.document]
        start = document.text.index(each.expected)
        assert document.text.count(each.expected) == 1
        assert document.headings_above(start, start + len(each.expected))
        assert start in [span.start for span in quotable(document.text)]


def test_rank() -> None:
    """The first that is right, those below the threshold too; the same words elsewhere are not."""
    _, (question, *_) = rules()
    right = replace(DIGEST, document=question.document, text=question.expected)
    wrong = replace(right, document="other")
    answer = Answer("?", Status.FOUND, (wrong,), (wrong, right), None, 1.0, "g")
    assert rank_of(answer, question) == 3
    assert rank_of(replace(answer, related=()), question) is None
