"""Names in what was asked: where they stand, and which of them may be a person. Pure."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from index.concepts import concepts, is_country
from index.text.terms import fold

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_LONGEST_NAME: Final = 5
# What stands before a name that is none of a person.
_OF_OTHERS: Final = frozenset(
    re.findall(
        r"\w+",
        "ở tại từ đến tới nước thành phố tỉnh vùng khu bang quận huyện đảo sông núi biển đường cầu sân thủ "
        "đô nghị chức ty đoàn đảng hãng báo đài trường đội minh ước lửa bay tàu dịch khối viện quỹ "
        "in at from near to",
    )
)
_OFFICES: Final = (
    "tổng thư ký", "tổng thống", "thủ tướng", "chủ tịch", "bộ trưởng", "ngoại trưởng", "quốc vương",
    "giáo hoàng", "đại sứ", "thống đốc", "tổng giám đốc", "president", "prime minister", "secretary general",
    "chancellor",
)  # fmt: skip


_OFFICE: Final = re.compile(r"\b(?:tân |cựu |phó )?(?:" + "|".join(_OFFICES) + r")\b", re.IGNORECASE)
_TITLES: Final = frozenset(("ông", "bà", "anh", "chị", "cô"))
_WHO_IS: Final = re.compile(r"([^?]{2,60}?) (?:là|la) ai\b|who (?:is|was) ([^?]{2,60})", re.IGNORECASE)
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|c|m|n|p|t)?"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words and where it stands."""

    text: str
    start: int
    end: int


def names_in(text: str, names: Set[str]) -> list[Name]:
    """Find runs of capitalised words; the first word of the text counts only when it is a name for certain.

    That is, a known one, or in a Vietnamese text one that is no syllable of Vietnamese.
    """
    found: list[Name] = []
    vietnamese = fold(text) != text
    for word in _WORD.finditer(text):
        if not word.group()[0].isupper():
            continue
        foreign = vietnamese and _is_foreign(word.group())
        if word.start() == 0 and word.group() not in names and not foreign:
            continue
        if found and text[found[-1].end : word.start()] == " ":
            found[-1] = Name(text[found[-1].start : word.end()], found[-1].start, word.end())
        else:
            found.append(Name(word.group(), word.start(), word.end()))
    return found


def _is_foreign(word: str) -> bool:
    """Tell whether a word is no syllable of Vietnamese."""
    return _SYLLABLE.fullmatch(fold(word).lower()) is None


def countries(text: str) -> list[str]:
    """Return the countries that a text names, as it writes them."""
    return [text[each.start : each.end] for each in concepts(text) if is_country(each.id)]


def persons(text: str, names: Set[str]) -> list[str]:
    """Return who a text names: people by their names, and holders of an office by it."""
    found: list[str] = []
    text = _OFFICE.sub(lambda office: office.group().lower(), text)  # "Tổng" of "Tổng thống" is no name
    for name in names_in(text, names):
        before = text[: name.start].rstrip()
        said = _without_country(name.text)
        office = next((each for each in _OFFICES if before.lower().endswith(each)), None)
        last = before.split()[-1].lower() if before else ""
        if said and not said.isupper() and len(said.split()) <= _LONGEST_NAME:
            known = " " in said or said in names or last in _TITLES or _is_foreign(said)
            if known and last not in _OF_OTHERS:
                found.append(said)
        elif office and not said:
            found.append(f"{before[-len(office) :]} {name.text}")
    return list(dict.fromkeys(found))


def introduced(question: str) -> str | None:
    """Return whom "… là ai?" or "who is …?" asks about, where that is a name; also in small letters."""
    found = _WHO_IS.match(question)
    words = (found[1] or found[2]).split() if found else []
    if words and words[0].lower() in _TITLES:
        words = words[1:]
    name = " ".join(words)
    if not 0 < len(words) <= _LONGEST_NAME or name.isupper() or _OFFICE.match(name) or countries(name):
        return None
    written = all(word[0].isupper() for word in words)
    return name if written or (len(words) > 1 and question.islower() and fold(name) == name) else None


def _without_country(name: str) -> str:
    """Return a run without the countries and initials that it begins with: "Mỹ Donald Trump"."""
    words = name.split()
    while words and (countries(" ".join(words[:2])) or words[0].isupper()):
        whole = " ".join(words)
        first = next((each for each in countries(whole) if whole.startswith(each)), words[0])
        words = whole[len(first) :].split()
    return " ".join(words)
