"""The collections and questions that the ranker learns from.

They are kept from the encoder (`corpora.is_for_ranker`, articles of ViQuAD, held-out pairs), so that the
ranker sees features as good and as bad as those of a collection nobody trained on.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile
from pathlib import Path

from index.records import Document
from index.text.segment import segment
from retrieval.features.answer_types import CERTAIN, offers
from retrieval.question import QuestionRefused, read_question
from training import corpora
from training.questions import Made, made_question
from training.situations import Asked, Situation
from training.written import FOR_RANKER, HOME, joined, written

PARTS = 3
"""Each collection is also asked in this many versions that lack a part of the answers …"""
SMALL = 6
"""… and in this many small pieces, since most collections are smaller than those of benchmarks."""
TOPICS = 12
"""Collections of news with one topic: articles that share a name …"""
LARGEST_TOPIC = 30
"""… the most frequent one that no more than this many of them have …"""
PER_TOPIC = 40
"""… each asked this many questions at most …"""
NAMED = (3, 10)
"""… that keep this many words around what is asked for …"""
FEWEST = 4
"""… and have to name this many."""
STATED = 0.8
"""Share of the words named by a question that another sentence has if it states the same."""
SHORT = (2, 6)
"""The same in other questions: people name two or three things, not half of the sentence."""


def all_situations(folder: Path, seed: int) -> Iterator[Situation]:
    """Yield the collections and questions to learn from."""
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    whole = [
        viquad(folder, corpora.VIQUAD_RANKER, distractors=400),
        _web(folder),
        _across_languages(folder, random_),
        _japanese(folder),
    ]
    topics = list(_topics(folder, random_))
    for topic in topics + [topic.without_accents() for topic in topics]:
        yield from _with_gaps(topic, PARTS, seed)
    for situation in whole + [situation.without_accents() for situation in whole[:2]]:
        yield from _with_gaps(situation, PARTS, seed)
        for small in situation.divided(SMALL, seed):
            yield from _with_gaps(small, 2, seed)
    yield _wikiqa(folder)
    collections = list(written(folder, FOR_RANKER))
    for collection in (*collections, joined(collections)):
        for situation in (collection, collection.asking(HOME).without_accents()):
            yield from _with_gaps(situation, PARTS, seed)


def _with_gaps(situation: Situation, parts: int, seed: int) -> Iterator[Situation]:
    """Yield a collection, and versions of it that lack a part of the answers."""
    yield situation
    yield from situation.taken_out(parts, seed)


def viquad(folder: Path, articles: frozenset[str] | None, distractors: int = 0) -> Situation:
    """Return some articles of UIT-ViQuAD with their questions; None for those kept from every training."""
    contexts: dict[str, str] = {}
    asked = []
    for reading in corpora.viquad(folder):
        kept = reading.title not in corpora.VIQUAD_ENCODER | corpora.VIQUAD_RANKER
        if kept if articles is None else reading.title in articles:
            name = contexts.setdefault(reading.context, f"viquad-{len(contexts)}")
            asked.append(Asked(reading.question, ((name, reading.start),), "vi"))
    others = islice((p for n, (_, _, p) in enumerate(corpora.wikipedia(folder)) if n % 101 == 0), distractors)
    documents = [Document(name, text) for text, name in contexts.items()]
    documents += [Document(f"wikipedia-{number}", text) for number, text in enumerate(others)]
    return Situation("viquad", tuple(documents), tuple(asked))


def _web(folder: Path) -> Situation:
    """Return snippets of web pages and questions to them.

    Good for the order of sentences only: many a snippet answers that is labelled as if it did not, so nothing
    can be learned from them about when to abstain.
    """
    contexts: dict[str, str] = {}
    places: dict[str, list[tuple[str, int]]] = {}
    for reading in corpora.web_questions(folder):
        name = contexts.setdefault(reading.context, f"web-{len(contexts)}")
        found = places.setdefault(reading.question, [])
        if reading.start >= 0:
            found.append((name, reading.start))
    asked = [Asked(question, tuple(found), "web") for question, found in places.items()]
    return Situation("web", tuple(Document(n, t) for t, n in contexts.items() if t.strip()), tuple(asked))


def _topics(folder: Path, random_: random.Random) -> Iterator[Situation]:
    """Yield collections of news about one name each: as those of a newsroom, every sentence is near.

    A question is also answered by another sentence that states the fact together with nearly all it names:
    news tells its facts in the title, in the lede and again.
    """
    left = [article for article in corpora.news(folder) if corpora.is_for_ranker(article.title)]
    for topic in range(TOPICS):
        counts = Counter(name for article in left for name in set(_names(article.title)))
        name = max((n for n, count in counts.items() if count <= LARGEST_TOPIC), key=lambda n: (counts[n], n))
        chosen = [article for article in left if name in _names(article.title)]
        left = [article for article in left if article not in chosen]
        documents, told = [], []
        for number, article in enumerate(chosen):
            text = article.text
            documents.append(Document(f"news-{number}", text, title=article.title))
            told += [(f"news-{number}", start, text[start:end]) for start, end, _ in segment(text)]
        asked = []
        for document, start, sentence in random_.sample(told, min(PER_TOPIC, len(told))):
            made = made_question(sentence, "vi", random_, NAMED)
            if len(made.words) >= FEWEST and _asks_for_its_fact(made, sentence):
                others = [(d, place) for d, place, text in told if _states(text, made)]
                places = dict.fromkeys([(document, start), *others])
                asked.append(Asked(made.question, tuple(places), "vi-made"))
        yield Situation(f"news {topic}", tuple(documents), tuple(asked))


def _names(title: str) -> list[str]:
    """Return runs of capitalised words inside a title."""
    words = ["", *title.split()[1:], ""]
    starts = [n for n in range(1, len(words)) if words[n][:1].isupper() and not words[n - 1][:1].isupper()]
    return [" ".join(takewhile(lambda word: word[:1].isupper(), words[n:])) for n in starts]


def _asks_for_its_fact(made: Made, sentence: str) -> bool:
    """Tell whether a question that asks for a time or a number hides one: not the 24 of "ngày 24/3"."""
    try:
        kind = read_question(made.question).kind
    except QuestionRefused:
        return False
    return kind not in CERTAIN or min(offers(kind, made.fact), offers(kind, sentence)) > 0


def _states(sentence: str, made: Made) -> bool:
    words = set(sentence.lower().split())
    named = [word.lower() for word in made.words]
    return made.fact in sentence and sum(word in words for word in named) >= STATED * len(named) > 0


def _across_languages(folder: Path, random_: random.Random) -> Situation:
    documents, asked = [], []
    for number, pair in enumerate(corpora.english_vietnamese(folder, held_out=True)):
        if pair.source in {"evbnews", "bbc_mt", "manythings"}:
            documents.append(Document(f"pair-{number}", pair.right))
            if len(pair.left) > 50 and _asks_for_its_fact(
                made := made_question(pair.left, "en", random_, SHORT), pair.left
            ):
                asked.append(Asked(made.question, ((f"pair-{number}", 0),), "en-vi"))
    return Situation("pairs", tuple(documents), tuple(asked))


def _japanese(folder: Path) -> Situation:
    contexts: dict[str, str] = {}
    asked = []
    for reading in corpora.jaquad(folder):
        if corpora.is_for_ranker(reading.context) and len(contexts) < 200:
            name = contexts.setdefault(reading.context, f"jaquad-{len(contexts)}")
            asked.append(Asked(reading.question, ((name, reading.start),), "ja"))
    return Situation("jaquad", tuple(Document(name, text) for text, name in contexts.items()), tuple(asked))


def _wikiqa(folder: Path) -> Situation:
    texts: dict[str, list[str]] = {}
    places: dict[str, list[int]] = {}
    for question, sentence, answers in corpora.wikiqa(folder):
        if corpora.is_for_ranker(question):
            lines, right = texts.setdefault(question, []), places.setdefault(question, [])
            if answers:
                right.append(sum(len(line) + 1 for line in lines))
            lines.append(sentence)
    names = {question: f"wikiqa-{number}" for number, question in enumerate(texts)}
    documents = tuple(Document(names[question], "\n".join(lines)) for question, lines in texts.items())
    asked = tuple(Asked(q, tuple((names[q], place) for place in found), "en") for q, found in places.items())
    return Situation("wikiqa", documents, asked)
