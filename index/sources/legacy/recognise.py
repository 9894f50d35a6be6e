"""Which encoding before Unicode a text is in, if it is in one for certain."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from index.errors import Name, SourceError
from index.sources.legacy.syllables import is_syllable
from index.sources.legacy.tables import from_tcvn3, from_viqr, from_vni
from index.text.vietnamese import OWN, SELDOM, TONES

_SAMPLE = 40_000  # code points that are looked at
_UNICODE = re.compile(f"[{OWN}{SELDOM}]|[a-yA-Y][{TONES}]")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_FEWEST = 4  # accented words, different ones
_SHARE_AS_IT_IS = 0.5  # in old encodings hardly a word looks like a syllable before it is converted
_SHARE = 0.92  # of accented words that must be syllables; the rest are names
# Text that is valid Unicode is what it says it is, unless all of it speaks against that: it is long, hardly a
# word is one as it stands, and many have what no language writes, which is all of what the encoding needs.
_FEWEST_IN_UNICODE = 16
_SHARE_AS_IT_IS_IN_UNICODE = 0.4
_IMPOSSIBLE = {
    "TCVN3 (ABC)": re.compile(r"[a-zA-Z][¡-©«-´¶-¹»-¿×÷]|[¡-©«-´¶-¹»-¿×÷][a-zA-Z]"),  # signs in words
    "VNI": re.compile(r"[aeouyAEOUYôöÔÖ][àáâãäåèéêëïîòóôõöøùúûüÀÁÂÃÄÅÈÉÊËÏÎÒÓÔÕÖØÙÚÛÜ]"),
}
_FEWEST_IMPOSSIBLE = 12
_SHARE_IMPOSSIBLE = 0.2  # of accented words
# What hardly anything but VIQR writes: a circumflex, breve or horn after its vowel.
_VIQR_LETTER = re.compile(r"[aeo]\^|a\(|[ou]\+", re.IGNORECASE)
_FEWEST_VIQR = 12
_SHARE_VIQR = 0.12
_SHARE_VIQR_WORDS = 0.8
# A tone after such a letter, or a crossed d: formulas have circumflexes and plus signs, but hardly these.
_VIQR_TONE = re.compile(r"(?:[aeo]\^|a\(|[ou]\+)['`?~.]|\bdd[aeiouy]", re.IGNORECASE)
_FEWEST_VIQR_TONES = 4
_ESCAPE = re.compile(r"\\[.?'`~(^+d\\]")
# Whether such a sign ends the sentence or is a tone, only an escape elsewhere in the text can tell.
_AMBIGUOUS = re.compile(r"[aeiouyAEIOUY][\^(+]?[.?](?=\s+[A-Z]|\s*$)", re.MULTILINE)
_CAPITALS = re.compile(r"[A-Z]")
_SMALL = re.compile(r"[a-z]")
_FEWEST_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """How Vietnamese letters stand in a text.

    Attributes:
        name: What people call the encoding; None for Unicode.
        convert: Gives the text in Unicode.
    """

    name: str | None
    convert: Callable[[str], str]

    def title(self, said: str | None) -> str | None:
        """Convert a title or name that came with a text in this spelling, unless it is in Unicode itself."""
        if said is None or self.name is None or _UNICODE.search(said):
            return said
        converted = self.convert(said)
        accented = [word for word in _WORD.findall(converted) if _ACCENTED.search(word)]
        return converted if all(map(is_syllable, accented)) else said


def _as_it_is(text: str) -> str:
    return text


VIQR = "VIQR"
UNCHANGED = Spelling(None, _as_it_is)


def recognise(text: str, name: Name, *, raw: bool = False) -> Spelling:
    """Return how a text is spelled; Unicode wherever another encoding is not certain.

    Args:
        text: Decoded text; of bytes in an unknown encoding, as Latin-1.
        name: What to call it in an error.
        raw: Whether these are bytes that are not UTF-8, so that a sentence is enough to tell; text that is
            valid Unicode is left alone unless the evidence is overwhelming.

    Raises:
        SourceError: It is VIQR that does not say where its sentences end.
    """
    sample = text[:_SAMPLE]
    if _UNICODE.search(sample):
        return UNCHANGED
    if not _ACCENTED.search(sample):
        return _viqr(sample, text, name)
    as_it_is = _score(sample)[0]
    if as_it_is >= _SHARE_AS_IT_IS:  # letters of Latin-1 are enough for some Vietnamese sentences
        return UNCHANGED
    scores = [
        (*_score(convert(sample)), label, convert)
        for label, convert in (("TCVN3 (ABC)", _from_abc), ("VNI", from_vni))
    ]
    share, different, label, convert = max(scores, key=lambda score: score[:2])
    if share < _SHARE or different < _FEWEST:
        return UNCHANGED
    if not raw and not _is_overwhelming(sample, as_it_is, different, label):
        return UNCHANGED
    return Spelling(label, convert)


def _is_overwhelming(sample: str, as_it_is: float, different: int, label: str) -> bool:
    """Tell whether valid Unicode can be nothing but an old encoding that was saved as Unicode."""
    accented = [token for token in sample.split() if _ACCENTED.search(token)]
    impossible = {token for token in accented if _IMPOSSIBLE[label].search(token)}
    share = sum(token in impossible for token in accented) / len(accented)
    return (
        as_it_is <= _SHARE_AS_IT_IS_IN_UNICODE
        and different >= _FEWEST_IN_UNICODE
        and len(impossible) >= _FEWEST_IMPOSSIBLE
        and share >= _SHARE_IMPOSSIBLE
    )


def modern(text: str, name: Name, places: tuple[int, ...] = ()) -> tuple[str, tuple[int, ...]]:
    """Return a text in Unicode, and places in it moved along with what they stood before.

    Raises:
        SourceError: It is VIQR that does not say where its sentences end.
    """
    spelling = recognise(text, name)
    if spelling.name is None:
        return text, places
    edges = [0, *places, len(text)]
    parts = [spelling.convert(text[start:end]) for start, end in pairwise(edges)]
    moved: list[int] = []
    size = 0
    for part in parts[:-1]:
        size += len(part)
        moved.append(size)
    return "".join(parts), tuple(moved)


def _score(converted: str) -> tuple[float, int]:
    """Return the share of accented words that are syllables, and how many different ones are."""
    accented = [word.lower() for word in _WORD.findall(converted) if _ACCENTED.search(word)]
    good = [word for word in accented if is_syllable(word)]
    return (len(good) / len(accented) if accented else 0.0), len(set(good))


def _from_abc(text: str) -> str:
    """Convert TCVN3, and put lines into capitals that were in a font which has nothing else.

    `.VnTimeH` shows small letters as capitals, so that a line in it has capitals and small letters with
    accents, and no other small letter, which no language has.
    """
    lines = from_tcvn3(text).split("\n")
    return "\n".join(
        line.upper() if len(_CAPITALS.findall(line)) >= _FEWEST_CAPITALS and not _SMALL.search(line) else line
        for line in lines
    )


def _viqr(sample: str, text: str, name: Name) -> Spelling:
    tokens = sample.split()
    written = [token for token in tokens if _VIQR_LETTER.search(token)]
    good = sum(_is_written(token) for token in written)
    toned = {token.lower() for token in written if _VIQR_TONE.search(token)}
    if (
        len(set(written)) < _FEWEST_VIQR
        or len(toned) < _FEWEST_VIQR_TONES
        or good < _SHARE_VIQR_WORDS * len(written)
        or good < _SHARE_VIQR * len(tokens)
    ):
        return UNCHANGED
    if not _ESCAPE.search(text) and _AMBIGUOUS.search(text):
        raise SourceError(
            "{name} is Vietnamese in VIQR, and does not say which full stops are tones; convert it to UTF-8.",
            name=name,
        )
    return Spelling(VIQR, from_viqr)


def _is_written(token: str) -> bool:
    words = _WORD.findall(from_viqr(token))
    return bool(words) and all(map(is_syllable, words))


def has_vietnamese_words(text: str) -> bool:
    """Tell whether a text in Unicode is Vietnamese by its accented words."""
    share, different = _score(text[:_SAMPLE])
    return share >= _SHARE and different >= _FEWEST and _UNICODE.search(text[:_SAMPLE]) is not None
