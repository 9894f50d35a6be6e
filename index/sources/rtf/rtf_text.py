"""The text of an RTF file as it is read: paragraphs, rows, notes and boxes, in the encodings of its fonts.

striprtf, the library for it, writes marks between cells and addresses after links, and says nothing of notes,
boxes and hidden text, which it leaves out or keeps.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.remarks import Remark, RemarkKind, remark
from index.sources.office.blocks import TextBlock
from index.sources.rtf.control_words import CHARACTERS, HEADS, OPEN, SILENT
from index.sources.rtf.rtf_flow import PLACES, RtfFlow, RtfSaid, RtfState
from index.sources.rtf.rtf_fonts import RtfFonts
from index.text.prose import GAP

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,40})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_BREAKS = frozenset({"par", "sect", "page", "column", "softpage"})
_TOLD = frozenset({"title", "author", "creatim"})
_LABELS = frozenset({"listtext", "pntext"})
_FLOWS = frozenset({"footnote", "shptxt"}) | _LABELS
_GROUPS = frozenset({"fonttbl", "info", "mmath", "nestrow", "upr", "ud"}) | _FLOWS
_DEEPEST = 1000  # groups in groups


class RtfText:
    """What a file says: its blocks, what it says about itself, and what was left out."""

    def __init__(self, text: str) -> None:
        """Read a file whose bytes are given as characters of Latin-1."""
        self.told = RtfSaid()
        self._main = RtfFlow()
        self._state = RtfState(self._main)
        self._stack: list[RtfState] = []
        self._fonts = RtfFonts()
        self._default_font: int | None = None
        self._bytes = bytearray()
        self._left = 0  # characters that are still to be passed over
        self._high = ""
        self._is_starred = False
        self._in_fonts = 0  # depth of the group of fonts
        self._naming: tuple[int, int] | None = None
        self._hidden: list[str] = []
        self._heads: list[str] = []
        self._unread = 0
        self._read(text)
        self.blocks = self._main.all()

    def remarks(self) -> Iterator[Remark]:
        """Yield what was hidden, headers and footers, and equations."""
        yield from remark(RemarkKind.HEADS, len(self._heads), (), self._heads)
        yield from remark(RemarkKind.HIDDEN, len(self._hidden), (), self._hidden)
        yield from remark(RemarkKind.EQUATIONS, self._unread)

    def _read(self, text: str) -> None:
        place = 0
        while match := _TOKEN.match(text, place):
            place = match.end()
            word, number, code = match.group(1, 2, 3)
            if code:
                self._codes(bytes.fromhex(code))
                continue
            self._flush()
            if word == "bin":
                place += max(0, int(number or 0))
            elif word:
                self._word(word, None if number is None else int(number))
                self._is_starred = False
            elif not self._other(*match.group(4, 5, 6)):
                break
        self._flush()

    def _other(self, sign: str | None, brace: str | None, plain: str | None) -> bool:
        """Take what is not a control word; tell whether the file goes on after it."""
        if sign:
            self._sign(sign)
        elif brace == "{":
            self._begin()
        elif brace == "}":
            return self._end()
        elif plain:
            self._plain(plain)
        return True

    def _plain(self, text: str) -> None:
        skipped = min(self._left, len(text))
        self._left -= skipped
        rest = text[skipped:]
        if any(c >= "\x80" for c in rest):  # bytes that stand for themselves
            self._codes(rest.encode("latin-1", "replace"))
            self._flush()
        elif rest:
            self._add(rest)

    def _codes(self, codes: bytes) -> None:
        if self._left:
            self._left -= 1
        else:
            self._bytes += codes

    def _flush(self) -> None:
        """Add the bytes that came, which may be several a character."""
        if not self._bytes:
            return
        text = self._fonts.decode(self._state.font, bytes(self._bytes))
        self._bytes.clear()
        self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.is_silent or state.is_deleted:
            return
        if self._naming is not None:
            number = self._naming[0]
            self._fonts.name(number, text)
        elif state.told:
            self.told.add(state.told, text)
        elif state.is_hidden:
            self._hidden.append(text)
        else:
            state.target.parts.append(text)

    def _begin(self) -> None:
        self._is_starred = False
        if len(self._stack) > _DEEPEST:
            raise RecursionError
        self._stack.append(self._state)
        self._state = replace(self._state)

    def _end(self) -> bool:
        """End a group; tell whether any is left open."""
        if not self._stack:
            return False
        self._is_starred, self._left = False, 0
        ended, self._state = self._state, self._stack.pop()
        if self._in_fonts > len(self._stack):
            self._in_fonts = 0
        if self._naming is not None and self._naming[1] > len(self._stack):
            self._naming = None
        if ended.target is not self._state.target:
            self._join(ended.target, self._state.target)
        return bool(self._stack)

    def _join(self, ended: RtfFlow, into: RtfFlow) -> None:
        """Put a flow that has ended where it belongs."""
        if ended.what in _LABELS:
            label = " ".join("".join(ended.parts).split())
            if any(map(str.isalnum, label)):  # a sign before an item is no text
                into.parts.append(f"{label} ")
            return
        blocks = [TextBlock(block.text, is_alone=True) for block in ended.all() if block.text]
        if ended.what in HEADS:
            self._heads += [block.text for block in blocks]
        else:
            into.hanging += blocks

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._is_starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in CHARACTERS:
            self._left, skipped = max(0, self._left - 1), self._left
            self._add("" if skipped else CHARACTERS[sign])

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word == "uc":
            state.replaced = max(0, number or 0)
        elif word in CHARACTERS:
            self._left = 0
            self._add(CHARACTERS[word])
        elif word in _GROUPS or word in SILENT or word in HEADS or self._is_starred:
            self._group(word)
        elif self._in_fonts:
            self._font(word, number)
        elif word in ("ansicpg", "mac"):
            self._fonts.encode_in(word, number)
        elif word in _TOLD and state.told == "info":
            state.told = word
        elif word in ("yr", "mo", "dy") and state.told == "creatim":
            self.told.add("creatim", f"-{number or 0}")
        else:
            self._layout(word, number)

    def _unicode(self, code: int) -> None:
        self._left = 0
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        else:
            both = (self._high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            self._high = ""
            self._add(self._fonts.sign(self._state.font, code) if 0xF000 <= code < 0xF100 else both)
        self._left = self._state.replaced

    def _group(self, word: str) -> None:
        """Take the first word of a group, which says what it holds."""
        state = self._state
        if word == "nestrow":
            state.target.end_row(max(state.depth, 2))
        elif word == "fonttbl":
            self._in_fonts = len(self._stack)
        elif word == "info":
            state.told = "info"
        elif word == "mmath":
            self._add(GAP)
            self._unread += not state.is_silent
            state.is_silent = True
        elif word in HEADS or word in _FLOWS:
            if not state.is_silent:
                state.target, state.depth = RtfFlow(what=word), 0
        elif word == "upr":  # in the letters of an old encoding, and then once more in all letters
            state.is_silent, state.is_twofold = True, not state.is_silent
        elif word == "ud":
            state.is_silent &= not state.is_twofold
        elif word in SILENT or (self._is_starred and word not in OPEN):
            state.is_silent = True

    def _font(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._naming = number, len(self._stack)
        elif word == "fcharset" and self._naming is not None:
            self._fonts.charset(self._naming[0], number or 0)

    def _layout(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "f":
            state.font = number
        elif word == "deff":
            self._default_font = state.font = number
        elif word == "plain":
            state.font, state.is_hidden, state.is_deleted = self._default_font, False, False
        elif word == "v":
            state.is_hidden = number != 0
        elif word in ("deleted", "htmlrtf"):
            state.is_deleted = number != 0
        elif word in PLACES:
            state.place(word, number)
        elif not state.is_silent:
            self._structure(word, state.target)

    def _structure(self, word: str, flow: RtfFlow) -> None:
        state = self._state
        if word in _BREAKS:
            flow.paragraph(state.depth, state.level)
        elif word == "cell":
            flow.end_cell(1)
        elif word == "nestcell":
            flow.end_cell(max(state.depth, 2))
        elif word == "row":
            flow.end_row(1)
