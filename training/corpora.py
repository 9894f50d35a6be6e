"""Reads the public corpora of the training into plain rows; the only module that knows their files.

Every reader takes the folder that holds the corpora and yields tuples of text, cleaned of mark-up and
otherwise as published. Origins and licences stand in the model card, `index/model/README.md`.
"""

import json
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

# A fixed split of UIT-ViQuAD by article: the encoder learns from one, the ranker from five others, and the
# remaining four are only measured.
VIQUAD_ENCODER = frozenset({"Franklin D. Roosevelt"})
VIQUAD_RANKER = frozenset({"Nouvelle-Calédonie", "Thần học", "Kiến", "Puerto Rico", "Nam Ossetia"})


def is_for_ranker(text: str) -> bool:
    """Tell whether a text is kept from the encoder, so that the ranker learns from features it will meet."""
    return zlib.crc32(text.encode()) % 10 == 0


class Pair(NamedTuple):
    """Two texts that mean the same, with the language and the origin of the pair."""

    language: str
    source: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One question about one context, with the place of its answer.

    Attributes:
        start: Code-point offset of the answer in `context`; -1 when the context does not answer.
        title: Article of the context, empty where the corpus names none.
    """

    question: str
    context: str
    start: int
    answer: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Title and paragraphs with an empty line between them: what the offsets of questions count in."""
        return "\n\n".join((self.title, *self.paragraphs))


def _open(corpora: Path, name: str) -> IO[str]:
    return lzma.open(corpora / name, "rt", encoding="utf-8")


def _rows(corpora: Path, name: str) -> Iterator[dict[str, Any]]:
    with _open(corpora, name) as file:
        for line in file:
            yield json.loads(line)


def english_vietnamese(corpora: Path, *, held_out: bool = False) -> Iterator[Pair]:
    """Yield the English–Vietnamese sentence pairs; one in forty is held out and only measured."""
    with _open(corpora, "pairs.en-vi.tsv.xz") as file:
        for number, line in enumerate(file):
            if (number % 40 == 0) is held_out:
                source, english, vietnamese = line.rstrip("\n").split("\t")
                yield Pair("vi", source, english, vietnamese)


def english_other(corpora: Path) -> Iterator[Pair]:
    """Yield the pairs of English with 33 other languages; regional codes are cut to the language."""
    with _open(corpora, "pairs.en-xx.tsv.xz") as file:
        for line in file:
            language, source, english, text = line.rstrip("\n").split("\t")
            yield Pair(language.split("-")[0], source, english, text)


def japanese_vietnamese(corpora: Path) -> Iterator[Pair]:
    """Yield the Japanese–Vietnamese news pairs."""
    with _open(corpora, "pairs.ja-vi.tsv.xz") as file:
        for line in file:
            japanese, vietnamese = line.rstrip("\n").split("\t")
            yield Pair("ja", "alt", japanese, vietnamese)


# Wiktionary's translations carry a transliteration between slashes and now and then a cut template.
_TRANSLITERATION = re.compile(r"\s*(/[^/]*/|\[[^\]]*\]?)\s*")
_DICTIONARY_CODES = {"cmn": "zh", "arb": "ar"}


def dictionary(corpora: Path) -> Iterator[Pair]:
    """Yield word and phrase translations from English."""
    with _open(corpora, "dictionary.en-xx.tsv.xz") as file:
        for line in file:
            language, english, text = line.rstrip("\n").split("\t")
            text = _TRANSLITERATION.sub(" ", text).strip()
            if text and text != "etc.]":
                yield Pair(_DICTIONARY_CODES.get(language, language), "wiktionary", english, text)


def news(corpora: Path) -> Iterator[Article]:
    """Yield the Vietnamese news articles; the first paragraph is the lede."""
    for row in _rows(corpora, "news.vi.jsonl.xz"):
        yield Article(row["title"], (row["lede"], row["body"]))


_HEADING = re.compile(r"^=+ (.*?) =+$")


def wikipedia(corpora: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (title, heading, paragraph) of Vietnamese Wikipedia; formulas are left out."""
    for row in _rows(corpora, "wikipedia.vi.jsonl.xz"):
        heading = ""
        for line in row["text"].split("\n"):
            line = line.strip()
            if match := _HEADING.match(line):
                heading = match[1]
            elif len(line) > 40 and "\\" not in line:
                yield row["title"], heading, line


def viquad(corpora: Path) -> Iterator[Reading]:
    """Yield the human questions of UIT-ViQuAD, each question of a context once."""
    seen = set()
    for row in _rows(corpora, "qa.viquad.jsonl.xz"):
        if (key := (row["context"], row["question"])) not in seen:
            seen.add(key)
            yield Reading(row["question"], row["context"], row["ans_start"], row["text"], row["title"])


def jaquad(corpora: Path) -> Iterator[Reading]:
    """Yield the Japanese questions of JaQuAD."""
    for row in _rows(corpora, "qa.jaquad.jsonl.xz"):
        yield Reading(row["question"], row["context"], row["answer_start"], row["answer"])


def web_questions(corpora: Path) -> Iterator[Reading]:
    """Yield Vietnamese web questions with snippets that answer them (start >= 0) or do not (start -1)."""
    for row in _rows(corpora, "qa.web.vi.jsonl.xz"):
        if row["answerable"] and row["answers"]:
            answer = row["answers"][0]
            yield Reading(row["question"], row["context"], answer["answer_start"], answer["text"])
        else:
            yield Reading(row["question"], row["context"], -1, "")


def wikiqa(corpora: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (question, candidate sentence, whether it answers) of WikiQA."""
    with _open(corpora, "qa.wikiqa.en.tsv.xz") as file:
        for line in file:
            question, sentence, label = line.rstrip("\n").split("\t")
            yield question, sentence, label == "1"


class Extractive(NamedTuple):
    """A human question about a context, with the answer's words.

    Attributes:
        start: Code-point offset of the answer in `context`; -1 when the context does not answer.
    """

    language: str
    title: str
    context: str
    question: str
    answer: str
    start: int


def kept_articles(corpora: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return titles and contexts of the articles of UIT-ViQuAD that are kept from every training."""
    kept = [r for r in viquad(corpora) if r.title not in VIQUAD_ENCODER | VIQUAD_RANKER]
    return frozenset(r.title for r in kept), frozenset(r.context for r in kept)


def extractive(corpora: Path, name: str) -> Iterator[Extractive]:
    """Yield the questions of one file of `qa/`, each of a context once; none of an article that is kept."""
    titles, contexts = kept_articles(corpora)
    seen = set()
    for row in _rows(corpora, f"qa/{name}.jsonl.xz"):
        key = row["context"], row["question"]
        if key in seen or row["title"] in titles or row["context"] in contexts or not row["context"].strip():
            continue
        seen.add(key)
        words, start = (row["answers"][0]["text"], row["answers"][0]["start"]) if row["answers"] else ("", -1)
        yield Extractive(row["lang"], row["title"], *key, words, start)


def extractive_files(corpora: Path) -> list[str]:
    """Return the names of the files of `qa/` that hold questions with their contexts."""
    names = sorted(path.name.removesuffix(".jsonl.xz") for path in (corpora / "qa").glob("*.jsonl.xz"))
    return [name for name in names if not name.startswith("pairs.")]
