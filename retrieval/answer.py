"""One question in, one answer out: the single entry for every front end."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np

from index.encoders import BundledEncoder, Encoder, StaticModel
from index.encoders.base import Floats, Tokens
from index.errors import Message, MisquotedError
from index.generation import DOCUMENT, Corpus
from index.generation.arrays import RowIds
from index.records import Sentence
from index.text.dates import mentions
from retrieval.cite import cite
from retrieval.features import measure
from retrieval.features.background import measure_background
from retrieval.filters import Selection
from retrieval.grouping import diversify, grouped, restated
from retrieval.highlight import highlight
from retrieval.question import Question, QuestionRefused, read_question
from retrieval.question.leaning import leans
from retrieval.question.synonyms import Synonyms, bundled
from retrieval.ranking import Explanation, Ranker
from retrieval.ranking.explanation import Reason, matched_words, missing_terms, take_apart
from retrieval.ranking.ranker import Matrix
from retrieval.ranking.ranking import NOTHING, Ranking
from retrieval.ranking.reranker import RERANKED, Reranker, reordered
from retrieval.reading import Reader
from retrieval.reading.first import explained, marked_words, read_first
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote, Status
from retrieval.search import candidates

_LOG = logging.getLogger(__name__)


class _Cited(NamedTuple):
    place: int  # in the ranking
    quote: Quote
    also: tuple[Quote, ...]
    more: int
    answer: tuple[int, int] | None  # the words of the quote that answer


class Answerer:
    """Answers questions from one generation; safe to use from any number of threads."""

    def __init__(
        self,
        generation: Corpus,
        encoder: Encoder,
        static: StaticModel,
        ranker: Ranker,
        threshold: float | None = None,
        reranker: Reranker | None = None,
        synonyms: Synonyms | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Wire the parts.

        None takes the threshold of what decides, the ranker's order, the bundled synonyms, and no reader. If
        both are given, a reader decides instead of a reranker.
        """
        self._synonyms = synonyms or bundled()
        self.generation = generation
        self.threshold = (reader.decision if reader else ranker).threshold if threshold is None else threshold
        self._encoder = encoder
        self._static = static
        self._ranker = ranker
        self._reranker = reranker
        self._reader = reader
        self._selection = Selection(generation)
        self._background = measure_background(generation, static)
        _LOG.info("generation %s answers, from probability %.3f on", generation.name, self.threshold)

    def answer(
        self,
        question: str,
        *,
        top: int = 3,
        related: int = 3,
        only: DocumentFilter = EVERYTHING,
        waiting: int = 0,
    ) -> Answer:
        """Return up to `top` quotes that answer, and up to `related` sentences below the threshold.

        The more other questions are `waiting`, the fewer candidates are read.
        """
        started = time.perf_counter()
        try:
            asked = read_question(question)
        except QuestionRefused as refusal:
            name = self.generation.name
            return Answer(question, Status.REFUSED, (), (), refusal.reason, _since(started), name, only)
        ranking = self.rank(asked, only, waiting)
        enough = int(np.count_nonzero(ranking.probabilities >= self.threshold))
        misquoted: list[Message] = []
        answering = self._cited(asked, ranking, self._spread(ranking, enough, only), only, misquoted)
        found = list(islice(answering, top))
        nothing_left = top > 0 and not found and bool(misquoted)
        nearly = range(enough, min(enough + related, len(ranking.groups)))
        shown = self._quotes(asked, [*found, *self._cited(asked, ranking, nearly, only, misquoted)])
        quotes, below = shown[: len(found)], shown[len(found) :]
        status = Status.FAULT if nothing_left else Status.FOUND if quotes else Status.NOT_FOUND
        elapsed = _since(started)
        _LOG.debug("%s in %.1f ms: %d candidates, %d answer", status, elapsed, len(ranking.groups), enough)
        return Answer(
            question, status, quotes, below, None, elapsed, self.generation.name, only, tuple(misquoted),
            near=bool(ranking.groups), understood=asked.text if asked.understood else None,
        )  # fmt: skip

    def explain(self, question: str, *, top: int = 3, only: DocumentFilter = EVERYTHING) -> Explanation:
        """Say why the best `top` sentences stand where they do, those below the threshold too."""
        try:
            asked = read_question(question)
        except QuestionRefused as refusal:
            return Explanation(None, refusal.reason, (), self.threshold, 0, ())
        ranking = self.rank(asked, only)
        count = min(top, len(ranking.groups))
        places = ranking.places[:count]
        sums = take_apart(self._ranker, ranking.features, ranking.scores, ranking.probabilities, places)
        misquoted: list[Message] = []
        cited = list(self._cited(asked, ranking, range(count), only, misquoted))
        matches = highlight(asked, [found.quote.text for found in cited], self._static)
        reasons = (
            Reason(
                quote,
                sums[found.place],
                matched_words(quote.text, ranges),
                ranking.places[found.place],
                explained(ranking, found.place),
            )
            for found, ranges, quote in zip(cited, matches, self._quotes(asked, cited), strict=True)
        )
        unknown = missing_terms(asked, self.generation)
        return Explanation(
            asked, None, unknown, self.threshold, len(ranking.groups), tuple(reasons), tuple(misquoted)
        )

    def rank(self, question: Question, only: DocumentFilter = EVERYTHING, waiting: int = 0) -> Ranking:
        """Return all candidates of a question, ranked; a filter is applied before they are chosen."""
        ranking = self.unread(question, only)
        if self._reader is not None and ranking.groups:
            most = self._reader.affordable(waiting)
            return read_first(self._reader, self.generation, question, ranking, most)
        return self._reranked(question, ranking)

    def unread(self, question: Question, only: DocumentFilter = EVERYTHING) -> Ranking:
        """Return all candidates as the ranker orders them."""
        question, query = self._synonyms.expand(question), self._static.tokenize([question.text])[0]
        vector = self._vector(question, query)
        corpus, mask = self._selection.of(only)
        rows = candidates(question, vector, corpus, mask=mask)
        if not len(rows) or not len(query):
            return NOTHING
        features = measure(question, query, vector, rows, self.generation, self._static, self._background)
        return self._ranked(rows, features)

    def _vector(self, question: Question, query: Tokens) -> Floats:
        if not isinstance(self._encoder, BundledEncoder):
            return np.asarray(self._encoder.encode_queries([question.text])[0])
        encoded = self._encoder.pool(query)  # it shares these tokens: no need to tokenize again
        if self._reader is None or not len(query):
            return encoded
        return self._reader.question_vector(question.text, encoded, self._static.revision)

    def quote(self, row: int) -> Quote:
        """Return the sentence of a row as a quote, for links to it.

        Raises:
            IndexError: There is no such row.
        """
        return cite(self.generation, row)

    def around(self, row: int) -> tuple[Sentence | None, Sentence | None]:
        """Return the sentences before and after a row in its document, if there are any."""
        rows = self.generation.rows_of(self.generation.sentence(row).document)
        before = self.generation.sentence(row - 1) if row - 1 in rows else None
        after = self.generation.sentence(row + 1) if row + 1 in rows else None
        return before, after

    def _ranked(self, rows: RowIds, features: Matrix) -> Ranking:
        scores = self._ranker.score(features)
        order = np.lexsort((rows, -scores))  # equal scores stand in the order of the collection
        ordered: list[int] = rows[order].tolist()
        groups = grouped(self.generation.duplicate_keys[ordered].tolist())
        first = order[[group[0] for group in groups]]
        best = scores[first]
        probabilities = self._ranker.probability(features[first], best)
        return Ranking(
            tuple(tuple([ordered[place] for place in group]) for group in groups),
            features[first],
            best,
            np.minimum.accumulate(probabilities),  # a sentence below another is never more probable
            tuple(range(len(groups))),
        )

    def _reranked(self, question: Question, ranking: Ranking) -> Ranking:
        """Let the reranker order the first groups; the ranker still says what each place is worth."""
        if self._reranker is None:
            return ranking
        first = [self.generation.sentence(group[0]).text for group in ranking.groups[:RERANKED]]
        places = (*reordered(self._reranker, question.text, first), *ranking.places[RERANKED:])
        return replace(ranking, groups=tuple(ranking.groups[place] for place in places), places=places)

    def _spread(self, ranking: Ranking, enough: int, only: DocumentFilter) -> Iterator[int]:
        """Yield the places of the quotes that answer, without too many of one document at first."""
        corpus, mask = self._selection.of(only)
        shown = (restated(corpus, group[0], mask).first for group in ranking.groups[:enough])
        return diversify(int(self.generation.places[row, DOCUMENT]) for row in shown)

    def _cited(
        self,
        question: Question,
        ranking: Ranking,
        places: Iterable[int],
        only: DocumentFilter,
        misquoted: list[Message],
    ) -> Iterator[_Cited]:
        """Yield the quotes of some places of the ranking; what is misquoted is left out, and noted."""
        (corpus, mask), leaning = self._selection.of(only), partial(leans, question)
        for place in places:
            where = restated(corpus, ranking.groups[place][0], mask)
            probability = float(ranking.probabilities[place])
            same: list[Quote] = []
            for row in (where.first, *where.others):
                try:
                    same.append(cite(self.generation, row, probability, None if same else leaning))
                except MisquotedError as error:
                    misquoted.append(error.message)
            if same:
                words = marked_words(ranking, place, same[0].text)
                yield _Cited(place, same[0], tuple(same[1:]), where.more, words)

    def _quotes(self, question: Question, cited: Sequence[_Cited]) -> tuple[Quote, ...]:
        """Return the quotes as shown: each with the words to see first, and where else it stands."""
        if self._reader is None or self._reader.network is None:
            highlights = highlight(question, [found.quote.text for found in cited], self._static)
        else:
            highlights = [(found.answer,) if found.answer else () for found in cited]
        return tuple(
            replace(
                found.quote,
                highlights=ranges,
                answer=found.answer,
                also=found.also,
                also_more=found.more,
                days=mentions(found.quote.text, found.quote.published),
            )
            for found, ranges in zip(cited, highlights, strict=True)
        )


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
