"""Where a sentence ends inside one paragraph."""

import re
import unicodedata
from collections.abc import Iterator

from index.text.abbreviations import AbbreviationKind, Following, is_abbreviation, is_inside_word, is_opener
from index.text.headings import label_end
from index.text.quotation import OPENING_MARKS, Pairs, find_pairs

# Stops that end a sentence whatever follows; the others are judged by their neighbours.
_FULL = "。｡！？؟۔।॥։።፧\u17d4\u17d5\u104a\u104b\u0f0d︒﹖﹗"
_ASKING = "?!‼⁇⁈⁉‽;\u037e"
_FULL_MARKS, _ASKING_MARKS = frozenset(_FULL), frozenset(_ASKING)
# A semicolon asks in Greek.
STOPS = f".．﹒…{_FULL}?!‼⁇⁈⁉‽"
"""Signs that end a sentence, sometimes; a regular expression may hold them between brackets."""

_TERMINATORS = re.compile(f"[{STOPS}]+|(?<=[\u0370-\u03ff])[;\u037e]")
_FULL_STOP = re.compile(f"[{_FULL}]")
_ALNUM = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s*")
# Footnote numbers, emphasis marks and characters without width stay with the stop they follow.
_TRAILER = re.compile(
    r"(?:\[\d{1,3}\]|[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\u0300-\u036f¹²³⁰⁴-⁹]"
    r"|[*_]{1,3}(?=\s|$|[.,;:!?)\]\"”’»]))+"
)
_LEAD = re.compile(r"[\s\-–—•*_¿¡\u200b-\u200f\u2060\ufeff" + re.escape("".join(OPENING_MARKS)) + "]{0,8}")
_PHRASE = re.compile(r"([^\W\d_][\w\u0300-\u036f]*)(?:\s+([^\W\d_][\w\u0300-\u036f]*))?")
_NUMBER = re.compile(r"\d+")
_IDEOGRAPHS = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_CARRIES_ON = frozenset(",;:)]}%、，")
# Right behind a single full stop these keep it inside a number, a name or an address.
_INSIDE = frozenset("0123456789abcdefghijklmnopqrstuvwxyz_/\\")
_DASHES = frozenset("-–—")
# In Japanese these carry a sentence on behind a shout or a quotation: 危ない！と叫んだ.
_PARTICLES = frozenset("とのをがはにで")
# How far a stop looks around: beyond the longest word that matters, and a constant, for linear time.
_REACH = 48


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the paragraph `text[start:end]`, which begins and ends with a non-space.

    A piece without a letter or digit joins the sentence before it, or at the beginning the one after it.
    """
    paragraph = _Paragraph(text, end, find_pairs(text, start, end))
    previous = start, start
    for piece_start, piece_end in paragraph.pieces(start):
        if previous[1] > start and not paragraph.is_bare(piece_start, piece_end):
            yield previous
            previous = piece_start, piece_end
        else:
            previous = previous[0], piece_end
    yield previous


class _Paragraph:
    """One pass over a paragraph, from left to right."""

    def __init__(self, text: str, end: int, pairs: Pairs) -> None:
        self._text = text
        self._end = end
        self._pairs = pairs
        self._pair = 0
        self._closer = 0
        self._alnum = -1

    def is_bare(self, start: int, end: int) -> bool:
        """Tell whether a piece holds no letter and no digit; `start` never decreases from call to call."""
        if self._alnum < start:
            found = _ALNUM.search(self._text, start, self._end)
            self._alnum = found.start() if found else self._end
        return self._alnum >= end

    def pieces(self, start: int) -> Iterator[tuple[int, int]]:
        """Cut at every sentence end."""
        text, end, at = self._text, self._end, label_end(self._text, start, self._end)
        while match := _TERMINATORS.search(text, at, end):
            stop, after = match.span()
            if match[0] == "." and after < end and text[after] in _INSIDE:
                at = after
                continue
            at = self._take_closers(after)
            if at >= end:
                break
            opened = self._pair_closed(after, at)
            if opened is None or self.is_bare(start, stop):
                continue
            follow = self._skip_space(at)
            if self._ends(start, match, at, follow, opened):
                yield start, at
                start = at = follow
        yield start, end

    def _skip_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at, self._end)
        return match.end() if match else at

    def _take_closers(self, at: int) -> int:
        """Return the place after the closing marks and the further stops that follow a stop."""
        text, end, closed = self._text, self._end, False
        while at < end:
            if trailer := _TRAILER.match(text, at, end):
                at = trailer.end()
            elif closed and (more := _TERMINATORS.match(text, at, end)):
                at = more.end()
            elif self._closes(follow := self._skip_space(at)):
                at, closed = follow + 1, True
            else:
                break
        return at

    def _closes(self, at: int) -> bool:
        """Tell whether a closing mark stands at a place; `at` never decreases from call to call."""
        closing = self._pairs.closing
        while self._closer < len(closing) and closing[self._closer] < at:
            self._closer += 1
        return self._closer < len(closing) and closing[self._closer] == at

    def _pair_closed(self, after: int, at: int) -> int | None:
        """Return where the pair that ends a sentence at `at` was opened, -1 without one, None inside a pair.

        A pair that another stop follows ends nothing: `("Cháy!").`
        """
        starts, ends = self._pairs.opened, self._pairs.closed
        while self._pair < len(ends) and ends[self._pair] < at:
            self._pair += 1
        if self._pair < len(starts) and starts[self._pair] < at:
            return None
        last = self._pair - 1
        opened, closed = (starts[last], ends[last]) if self._pair else (-1, -1)
        stopped_again = at > after and _TERMINATORS.match(self._text, at - 1, at)
        return opened if opened < after <= closed and not stopped_again else -1

    def _ends(self, start: int, stops: re.Match[str], at: int, follow: int, opened: int) -> bool:
        """Judge the stops of the sentence begun at `start`; after their closers comes `at`, then `follow`."""
        text, run, stop = self._text, stops[0], stops.start()
        if text[follow] in _CARRIES_ON or (opened >= 0 and not _ALNUM.search(text, opened, stop)):
            return False
        spaced = follow > at
        if not _FULL_MARKS.isdisjoint(run):
            return spaced or self._full_stop_ends(start, run, follow, opened)
        following = self._following(follow)
        if following.kind in (AbbreviationKind.NOTHING, AbbreviationKind.LOWER) or (
            opened >= 0 and text[follow] in _DASHES
        ):
            return False
        if not spaced:
            return self._ends_unspaced(start, stops, follow, opened, following)
        if not _ASKING_MARKS.isdisjoint(run):
            return True
        if len(run) > 1 or run == "…":
            if text[stop - 1].isspace():
                return is_opener(following)
            return following.kind in (AbbreviationKind.UPPER, AbbreviationKind.SYMBOL)
        return opened >= 0 or not is_abbreviation(
            *self._words_before(start, stop), following, first=self._is_first(start, stop)
        )

    def _full_stop_ends(self, start: int, run: str, follow: int, opened: int) -> bool:
        """Judge 。！？ with no space behind."""
        text = self._text
        character = text[follow]
        if character == "を" or (character in _PARTICLES and (opened >= 0 or run[-1] in "！？!?")):
            return False
        if opened >= 0 and character in "(（":
            return False
        if opened < 0 or character in OPENING_MARKS:
            return True
        # A pair closed right behind its stop. It ends the sentence where a colon or comma announced it, or
        # where a bracket holds a sentence of its own; but 「…。」彼は is one sentence.
        before = text[max(start, opened - _REACH) : opened].rstrip()[-1:]
        return not before if text[opened] in "(（[［【" else before in (":", "：", ",", "，")

    def _ends_unspaced(
        self, start: int, stops: re.Match[str], follow: int, opened: int, following: Following
    ) -> bool:
        """Judge `sao?Các` and `Kharkov.Ukraine` against `Node.js`, addresses and versions."""
        text, stop = self._text, stops.start()
        word, before = self._words_before(start, stop)
        if following.kind is AbbreviationKind.UNCASED:
            # Korean, Chinese, Japanese with a Western stop; not Thai, which uses it in abbreviations, nor a
            # single letter before a full stop.
            around = text[max(start, stop - 1 - (stops[0] == ".")) : stop] + text[follow]
            is_plain = stops[0] in (".", "?", "!") and len(around) == 2 + (stops[0] == ".")
            return (
                is_plain
                and (opened >= 0 or all(map(_is_uncased, around)))
                and self._full_stop_ends(start, stops[0], follow, opened)
            )
        if following.kind is not AbbreviationKind.UPPER or not word:
            return False
        left = text[max(start, stop - 4 * _REACH) : stop].split()[-1]
        # An address ends before 。, whatever follows that without a space.
        right = _FULL_STOP.split(text[stop : min(self._end, stop + _REACH)].split()[0])[0]
        if "://" in left or "@" in left + right or left.startswith("www."):
            return False
        if stops[0] == ".":
            return not is_inside_word(word, before, following, first=self._is_first(start, stop))
        return following.word[1:2].islower()

    def _following(self, follow: int) -> Following:
        """Describe what follows a stop, past opening marks, dashes and emphasis."""
        text = self._text
        lead = _LEAD.match(text, follow, self._end)
        at = lead.end() if lead else follow
        character = text[at] if at < self._end else ""
        if character.isupper() or character.istitle():
            return self._phrase(AbbreviationKind.UPPER, at)
        if character.islower():
            is_brand = text[at + 1 : at + 2].isupper()
            is_quoted = at > follow and text[follow] in "\"“'‘«"
            return self._phrase(
                AbbreviationKind.UPPER if is_brand or is_quoted else AbbreviationKind.LOWER, at
            )
        if character.isnumeric() or (character and character in "$€£¥₫+"):
            # "(2005)" behind a stop is a year of publication far more often than a sentence.
            number = _NUMBER.match(text, at, min(self._end, at + _REACH))
            return Following(
                AbbreviationKind.NOTHING if text[follow] == "(" else AbbreviationKind.DIGIT,
                number[0] if number else "",
                "",
            )
        if character.isalpha():
            return self._phrase(AbbreviationKind.UNCASED, at)
        is_symbol = character and (character in "#@" or unicodedata.category(character) == "So")
        return Following(AbbreviationKind.SYMBOL if is_symbol else AbbreviationKind.NOTHING, "", "")

    def _phrase(self, kind: AbbreviationKind, at: int) -> Following:
        match = _PHRASE.match(self._text, at, min(self._end, at + _REACH))
        first, second = (match[1], match[2] or "") if match else ("", "")
        return Following(kind, unicodedata.normalize("NFC", first), unicodedata.normalize("NFC", second))

    def _words_before(self, start: int, stop: int) -> tuple[str, str]:
        """Return the word a stop is attached to, without opening marks, and the word before it."""
        reach = self._text[max(start, stop - _REACH) : stop]
        if not reach or reach[-1].isspace():
            return "", ""
        found = unicodedata.normalize("NFC", reach).split()
        word = _IDEOGRAPHS.split(found[-1])[-1].lstrip("\"“”„‘’'«([{*_-–—•")
        return word, found[-2] if len(found) > 1 else ""

    def _is_first(self, start: int, stop: int) -> bool:
        """Tell whether the word a stop is attached to is the first of its sentence."""
        return stop - start < _REACH and len(re.findall(r"\w[\w.]*", self._text[start:stop])) == 1


def _is_uncased(character: str) -> bool:
    return (
        character.isalpha()
        and not character.islower()
        and not character.isupper()
        and not "\u0e00" <= character <= "\u0eff"
    )
