"""Answers: nothing but quotes, the right ones first, the same from any thread, whatever is asked."""

import datetime as dt
import json
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.records import Document
from retrieval.answer import Answerer
from retrieval.grouping import MOST_OF_A_DOCUMENT
from retrieval.records import Answer, Quote, Refusal, Status
from tests.retrieval.conftest import DOCUMENTS, SEEDS, Open, ranker
from tests.retrieval.question.test_question import garbage


def asked() -> list[str]:
    """Return the questions about the sample collection."""
    lines = (Path(SEEDS) / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def mixtures(count: int) -> list[str]:
    """Return questions made of halves of others, in a fixed order."""
    random_ = np.random.default_rng(4)
    words = [question.split() for question in asked()]
    made = []
    for left, right in random_.integers(0, len(words), size=(count, 2)).tolist():
        made.append(" ".join(words[left][: len(words[left]) // 2] + words[right][len(words[right]) // 2 :]))
    return made


def stripped(answer: Answer) -> Answer:
    """Return an answer without its time."""
    return replace(answer, elapsed_ms=0.0)


def assert_sound(answer: Answer, generation: Generation, threshold: float) -> None:
    """Check all that is promised of any answer."""
    assert (answer.status == Status.FOUND) == bool(answer.quotes)
    assert (answer.status == Status.REFUSED) == (answer.reason is not None)
    assert answer.generation == generation.name
    assert answer.elapsed_ms >= 0
    assert all(quote.probability >= threshold for quote in answer.quotes)
    assert all(quote.probability < threshold for quote in answer.related)
    shown = answer.quotes + answer.related
    documents = [quote.document for quote in answer.quotes]
    beyond = [documents[:place].count(name) >= MOST_OF_A_DOCUMENT for place, name in enumerate(documents)]
    assert beyond == sorted(beyond)  # what a document has beyond its second quote comes after all others
    parts = [
        [q for q, late in zip(answer.quotes, beyond, strict=True) if late is which] for which in (False, True)
    ]
    for part in (*parts, answer.related):
        assert all(one.probability >= two.probability for one, two in pairwise(part))
    rows = [place.row for quote in shown for place in (quote, *quote.also)]
    assert len(rows) == len(set(rows))
    for quote in shown:
        for place in (quote, *quote.also):
            document = generation.document(place.document)
            assert document.text[place.start : place.end] == place.text != ""
            assert document.text.count("\n", 0, place.start) + 1 == place.line
            assert generation.duplicate_keys[place.row] == generation.duplicate_keys[quote.row]
        assert all(0 <= start < end <= len(quote.text) for start, end in quote.highlights)


def test_the_log_says_how_it_went_and_not_what_was_asked(
    sample: tuple[Generation, StaticModel], caplog: pytest.LogCaptureFixture
) -> None:
    """At no level: no word of a question or quote that the log would not write by itself."""
    caplog.set_level(0)
    generation, model = sample
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0)
    answers = [answerer.answer(question) for question in (*asked()[:5], "", "Zelensky " * 500)]
    said = [record.getMessage() for record in caplog.records if record.name.startswith("retrieval")]
    assert len(said) >= 6
    log = caplog.text.casefold()
    written = " ".join([*asked()[:5], *(quote.text for answer in answers for quote in answer.quotes)])
    assert not [word for word in written.split() if len(word) > 5 and word.casefold() in log]


def test_a_sentence_at_the_threshold_is_an_answer(sample: tuple[Generation, StaticModel]) -> None:
    """The threshold is the probability from which on a sentence is given; just above it, it is not."""
    generation, model = sample
    question = asked()[0]
    likely = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0).answer(question, top=1)
    exactly = likely.quotes[0].probability
    at = Answerer(generation, BundledEncoder(model), model, ranker(), exactly).answer(question)
    assert (at.status, at.quotes[0].probability) == (Status.FOUND, exactly)
    above = float(np.nextafter(np.float32(exactly), np.float32(2)))
    beyond = Answerer(generation, BundledEncoder(model), model, ranker(), above).answer(question)
    assert (beyond.status, beyond.related[0].probability) == (Status.NOT_FOUND, exactly)


def test_a_thousand_answers_are_only_quotes(
    answerer: Answerer, sample: tuple[Generation, StaticModel]
) -> None:
    """Whatever is asked about the sample collection, every word shown is in it, at its place."""
    generation, _ = sample
    seen: dict[Status, int] = dict.fromkeys(Status, 0)
    for question in asked() + mixtures(1_000 - len(asked())):
        answer = answerer.answer(question)
        assert answer.question == question
        assert_sound(answer, generation, answerer.threshold)
        assert len(answer.quotes) <= 3
        assert len(answer.related) <= 3
        seen[answer.status] += 1
    assert seen[Status.FOUND] > 100
    assert seen[Status.NOT_FOUND] > 100


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.9, 1.1])
def test_the_threshold_decides(threshold: float, sample: tuple[Generation, StaticModel]) -> None:
    """Below the threshold nothing is an answer; above it everything is; none is lost."""
    generation, model = sample
    strict = Answerer(generation, BundledEncoder(model), model, ranker(), threshold)
    for question in asked()[::60]:
        answer = strict.answer(question, top=1_000, related=1_000)
        assert_sound(answer, generation, threshold)
        if threshold == 0.0:
            assert answer.related == ()
        if threshold > 1:
            assert (answer.status, answer.quotes) == (Status.NOT_FOUND, ())
        usual = Answerer(generation, BundledEncoder(model), model, ranker()).answer(
            question, top=1_000, related=1_000
        )
        assert {q.row for q in answer.quotes + answer.related} == {
            q.row for q in usual.quotes + usual.related
        }


