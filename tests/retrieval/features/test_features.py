"""Every feature against the textbook, one sentence after the other, in double precision."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from index.concepts import concept_ids, concepts
from index.encoders import StaticModel
from index.generation import Generation
from index.records import Document
from index.text.terms import fold, terms
from retrieval.features import Features
from retrieval.features.answer_types import offers
from retrieval.features.background import measure_background
from retrieval.question import read_question
from retrieval.records import AnswerType
from tests.retrieval.conftest import Open, measured

QUESTIONS = [
    "Đức viện trợ cho Ukraine bao nhiêu tỷ euro?",
    "duc vien tro bao nhieu",
    "NATO họp ở đâu?",
    "Ai chủ trì cuộc họp của NATO?",
    "How much does Germany give Ukraine?",
    "北约峰会",
    "Thời tiết hôm nay",
    "NATO NATO nato họp",
    "Germany 40 billion euros in 2024 or 2023?",
    "ngày 22 tháng 4 tại Nga, Pháp và Bỉ 50%",
]
SHARES = (
    "late_rare", "late_rare_paragraph", "late_opening", "words_before", "words_paragraph", "phrases",
    "phrases_paragraph", "concepts_paragraph",
)  # fmt: skip
Column = npt.NDArray[np.floating]


class Slow:
    """The features of one question, by their definitions."""

    def __init__(self, text: str, generation: Generation, model: StaticModel) -> None:
        self.question = read_question(text)
        self.sentences = [generation.sentence(row) for row in range(generation.sentences)]
        self.model = model
        self.query = model.tokenize([self.question.text])[0].tolist()

    def around(self, row: int) -> list[int]:
        """Return the rows of the paragraph of a row."""
        here = self.sentences[row]
        return [s.row for s in self.sentences if (s.document, s.paragraph) == (here.document, here.paragraph)]

    def best(self, rows: list[int]) -> list[float]:
        """Return, for each token of the question, its best cosine in any of some rows."""
        return self.best_of(
            [t for row in rows for t in self.model.tokenize([self.sentences[row].text])[0].tolist()]
        )

    def best_of(self, tokens: list[int]) -> list[float]:
        """Return, for each token of the question, its best cosine with any of some tokens."""
        return [max((self.cosine(wanted, t) for t in tokens), default=-1.0) for wanted in self.query]

    def vector(self, token: int) -> Column:
        """Return the vector of a token."""
        vector: Column = self.model.vectors(np.array([token], np.int32))[0].astype(float)
        return vector

    def cosine(self, one: int, other: int) -> float:
        """Compare two tokens."""
        a, b = self.vector(one), self.vector(other)
        return float(a @ b) / float(np.linalg.norm(a) * np.linalg.norm(b))

    def weights(self) -> list[float]:
        """Return the share of each token of the question in the sum of their lengths."""
        lengths = [float(np.linalg.norm(v)) for v in self.model.vectors(np.array(self.query, np.int32))]
        return [length / sum(lengths) for length in lengths]

    def rare(self) -> list[float]:
        """Return the weights, each times how rarely the collection has a match above chance (0.4)."""
        n = len(self.sentences)
        matches = np.zeros(len(self.query))
        for row in range(n):
            matches += [min(max((best - 0.4) / 0.6, 0.0), 1.0) for best in self.best([row])]
        rare = [
            w * math.log(1 + (n - m + 0.5) / (m + 0.5)) for w, m in zip(self.weights(), matches, strict=True)
        ]
        return [value / sum(rare) for value in rare]

    def late(self, rows: list[int], weights: list[float]) -> float:
        """Return the weighted mean, over the question's tokens, of the best cosine in any of some rows."""
        return sum(w * best for w, best in zip(weights, self.best(rows), strict=True))

    def wanted(self, folded: bool) -> list[str]:
        """Return what is looked for."""
        return list(dict.fromkeys(fold(term) if folded else term for term in self.question.terms))

    def terms_of(self, row: int, folded: bool) -> list[str]:
        """Return the terms of a sentence."""
        found = terms(self.sentences[row].text)
        return [fold(term) for term in found] if folded else found

    def idf(self, term: str, folded: bool) -> float:
        """Return how rare a term is (Robertson and Spärck Jones, kept above zero)."""
        n = len(self.sentences)
        df = sum(term in self.terms_of(row, folded) for row in range(n))
        return math.log(1 + (n - df + 0.5) / (df + 0.5))

    def total(self, folded: bool) -> float:
        """Return what the question could reach at most."""
        return sum(self.idf(term, folded) for term in self.wanted(folded))

    def bm25_around(self, row: int, folded: bool) -> float:
        """Return Okapi BM25 (k1 1.2, b 0.75) without its constant factor, as a share of the most.

        Of the paragraph of a row, taken as one text.
        """
        paragraphs = {tuple(self.around(r)) for r in range(len(self.sentences))}
        average = sum(len(self.terms_of(r, folded)) for rows in paragraphs for r in rows) / len(paragraphs)
        counts = Counter(term for r in self.around(row) for term in self.terms_of(r, folded))
        score = 0.0
        for term in self.wanted(folded):
            tf = counts[term]
            norm = 1.2 * (1 - 0.75 + 0.75 * sum(counts.values()) / average)
            score += self.idf(term, folded) * tf / (tf + norm)
        return score / self.total(folded)

    def found_before(self, row: int, folded: bool) -> float:
        """Return the share of the question's words, by rarity, in a row and the one before it."""
        rows = [r for r in self.around(row) if r in (row - 1, row)]
        here = {term for r in rows for term in self.terms_of(r, folded)}
        return sum(self.idf(t, folded) for t in self.wanted(folded) if t in here) / self.total(folded)

    def window(self, row: int, weights: list[float]) -> float:
        """Return the highest late interaction with six tokens in a row of a sentence, or with all it has."""
        tokens = self.model.tokenize([self.sentences[row].text])[0].tolist()
        windows = [tokens[start : start + 6] for start in range(max(len(tokens) - 5, 1))]
        return max(
            sum(w * best for w, best in zip(weights, self.best_of(window), strict=True)) for window in windows
        )

    def beside(self, row: int) -> float:
        """Return log(1 + the length of what has no like in the question: nothing at 0.4, all at 0.85)."""
        total = 0.0
        for token in self.model.tokenize([self.sentences[row].text])[0].tolist():
            nearest = max(self.cosine(wanted, token) for wanted in self.query)
            unlike = 1 - min(max((nearest - 0.4) / 0.45, 0.0), 1.0)
            total += unlike * float(np.linalg.norm(self.vector(token)))
        return math.log(1 + total)

    def leading(self, rows: list[int], columns: Features) -> list[float]:
        """Return late interaction with rows, weighted by how rarely the ten best have a match.

        The best are those with the highest sum of what says how much of the question there is.
        """
        shares = np.sum([getattr(columns, name) for name in SHARES], axis=0)
        leaders: list[int] = []
        told = set()
        for place in sorted(range(len(rows)), key=lambda place: -shares[place]):
            words = tuple(self.terms_of(rows[place], folded=False))
            if words not in told and len(leaders) < 10:
                told.add(words)
                leaders.append(rows[place])
        matches = np.mean(
            [np.clip((np.array(self.best([row])) - 0.4) / 0.6, 0, 1) for row in leaders], axis=0
        )
        weights = [w * math.log(1.5 / (m + 0.5)) for w, m in zip(self.weights(), matches, strict=True)]
        return [self.late([row], [weight / max(sum(weights), 1e-9) for weight in weights]) for row in rows]

    def opening(self, row: int) -> list[int]:
        """Return the first two rows of the document of a row."""
        return [s.row for s in self.sentences if s.document == self.sentences[row].document][:2]

    def exact(self, row: int) -> float:
        """Return the rare weights of the question's tokens with a match above 0.85."""
        return sum(w for w, best in zip(self.rare(), self.best([row]), strict=True) if best > 0.85)

    def phrases(self, rows: list[int], folded: bool) -> float:
        """Return the share of the question's pairs, by rarity, that are neighbours in one of some rows."""
        pairs = [tuple(map(fold, pair)) if folded else pair for pair in self.question.phrases]
        weights = [sum(self.idf(term, folded) for term in pair) for pair in pairs]
        found = [list(pairwise(self.terms_of(row, folded))) for row in rows]
        has = [any(pair in each for each in found) for pair in pairs]
        return sum(w for w, there in zip(weights, has, strict=True) if there) / max(sum(weights), 1e-9)

    def missing(self, folded: bool) -> float:
        """Return the share of the question's words, by rarity, that no sentence holds."""
        return sum(self.idf(term, folded) for term in self.lacked(folded)) / self.total(folded)

    def lacked(self, folded: bool) -> list[str]:
        """Return the question's words that no sentence holds."""
        known = {term for row in range(len(self.sentences)) for term in self.terms_of(row, folded)}
        return [term for term in self.wanted(folded) if term not in known]

    def country(self, row: int) -> int:
        """Return 1 if paragraph or opening name each country of the question or its like, -1 if not.

        Those that no sentence of the collection names are left out; 0 if none is left.
        """
        known = {c for s in self.sentences for c in concept_ids(s.text)}
        asked = {c.id for c in concepts(self.question.text) if c.id.startswith("country:")} & known
        _, places = self.model.locate(self.question.text)
        around = self.best([*self.around(row), *self.opening(row)])
        named = {c for r in self.around(row) for c in concept_ids(self.sentences[r].text)}
        for concept in concepts(self.question.text):
            for token, (start, end) in enumerate(places):
                if start < concept.end and end > concept.start and around[token] >= 0.25:
                    named.add(concept.id)
        return (1 if asked <= named else -1) if asked else 0

    def rare_concepts(self, rows: list[int], folded: bool) -> float:
        """Return how much of the question's rarity is in concepts that some rows hold, saturated."""
        n, all_of = len(self.sentences), [set(concept_ids(s.text)) for s in self.sentences]
        here = set().union(*(all_of[row] for row in rows))
        total = 0.0
        for concept in dict.fromkeys(concept_ids(self.question.text)):
            if concept in here:
                df = sum(concept in found for found in all_of)
                total += math.log(1 + (n - df + 0.5) / (df + 0.5))
        share = total / self.total(folded)
        return share / (share + 0.1)

    def dense(self, rows: list[int]) -> float:
        """Return the similarity of question and mean of rows in standard deviations of all sentences."""
        vectors = self.model.encode([s.text for s in self.sentences]).astype(np.float16).astype(float)
        pairs = [a @ b for i, a in enumerate(vectors) for b in vectors[i + 1 :]]
        mean = vectors[rows].mean(axis=0)
        similarity = mean / np.linalg.norm(mean) @ self.model.encode([self.question.text])[0]
        return float((similarity - np.mean(pairs)) / np.std(pairs))


