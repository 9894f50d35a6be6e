"""What a collection is about, told from its own words: frequent names, and questions it can answer. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]|\n")
_ENDS: Final = frozenset(".!?:;\n\"“”‘'()[]•-–—…")
_MOST_TEXTS: Final = 2_000
_MOST_CHARACTERS: Final = 20_000
_SHORTEST: Final = 2
_LEAST_WORDS: Final = 7
_HANGING: Final = frozenset(
    ("biết", "rằng", "nói", "từ", "với", "và", "của", "là", "để", "khi", "việc", "các", "những", "như", "bởi",
     "do", "gồm", "hoặc", "về", "cho", "tại", "ở", "thêm")
)  # fmt: skip
# What only the sentences before can explain: "tượng đài này", "cho ông".
_LEANING: Final = frozenset(("này", "đó", "ấy", "đây", "họ", "y", "nó", "trên", "đấy", "thế", "vậy"))
_TITLES: Final = frozenset(("ông", "bà", "anh", "chị", "cô"))
# Somebody does something: without one of these behind the first words, a clause rarely has a subject.
_DOING: Final = frozenset(
    ("đã", "sẽ", "được", "bị", "vừa", "đang", "có", "ra", "ký", "chính", "tuyên", "thông", "công", "tổ",
     "gặp", "khai", "bế", "họp", "bắt", "phê", "đưa", "kêu", "cam", "nhấn", "mở", "đến", "bày", "tiếp", "gửi")
)  # fmt: skip
_LEADING: Final = frozenset(
    ("tại", "trong", "trước", "sau", "theo", "cùng", "còn", "khoảng", "với", "khi", "ở")
)
_DATED: Final = re.compile(
    r"(?:Ngày|Sáng|Chiều|Tối|Trưa|Hôm)\s[^,.]{1,28},\s(?P<what>[^\W\d_][^,.;:\"“”()]{36,96})[,.]"
)
_COUNTED: Final = re.compile(
    r"(?P<what>[^\W\d_][^,.;:\"“”()]{16,70}?)\s(?:khoảng |hơn |gần |tới |đến )?\d[\d.,]*\s"
    r"(?P<unit>(?:tỷ |triệu |nghìn |ngàn )?(?:USD|euro|đô la|đồng|người|km|quốc gia|thành viên|tấn))"
    r"(?=[,.;]| (?:cho|để|vào|trong|tại|và|từ|mỗi|so|trước|sau)\b)"  # not "7 người con", "3 km vuông"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a collection often names.

    Attributes:
        names: The most frequent names, first the most frequent.
        words: The words that are written with a capital in the middle of sentences more than once.

    """

    names: tuple[str, ...]
    words: frozenset[str]


def subject(texts: Iterable[str], most: int = 5) -> Subject:
    """Find the names that texts mention most, by their capitals in the middle of sentences."""
    runs: Counter[tuple[str, ...]] = Counter()
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    leaders: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in islice(texts, _MOST_TEXTS):
        _count(text[:_MOST_CHARACTERS], runs, capital, small, followers, leaders)
    words = frozenset(w for w, n in capital.items() if n >= _SHORTEST and not _half_a_word(n, followers[w]))
    sure = frozenset(
        w
        for w in words
        if capital[w] > 3 * small[w.lower()] and not _half_a_word(capital[w], leaders[w], 0.6)
    )
    found: list[str] = []
    for run, count in runs.most_common():
        name = " ".join(run)
        if count < _SHORTEST or len(found) == most:
            break
        if (
            any(word in sure for word in run)
            and run[0] in words
            and not any(name in other or other in name for other in found)
        ):
            found.append(name)
    return Subject(tuple(found), words)


def _half_a_word(count: int, beside: Counter[str], share: float = 0.4) -> bool:
    """Tell whether one small word mostly stands beside: "Tổng" is half of "Tổng thống", "Âu" of "châu Âu"."""
    top = beside.most_common(1)
    return bool(top) and top[0][1] > share * count


def _count(
    text: str,
    runs: Counter[tuple[str, ...]],
    capital: Counter[str],
    small: Counter[str],
    followers: defaultdict[str, Counter[str]],
    leaders: defaultdict[str, Counter[str]],
) -> None:
    """Count capitalised runs that do not start a sentence."""
    run: list[str] = []
    starting, before = True, ""
    for token in _TOKEN.findall(text):
        is_name = token[0].isupper() and (len(token) >= _SHORTEST) and not token.isdigit()
        if is_name and not starting:
            capital[token] += 1
            if not run and before[:1].islower():
                leaders[token][before] += 1
            run.append(token)
        else:
            if run:
                runs[tuple(run)] += 1
                if token[0].islower():
                    followers[run[-1]][token] += 1
                run = []
            if token[0].islower():
                small[token] += 1
        starting, before = token in _ENDS, token
    if run:
        runs[tuple(run)] += 1


def questions(sentences: Iterable[str], holds: Callable[[str, str], bool], most: int = 3) -> tuple[str, ...]:
    """Return questions made from sentences that the collection answers with those very sentences.

    `holds(question, sentence)` says whether it does. At most one question a sentence, the shorter ones first.
    """
    candidates = sorted(
        ((question, sentence) for sentence in sentences for question in islice(_from_sentence(sentence), 1)),
        key=lambda pair: len(pair[0]),
    )
    found: list[str] = []
    for question, sentence in candidates:
        if len(found) == most:
            break
        if holds(question, sentence):
            found.append(question)
    return tuple(found)


def _from_sentence(sentence: str) -> Iterator[str]:
    dated = _DATED.match(sentence)
    if dated and _stands(dated["what"]):
        yield _short(dated["what"]) + " khi nào?"
    counted = _COUNTED.match(sentence)
    if counted and _stands(counted["what"]):
        yield _short(counted["what"]) + f" bao nhiêu {counted['unit']}?"


def _stands(clause: str) -> bool:
    """Tell whether a clause can begin a question: complete, with a subject, and clear by itself."""
    words = clause.split()
    if len(words) < _LEAST_WORDS or words[0].lower() in _LEADING or words[-1] in _HANGING:
        return False
    if any(word.lower() in _LEANING for word in words):
        return False
    named = all(after[0].isupper() for word, after in pairwise([*words, "."]) if word.lower() in _TITLES)
    return named and words[0].lower() not in _DOING and any(word in _DOING for word in words[1:])


def _short(clause: str) -> str:
    clause = " ".join(clause.split())
    return clause[0].upper() + clause[1:]