def test_the_rankers_threshold_is_the_default(small: tuple[Generation, StaticModel]) -> None:
    """Without a threshold of its own, the answerer takes the ranker's; zero is a threshold, too."""
    generation, model = small
    encoder = BundledEncoder(model)
    assert Answerer(generation, encoder, model, ranker(0.25)).threshold == 0.25
    assert Answerer(generation, encoder, model, ranker(0.25), 0.0).threshold == 0.0


def test_the_right_sentence_is_quoted(small: tuple[Generation, StaticModel]) -> None:
    """Plain and accented questions get the sentence that holds their words, with what it says."""
    generation, model = small
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(0.5, -2.0))
    for question, text in (
        (
            "Đức viện trợ cho Ukraine bao nhiêu tỷ euro?",
            "Đức viện trợ cho Ukraine 40 tỷ euro trong năm 2024.",
        ),
        ("duc vien tro ukraine bao nhieu ty euro", "Đức viện trợ cho Ukraine 40 tỷ euro trong năm 2024."),
        ("Hội nghị 2025 tổ chức ở đâu?", "Hội nghị năm 2025 sẽ được tổ chức tại La Haye, Hà Lan."),
        ("ai chu tri cuoc hop cua nato", "Ông Mark Rutte chủ trì cuộc họp của NATO."),
    ):
        answer = answerer.answer(question)
        assert answer.status == Status.FOUND
        assert answer.quotes[0].text == text
        words = [text[start:end].split()[0] for start, end in answer.quotes[0].highlights]
        assert words != []


def test_top_and_related_are_bounds(small: tuple[Generation, StaticModel]) -> None:
    """No more comes than was asked for; what is above the threshold is never `related`."""
    generation, model = small
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0)
    everything = answerer.answer("NATO họp", top=100, related=0)
    assert len(everything.quotes) == generation.sentences - 1  # one sentence stands there twice
    for top in (1, 2, 5):
        fewer = answerer.answer("NATO họp", top=top, related=100)
        assert fewer.quotes == everything.quotes[:top]
        assert fewer.related == ()


def test_equal_scores_stand_in_the_order_of_the_collection(small: tuple[Generation, StaticModel]) -> None:
    """A ranker that distinguishes nothing leaves the sentences in order."""
    generation, model = small
    blind = replace(ranker(), weights=np.zeros_like(ranker().weights))
    answer = Answerer(generation, BundledEncoder(model), model, blind, 0.0).answer("NATO họp", top=100)
    rows = [quote.row for quote in answer.quotes]
    documents = [quote.document for quote in answer.quotes]
    first = sum(min(documents.count(name), MOST_OF_A_DOCUMENT) for name in set(documents))
    assert rows == sorted(rows[:first]) + sorted(rows[first:])
    assert len(rows) == generation.sentences - 1