@pytest.mark.parametrize("text", QUESTIONS)
def test_features_are_what_they_are_called(text: str, small: tuple[Generation, StaticModel]) -> None:
    """Each column is its definition, for all rows at once and for a few of them."""
    generation, model = small
    slow = Slow(text, generation, model)
    folded = not slow.question.accented
    weights, rare = slow.weights(), slow.rare()
    everything = list(range(generation.sentences))
    for rows in (everything, everything[1::3], [generation.sentences - 1]):
        columns, matrix = measured(slow.question, generation, model, rows)
        assert matrix.dtype == np.float32
        assert matrix.shape == (len(rows), len(Features._fields))
        late = np.array([slow.late([row], weights) for row in rows])
        lengths = [len(model.tokenize([slow.sentences[row].text])[0]) for row in rows]
        wanted: dict[str, Column] = {
            "late_rare": np.array([slow.late([row], rare) for row in rows]),
            "late_rare_paragraph": np.array([slow.late(slow.around(row), rare) for row in rows]),
            "late_opening": np.array([slow.late(slow.opening(row), rare) for row in rows]),
            "late_window": np.array([slow.window(row, rare) for row in rows]),
            "late_leaders": np.array(slow.leading(rows, columns)),
            "late_exact": np.array([slow.exact(row) for row in rows]),
            "dense": np.array([slow.dense([row]) for row in rows]),
            "dense_paragraph": np.array([slow.dense(slow.around(row)) for row in rows]),
            "words_before": np.array([slow.found_before(row, folded) for row in rows]),
            "words_paragraph": np.array([slow.bm25_around(row, folded) for row in rows]),
            "phrases": np.array([slow.phrases([row], folded) for row in rows]),
            "phrases_paragraph": np.array([slow.phrases(slow.around(row), folded) for row in rows]),
            "late_foreign": late * slow.missing(folded),
            **{
                f"kind_{kind}": np.array(
                    [offers(kind, slow.sentences[row].text) * (slow.question.kind == kind) for row in rows]
                )
                for kind in map(AnswerType, ("when", "quantity", "why", "where", "who"))
            },
            "country": np.array([slow.country(row) for row in rows]),
            "length": np.log([1 + length for length in lengths]),
            "beside": np.array([slow.beside(row) for row in rows]),
            "concepts_paragraph": np.array([slow.rare_concepts(slow.around(row), folded) for row in rows]),
            "foreign": np.full(len(rows), len(slow.lacked(folded)) > len(slow.wanted(folded)) / 2),
        }
        assert tuple(wanted) == Features._fields
        for name, column in wanted.items():
            np.testing.assert_allclose(getattr(columns, name), column, atol=2e-4, rtol=1e-3, err_msg=name)


