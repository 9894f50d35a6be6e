"""Questions that a collection answers, made from its sentences as a person would ask them. Pure.

A sentence gives at most one question; what does not read plainly is left out: better two than a stiff third.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise
from typing import Final

_LONGEST: Final = 75
_NAME_WORDS: Final = range(2, 5)  # of a person
_LEAST_WORDS: Final = 5
_HANGING: Final = frozenset(
    ("biết", "rằng", "nói", "từ", "với", "và", "của", "là", "để", "khi", "việc", "các", "những", "như", "bởi",
     "do", "gồm", "hoặc", "về", "cho", "tại", "ở", "thêm", "đến", "vào", "trong", "lần", "thứ", "sự")
)  # fmt: skip
# What only the sentences before can explain: "tượng đài này", "cho ông".
_LEANING: Final = frozenset(("này", "đó", "ấy", "đây", "họ", "y", "nó", "trên", "đấy", "thế", "vậy"))
_TITLES: Final = frozenset(("ông", "bà", "anh", "chị", "cô"))
# Somebody does something: without one of these behind the first words, a clause rarely has a subject.
_DOING: Final = frozenset(
    ("đã", "sẽ", "được", "bị", "vừa", "đang", "có", "ra", "ký", "chính", "tuyên", "thông", "công", "tổ",
     "gặp", "khai", "bế", "họp", "bắt", "phê", "đưa", "kêu", "cam", "nhấn", "mở", "đến", "bày", "tiếp", "gửi")
)  # fmt: skip
_TENSES: Final = frozenset(("đã", "sẽ", "vừa", "đang"))
_LEADING: Final = frozenset(
    ("tại", "trong", "trước", "sau", "theo", "cùng", "còn", "khoảng", "với", "khi", "ở")
)
_SAYING: Final = re.compile(
    r"\b(?:thông báo|tuyên bố|cho biết|cho rằng|khẳng định|nhấn mạnh|nói|kêu gọi|đề nghị|cáo buộc)"
    r" (?:[A-ZĐÀ-Ỵ]|sẽ|đã|rằng|là|chọn|các|những|việc)"
)
_DATED: Final = re.compile(
    r"(?:Ngày|Sáng|Chiều|Tối|Trưa|Hôm)\s[^,.]{1,28},\s(?P<what>[^\W\d_][^,.;:\"“”()]{20,96})(?:\.|,(?=\s[^\W\d_A-ZĐÀ-Ỵ]))"
)
_COUNTED: Final = re.compile(
    r"(?P<what>[^\W\d_][^,.;:\"“”()]{16,70}?)\s(?:khoảng |hơn |gần |tới |đến )?\d[\d.,]*\s"
    r"(?P<unit>(?:tỷ |triệu |nghìn |ngàn )?(?:USD|euro|đô la|đồng|người|km|quốc gia|thành viên|tấn))"
    r"(?=[,.;]| (?:cho|để|vào|trong|tại|và|từ|mỗi|so|trước|sau)\b)"  # not "7 người con", "3 km vuông"
)
_PLACED: Final = re.compile(
    r"(?P<what>[^\W\d_][^,.;:\"“”()]{8,60}?)\s(?:đã |sẽ |vừa )?(?P<done>được tổ chức|diễn ra|khai mạc|"
    r"được xây dựng|được thành lập|được ký kết|nằm|đặt trụ sở)\s(?:tại|ở)\s[A-ZĐÀ-Ỵ]"
)
_OFFICES: Final = (
    "Tổng thư ký|Tổng thống|Thủ tướng|Chủ tịch|Quốc vương|Giáo hoàng|Tổng giám đốc|Ngoại trưởng|Đại sứ"
)
_HOLDER: Final = re.compile(
    rf"(?P<office>{_OFFICES}) (?P<names>(?:[^\W\d_a-zà-ỹ][\w-]*)(?: [^\W\d_a-zà-ỹ][\w-]*){{2,6}})"
)


def questions(
    sentences: Iterable[str],
    holds: Callable[[str, Set[str]], bool],
    names: Sequence[str] = (),
    most: int = 3,
) -> tuple[str, ...]:
    """Return questions made from sentences that the collection answers with those very sentences.

    `holds(question, sentences)` says whether it answers with one of them; `names` are what the collection
    often mentions. Of each kind one comes first, the shorter ones first.
    """
    made: dict[tuple[str, str], set[str]] = {}
    for sentence in sentences:
        for found in islice(_from_sentence(sentence, names), 1):
            made.setdefault(found, set()).add(sentence)
    waiting = sorted(made, key=lambda each: len(each[1]))
    chosen: dict[str, str] = {}
    for again in (False, True):
        for kind, question in waiting:
            if len(chosen) == most:
                break
            if question in chosen or (kind in chosen.values()) is not again:
                continue
            if holds(question, made[kind, question]):
                chosen[question] = kind
    return tuple(chosen)


def _from_sentence(sentence: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give what a sentence answers, with the kind of question, where that reads plainly."""
    placed = _PLACED.match(sentence)
    if placed and _stands(f"{placed['what']} {placed['done']}"):
        yield from _plain("where", f"{placed['what']} {placed['done']} ở đâu?")
    dated = _DATED.match(sentence)
    if dated and _stands(dated["what"]):
        yield from _plain("when", f"{dated['what']} khi nào?")
    counted = _COUNTED.match(sentence)
    if counted and _stands(counted["what"]):
        yield from _plain("quantity", f"{counted['what']} bao nhiêu {counted['unit']}?")
    for held in _HOLDER.finditer(sentence):
        of = next((name for name in names if held["names"].startswith(f"{name} ")), None)
        if of and len(held["names"].removeprefix(of).split()) in _NAME_WORDS:
            yield from _plain("who", f"Ai là {held['office'][0].lower()}{held['office'][1:]} {of}?")


def _plain(kind: str, question: str) -> Iterator[tuple[str, str]]:
    """Give a question that reads as a person would ask it: short, one clause, and nothing cut off."""
    words = question.rstrip("?").split()
    if (
        len(question) > _LONGEST
        or sum(word in _TENSES for word in words) > 1
        or _SAYING.search(question)
        or any(word.lower() in _TITLES for word in words[1:])
        or not any(word[0].isupper() for word in words[1:])  # about nothing in particular
    ):
        return
    question = " ".join(question.split())
    yield kind, question[0].upper() + question[1:]


def _stands(clause: str) -> bool:
    """Tell whether a clause can begin a question: complete, with a subject, and clear by itself."""
    words = clause.split()
    if len(words) < _LEAST_WORDS or words[0].lower() in _LEADING or words[-1] in _HANGING:
        return False
    if any(word.lower() in _LEANING for word in words):
        return False
    named = all(after[0].isupper() for word, after in pairwise([*words, "."]) if word.lower() in _TITLES)
    return named and words[0].lower() not in _DOING and any(word in _DOING for word in words[1:])
