"""The words that answer, against every pair of first and last piece tried one by one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from retrieval.answer import Answerer
from retrieval.question import read_question
from retrieval.reading import Reader
from retrieval.reading.first import LOOKED, PROMISE
from retrieval.reading.network import Output
from retrieval.reading.reader import LONGEST_ANSWER, READ, answer_words, passage
from retrieval.reading.typed import holdings
from retrieval.records import Status
from tests.retrieval.conftest import ranker

LOGITS = st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=40)


@given(LOGITS, LOGITS)
def test_likeliest_words(starts: list[float], ends: list[float]) -> None:
    """No other words are likelier, and no longer ones are chosen."""
    size = min(len(starts), len(ends))
    text = " ".join("x" for _ in range(size))
    offsets = tuple((2 * n, 2 * n + 1) for n in range(size))
    output = Output(
        0.0, 0.0, np.array(starts[:size], dtype=np.float32), np.array(ends[:size], dtype=np.float32), offsets
    )
    words, certainty = answer_words(output, text)
    begin = np.exp(np.array(starts[:size], dtype=np.float64))
    end = np.exp(np.array(ends[:size], dtype=np.float64))
    begin, end = begin / begin.sum(), end / end.sum()
    tried = {
        (first, last): begin[first] * end[last]
        for first, last in itertools.product(range(size), repeat=2)
        if first <= last < first + LONGEST_ANSWER
    }
    assert certainty == pytest.approx(max(tried.values()))
    assert words is not None
    assert tried[words[0] // 2, (words[1] - 1) // 2] == pytest.approx(certainty)


def test_spaces_are_no_part_of_the_words() -> None:
    """A piece stands for the space before its word as well."""
    output = Output(
        0.0, 0.0, np.array([0, 9], dtype=np.float32), np.array([0, 9], dtype=np.float32), ((0, 3), (3, 7))
    )
    words, _ = answer_words(output, "tại Huế")
    assert words == (4, 7)


def test_no_pieces() -> None:
    """A sentence without pieces has no words that answer."""
    nothing = np.zeros(0, dtype=np.float32)
    assert answer_words(Output(0.0, 0.0, nothing, nothing, ()), "") == (None, 0.0)


def test_passages(sample: tuple[Generation, StaticModel]) -> None:
    """A sentence comes with its title and the sentence before it in its own document."""
    generation, _ = sample
    for row in range(generation.sentences):
        sentence = generation.sentence(row)
        found = passage(generation, row)
        first = generation.rows_of(sentence.document).start
        assert found.text == sentence.text
        assert found.before == ("" if row == first else generation.sentence(row - 1).text)
        assert found.title == (generation.document(sentence.document).title or "")


def test_reading_decides(sample: tuple[Generation, StaticModel]) -> None:
    """With a reader the first candidates have its order and probability, and quotes mark what answers."""
    generation, static = sample
    reader = Reader.open()
    answerer = Answerer(generation, BundledEncoder(static), static, ranker(), reader=reader)
    answer = answerer.answer("Hội nghị năm 2025 được tổ chức ở đâu?", top=3)
    assert answerer.threshold == reader.decision.threshold
    shown = [*answer.quotes, *answer.related]
    assert shown[0].text.endswith("năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.")
    probabilities = [quote.probability for quote in shown]
    assert probabilities == sorted(probabilities, reverse=True)
    start, end = shown[0].answer or (0, 0)
    assert "La Haye" in shown[0].text[start:end]
    assert shown[0].highlights == ((start, end),)
    if answer.status is Status.FOUND:
        assert all(quote.probability >= answerer.threshold for quote in answer.quotes)


@pytest.mark.parametrize(("country", "marked"), [("Nga", True), ("Mỹ", False)])
def test_what_is_said_of_another_country_is_not_marked(
    sample: tuple[Generation, StaticModel],
    country: str,
    marked: bool,
) -> None:
    """The sentence may still be of use; its figure is not what was asked for."""
    generation, static = sample
    answerer = Answerer(generation, BundledEncoder(static), static, ranker(), 0.0, reader=Reader.open())
    quotes = answerer.answer(f"{country} có bao nhiêu đầu đạn hạt nhân?", top=READ).quotes
    quote = next(each for each in quotes if "Nga hiện sở hữu khoảng 5.580" in each.text)
    assert (quote.answer is not None) is marked


def test_nothing_is_read_without_a_network(sample: tuple[Generation, StaticModel]) -> None:
    """Of the ranker's first candidates those with the kind that is wanted come first; no words are marked."""
    generation, static = sample
    encoder, reader = BundledEncoder(static), Reader.without_network()
    answerer = Answerer(generation, encoder, static, ranker(), reader=reader)
    question = read_question("Hội nghị diễn ra năm nào?")
    unread, decided = answerer.unread(question), answerer.rank(question)
    assert sorted(decided.groups) == sorted(unread.groups)
    texts = [generation.sentence(group[0]).text for group in unread.groups]
    count = min(READ, len(texts))
    promise = [
        score + PROMISE * held.kind
        for score, held in zip(unread.scores, holdings(question, texts), strict=True)
    ]
    chosen = sorted(range(min(LOOKED, len(texts))), key=lambda place: -promise[place])[:count]
    assert {decided.groups[place] for place in range(count)} == {unread.groups[place] for place in chosen}
    assert all(quote.answer is None for quote in answerer.answer(question.text, top=9).quotes)
    vector = encoder.encode_queries([question.text])[0]
    assert (reader.question_vector(question.text, vector, static.revision) == vector).all()


@pytest.mark.parametrize(("waiting", "count"), [(0, 10), (3, 10), (4, 5), (8, 3), (16, 2), (500, 2)])
def test_fewer_are_read_while_others_wait(waiting: int, count: int) -> None:
    """Half as many, a third as many, …, but at least two."""
    assert Reader.open().affordable(waiting) == count
    assert Reader.without_network().affordable(waiting) == READ  # costs nothing


def test_what_is_read_is_explained(sample: tuple[Generation, StaticModel]) -> None:
    """The parts of the reader's log-odds add up to the probability of the first sentence."""
    generation, static = sample
    answerer = Answerer(generation, BundledEncoder(static), static, ranker(), reader=Reader.open())
    explanation = answerer.explain("Ai chủ trì cuộc họp của NATO?", top=READ)
    first = explanation.reasons[0]
    odds = sum(part.contribution for part in first.read)
    assert first.sums.probability == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-4)