def test_the_right_sentence_is_ahead(small: tuple[Generation, StaticModel]) -> None:
    """The sentence about German aid leads in words and tokens, and offers a number."""
    generation, model = small
    columns, _ = measured(read_question(QUESTIONS[0]), generation, model, list(range(generation.sentences)))
    (right,) = [row for row in range(generation.sentences) if "Đức viện trợ" in generation.sentence(row).text]
    assert (int(columns.late_rare.argmax()), int(columns.words_before.argmax())) == (right, right)
    assert columns.kind_quantity[right] == 1.0


def test_sentences_without_tokens_are_far_from_everything(open_collection: Open) -> None:
    """A sentence that has no token at all has the lowest late interaction there is, and no NaN."""
    generation, model = open_collection([Document("d", "Nga họp.\n\u200b\u2060x\n")])
    for text in ("Nga", "x", "ngoài"):
        _, matrix = measured(read_question(text), generation, model, list(range(generation.sentences)))
        assert np.isfinite(matrix).all()


@pytest.mark.parametrize(
    "text", ["Nga họp.", "Nga họp.\nĐức họp.", "Nga.\nNga.\nNga.", "Một hai. Ba bốn.\nNăm sáu. Bảy."]
)
def test_background_of_little_collections(text: str, open_collection: Open) -> None:
    """However few or equal the sentences are, the scale is finite and above zero."""
    generation, model = open_collection([Document("d", text)])
    background = measure_background(generation, model)
    assert math.isfinite(background.mean)
    assert background.deviation > 0
    assert background.average_terms >= 1
    if generation.sentences < 3:
        assert (background.mean, background.deviation) == pytest.approx((0.1, 0.1))


def test_an_endless_paragraph_is_taken_in_blocks(open_collection: Open) -> None:
    """In a document of one line, the paragraph of a sentence is the 32 sentences of its block."""
    sentences = [f"Câu số {number} nói về chuyện {number}." for number in range(100)]
    generation, model = open_collection([Document("d", " ".join(sentences))])
    assert generation.sentences == 100
    columns, _ = measured(read_question("chuyện 40"), generation, model, [0, 33, 63, 64, 99])
    words = columns.words_paragraph
    in_paragraph = words > (words.min() + words.max()) / 2
    assert in_paragraph.tolist() == [False, True, True, False, False]