def test_the_same_sentence_twice_is_one_quote(answerer: Answerer) -> None:
    """The caption that occurs twice in an article is quoted once, with both of its places."""
    answer = answerer.answer("Các đại biểu chụp ảnh chung tại hội nghị ở Washington ngày nào?")
    caption = (answer.quotes + answer.related)[0]
    assert caption.text.startswith("Các đại biểu chụp ảnh chung")
    assert caption.document == "004_978839766c41e6e8.txt"
    (other,) = caption.also
    assert (other.document, other.text) == (caption.document, caption.text)
    assert other.start != caption.start
    assert other.also == ()


def test_near_copies_are_one_quote(open_collection: Open) -> None:
    """The earliest report is quoted, the others are cited with it; another number is another quote."""
    near = "Ông Nguyễn Văn Nam nói {}bão số 5 {}làm 12 người ở Quảng Ninh bị thương hôm thứ Bảy."
    documents = [
        Document("b", near.format("rằng ", "đã "), source="Báo B", date=dt.date(2024, 9, 8)),
        Document("a", "Lời đầu.\n" + near.format("", ""), source="Báo A", date=dt.date(2024, 9, 7)),
        Document("c", near.format("rằng ", "đã ").replace("12", "112"), date=dt.date(2024, 9, 6)),
        Document("d", near.format("", "").upper()),
    ]
    generation, model = open_collection(documents)
    answer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0).answer(
        "Bão số 5 làm bao nhiêu người bị thương?", top=10
    )
    by_document = {quote.document: quote for quote in answer.quotes if "5" in quote.text}
    assert sorted((quote.document, quote.text) for quote in by_document.values()) == [
        ("a", documents[1].text.partition("\n")[2]),
        ("c", documents[2].text),
    ]
    assert [(other.document, other.source) for other in by_document["a"].also] == [
        ("b", "Báo B"),
        ("d", None),
    ]
    assert by_document["c"].also == ()
    assert_sound(answer, generation, 0.0)


def test_threads_get_the_same_answers(answerer: Answerer) -> None:
    """Sixteen threads that ask fifty questions each get what one thread gets."""
    questions = asked()[::5][:50]
    wanted = [stripped(answerer.answer(question)) for question in questions]
    wrong: list[object] = []

    def work(first: int) -> None:
        try:
            for place in range(len(questions)):
                number = (first * 7 + place) % len(questions)
                answer = stripped(answerer.answer(questions[number]))
                if answer != wanted[number]:
                    wrong.append((questions[number], answer))
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("", Refusal.EMPTY),
        ("  ", Refusal.EMPTY),
        ("🎉", Refusal.NO_WORDS),
        ("ai là ai", Refusal.NO_SUBJECT),
        ("x" * 10**6, Refusal.TOO_LONG),
    ],
)
def test_refusals_are_answers(question: str, why: Refusal, answerer: Answerer) -> None:
    """What cannot be asked is an answer without quotes that says why; nothing is raised."""
    answer = answerer.answer(question)
    assert (answer.status, answer.quotes, answer.related) == (Status.REFUSED, (), ())
    assert answer.question == question
    assert answer.reason is why


@settings(max_examples=300)
@given(question=garbage)
def test_garbage_never_raises(
    answerer: Answerer, sample: tuple[Generation, StaticModel], question: str
) -> None:
    """Any text whatsoever gets a sound answer."""
    assert_sound(answerer.answer(question), sample[0], answerer.threshold)


def test_the_longest_question_is_answered_soon(answerer: Answerer) -> None:
    """A thousand characters of many words take less than two seconds."""
    question = " ".join(asked())[:1_000]
    started = time.process_time()
    assert answerer.answer(question).status != Status.REFUSED
    assert time.process_time() - started < 2


def test_around(small: tuple[Generation, StaticModel]) -> None:
    """A sentence has neighbours in its own document only."""
    generation, model = small
    answerer = Answerer(generation, BundledEncoder(model), model, ranker())
    for document in generation.iter_documents():
        rows = generation.rows_of(document.id)
        for row in rows:
            before, after = answerer.around(row)
            assert before == (None if row == rows[0] else generation.sentence(row - 1))
            assert after == (None if row == rows[-1] else generation.sentence(row + 1))
    for row in (-1, generation.sentences):
        with pytest.raises(IndexError):
            answerer.around(row)


