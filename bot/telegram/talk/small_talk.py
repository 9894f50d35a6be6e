"""Small talk, by one table: what thanks, greets, praises, blames, laughs, or asks who is there. Pure.

Only a message that is nothing else counts: one further word makes it a question.
"""

# ruff: noqa: E501 - a table is easier to read in whole lines
import re
import unicodedata
from typing import Final

_TABLE: Final = {
    "thanks": "cảm ơn|cám ơn|xin cảm ơn|cảm ơn nhiều|tks|thank|thanks|thank you|thank you so much|thx|ty|many thanks|"
    "thanks a lot|🙏|❤",
    "greeting": "chào|xin chào|chào buổi sáng|chào buổi tối|alo|hello|hi|hey|hi there|hello there|good morning|"
    "good evening|chào cả nhà|👋",
    "praise": "ok|oke|okay|okie|hay|hay quá|hay lắm|hay thật|tốt|tốt lắm|giỏi|giỏi quá|giỏi lắm|đúng|đúng rồi|"
    "chuẩn|chuẩn rồi|tuyệt|tuyệt vời|được rồi|good|good job|great|nice|well done|perfect|cool|awesome|"
    "correct|that's right|right|👍|👌|👏",
    "blame": "sai|sai rồi|sai bét|không đúng|chưa đúng|dở|dở quá|tệ|tệ quá|kém|ngu|ngu quá|wrong|that's wrong|bad|"
    "bad bot|stupid|useless|nonsense|👎",
    "laughter": "haha|hahaha|hihi|hehe|hi hi|ha ha|lol|kaka|😂|🤣|😄|😁|😅",
    "who": "bạn là ai|mày là ai|em là ai|bot là ai|bạn tên gì|bạn tên là gì|bạn làm được gì|bạn là gì|"
    "who are you|what are you|what is your name|what's your name|what can you do",
}  # fmt: skip
_PARTICLES: Final = frozenset("ạ a nhé nhe nha bạn ban bot em anh chị chi ad nhiều nhieu you".split())  # noqa: SIM905 - easier to read
_EDGE: Final = re.compile(r"[^\w👍👌👏👎🙏❤👋😂🤣😄😁😅]+")
_TWICE: Final = re.compile(r"(.)\1{2,}")


def _plain(text: str) -> str:
    """Return a text without case, marks, emphasis by repeated letters, and punctuation."""
    bare = unicodedata.normalize("NFD", _TWICE.sub(r"\1", text.lower())).replace("đ", "d")
    return _EDGE.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


_KINDS: Final = {_plain(phrase): kind for kind, phrases in _TABLE.items() for phrase in phrases.split("|")}
_LONGEST: Final = 60


def small_talk(text: str) -> str | None:
    """Return which kind of small talk a message is, or None where it is none, or may be a question."""
    if len(text) > _LONGEST or ("?" in text and _KINDS.get(_plain(text)) != "who"):
        return None
    words = _plain(text).split()
    while words:
        if kind := _KINDS.get(" ".join(words)):
            return kind
        if words[-1] not in _PARTICLES:
            break
        words.pop()
    symbols = {_KINDS.get(character) for character in _plain(text).replace(" ", "")}
    return symbols.pop() if len(symbols) == 1 else None
