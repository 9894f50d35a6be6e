"""A text as words, numbers, signs of currencies and runs of unspaced scripts, for the finders of concepts."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.concepts.country_syllables import Neighbour
from index.concepts.table import Phrases
from index.text.terms import MARKS, UNSPACED, word

TokenKind = Literal["number", "word", "unspaced", "sign"]
_NUMBER = r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*)"
_SIGN = r"(?P<sign>US\$|[$€£₫₽₴₩₹%])"
_PLAIN = re.compile(
    rf"{_NUMBER}|{_SIGN}|(?P<word>U\.S\.(?:A\.)?|[^\W\d_][^\W_{MARKS}\u00ad]*(?:[{MARKS}\u00ad]+[^\W_]*)*)"
)
_MIXED = re.compile(
    rf"{_NUMBER}|{_SIGN}|(?P<unspaced>[{UNSPACED}]+)"
    rf"|(?P<word>U\.S\.(?:A\.)?|(?![{UNSPACED}])[^\W\d_](?:(?![{UNSPACED}])[^\W_]|[{MARKS}\u00ad])*)"
)
_IS_MIXED = re.compile(f"[{UNSPACED}]")
_GAP = re.compile(r"[ \u00a0\u202f]?[-–'’]?[ ]?|\. ?")


class Concept(NamedTuple):
    """A concept and the code points of the text that say it.

    Attributes:
        id: Kind and what it stands for, such as `country:RU`, `date:4-22`, `number:5000000000`.
    """

    id: str
    start: int
    end: int


class Token(NamedTuple):
    """A piece of a text; `key` is the term of a word, else what is written."""

    kind: TokenKind
    key: str
    start: int
    end: int


@dataclass(slots=True)
class TokenizedText:
    """A text and its tokens.

    Attributes:
        is_quiet: It has no capital, so small letters say nothing.
        is_loud: It has capitals only, so capitals say nothing.
    """

    text: str
    tokens: list[Token]
    is_quiet: bool
    is_loud: bool

    def skip_to(self, end: int, place: int) -> int:
        """Return the place of the first token from `end` on; a token that reaches beyond it is divided."""
        while place < len(self.tokens) and self.tokens[place].end <= end:
            place += 1
        if place < len(self.tokens) and self.tokens[place].start < end:
            token = self.tokens[place]
            size = end - token.start
            self.tokens[place : place + 1] = [
                token._replace(key=token.key[:size], end=end),
                token._replace(key=token.key[size:], start=end),
            ]
            place += 1
        return place

    def gap(self, place: int) -> str:
        """Return what stands between a token and the one before."""
        return self.text[self.tokens[place - 1].end : self.tokens[place].start] if place > 0 else ""

    def before(self, place: int) -> Neighbour | None:
        """Return the word before, if only a space is between."""
        if place > 0 and self.gap(place) == " ":
            return self._neighbour(place - 1)
        return None

    def after(self, place: int) -> Neighbour | None:
        """Return the word behind, if only a space is between."""
        if place + 1 < len(self.tokens) and self.gap(place + 1) == " ":
            return self._neighbour(place + 1)
        return None

    def key(self, place: int) -> str:
        """Return the key of a token, or nothing where there is none or more than a space is before it."""
        if 0 < place < len(self.tokens) and self.gap(place) in ("", " ", "\u00a0", "\u202f"):
            return self.tokens[place].key
        return self.tokens[place].key if place == 0 else ""

    def is_second(self, place: int) -> bool:
        """Tell whether the word before begins the text or a sentence of it."""
        return place == 1 or (place > 1 and any(sign in '.?!:;"“(–—…\n' for sign in self.gap(place - 1)))

    def longest(self, phrases: Phrases, place: int) -> tuple[int, str]:
        """Return the number of tokens of the longest phrase at a place, and what it stands for; or 0."""
        tokens = self.tokens
        most = min(phrases.longest.get(tokens[place].key, 0), len(tokens) - place)
        for length in range(most, 0, -1):
            identifier = phrases.names.get(tuple(token.key for token in tokens[place : place + length]))
            if identifier is not None and all(
                _GAP.fullmatch(self.gap(at)) for at in range(place + 1, place + length)
            ):
                return length, identifier
        return 0, ""

    def _neighbour(self, place: int) -> Neighbour | None:
        token = self.tokens[place]
        if token.kind != "word":
            return None
        return Neighbour(token.key, self.text[token.start].isupper())


def read(text: str) -> TokenizedText:
    """Divide a text."""
    tokens = []
    pattern = _MIXED if _IS_MIXED.search(text) else _PLAIN  # the plain one is twice as fast
    for match in pattern.finditer(text):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]  # the pattern names nothing else
        key = match[0]
        if kind == "word":
            key = word(key) if "." not in key else word(key.replace(".", ""))
        tokens.append(Token(kind, key, *match.span()))
    return TokenizedText(text, tokens, text == text.lower(), text == text.upper())


Found = tuple[list[Concept], int]
NONE_FOUND: list[Concept] = []