def test_quote_of_a_row(small: tuple[Generation, StaticModel]) -> None:
    """A link to a row gives its sentence, its place and no probability."""
    generation, model = small
    answerer = Answerer(generation, BundledEncoder(model), model, ranker())
    quote = answerer.quote(1)
    assert quote == Quote(
        text="Ông nhấn mạnh việc ngừng bắn.",
        document="a.txt",
        title=None,
        source=None,
        url=None,
        date=None,
        line=1,
        start=generation.document("a.txt").text.index("Ông"),
        end=generation.document("a.txt").text.index("\n"),
        probability=0.0,
        row=1,
    )
    for row in (-1, generation.sentences):
        with pytest.raises(IndexError):
            answerer.quote(row)


COLLECTIONS = {
    "one sentence": "Nga họp với Đức.",
    "two sentences": "Nga họp với Đức.\nMỹ vắng mặt.",
    "the same three times": "Nga họp.\nNga họp.\nNGA họp.",
    "no tokens": "…\n🎉\nNga họp.\n—",
    "nothing but signs": "…\n!!!",
    "one endless word": "a" * 5_000 + ". Nga họp.",
    "no spaces": "俄罗斯与德国会谈。美国缺席。",
    "decomposed": "Đu\u031b\u0301c ho\u0323p vo\u031b\u0301i Nga.",
}


@pytest.mark.parametrize("text", COLLECTIONS.values(), ids=COLLECTIONS)
def test_little_collections(text: str, open_collection: Open) -> None:
    """However little there is to quote, answers are sound, and what is there is found."""
    generation, model = open_collection([Document("d", text)])
    for threshold in (0.0, 0.5):
        answerer = Answerer(generation, BundledEncoder(model), model, ranker(), threshold)
        for question in ("Nga họp với ai?", "nga hop", "谁与德国会谈？", "xyzzy", "a" * 900, "🎉 Nga"):
            answer = answerer.answer(question, top=10, related=10)
            assert_sound(answer, generation, threshold)
    if "Nga" in text:
        best = answerer.answer("nga họp")
        shown = best.quotes + best.related
        assert "nga" in shown[0].text.casefold()


class Silent:
    """An encoder that knows nothing: every vector is zero."""

    def __init__(self, encoder: BundledEncoder) -> None:
        self.identity = encoder.identity

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        """Return zeros."""
        return np.zeros((len(texts), self.identity.dimension), dtype=np.float32)

    encode_passages = encode_queries


def test_a_question_without_a_vector_is_answered_by_words(small: tuple[Generation, StaticModel]) -> None:
    """Where the encoder knows no word of the question, words alone find the sentence."""
    generation, model = small
    answerer = Answerer(generation, Silent(BundledEncoder(model)), model, ranker(0.5, -2.0))  # type: ignore[arg-type]
    assert answerer.answer("Ai chủ trì cuộc họp của NATO?").quotes[0].text.startswith("Ông Mark Rutte")


def test_what_leans_on_the_sentence_before_is_cited_with_it(open_collection: Open) -> None:
    """The passage is exactly what the document has, within a paragraph only; the words marked stay inside."""
    told = "Mở đầu.\nTàu ngầm Hà Nội cập cảng Cam Ranh.  Nó dài 73 mét.\nNó nặng 3 nghìn tấn."
    generation, model = open_collection([Document("told", told), *DOCUMENTS])
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(threshold=0.0))
    answer = answerer.answer("Tàu ngầm Hà Nội dài hay nặng bao nhiêu mét?", top=50)
    quotes = {quote.text: quote for quote in answer.quotes}
    long, heavy = quotes["Nó dài 73 mét."], quotes["Nó nặng 3 nghìn tấn."]
    assert long.lead is not None
    assert long.passage == "Tàu ngầm Hà Nội cập cảng Cam Ranh.  Nó dài 73 mét."
    assert told[long.start - len(long.lead.text) : long.end] == long.passage
    assert (long.lead.line, long.line) == (2, 2)
    assert heavy.lead is None
    assert heavy.passage == heavy.text
    assert quotes["Tàu ngầm Hà Nội cập cảng Cam Ranh."].lead is None
