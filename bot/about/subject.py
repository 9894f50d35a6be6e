"""What a collection is about, told from its own words: the names that it mentions most. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]|\n")
_ENDS: Final = frozenset(".!?:;\n\"“”‘'()[]•-–—…")
_MOST_TEXTS: Final = 2_000
_MOST_CHARACTERS: Final = 20_000
_SHORTEST: Final = 2


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
