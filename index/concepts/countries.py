"""Countries and nationalities that a text names in words."""

from index.concepts.country_syllables import PLAIN, SYLLABLES, names_country, plain_names_country
from index.concepts.table import Table, words
from index.concepts.tokens import NONE_FOUND, Concept, Found, TokenizedText
from index.text.terms import fold

_ACRONYMS = words("us uk usa uae prc drc dprk eeuu сша рф фрг кнр кндр оаэ")
_NOT_SMALL = words("us turkey polish dane danes poles china finns swede turk turks thai") | {
    "ba lan",
    "nam phi",
}
_NO_FIRST_WORD = frozenset(".?!:;\"“”'‘’([{«»…–—•*\n")
_COUNTRY = "country:"
_PARTICLES = words(
    "은 는 이 가 을 를 의 에 에서 에게 와 과 도 로 으로 인 인들 군 산 측 측은 만 까지 부터 보다 나 이나 "
    "라는 이라는 에는 에서는 과의 와의"
)


def is_country(identifier: str) -> bool:
    """Tell whether the id of a concept is that of a country."""
    return identifier.startswith(_COUNTRY)


def country_at(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Find a country or nationality written in words."""
    tokens, text = tokenized.tokens, tokenized.text
    token = tokens[place]
    length, identifier = tokenized.longest(names.capital, place)
    if length and (identifier == "" or _is_name(tokenized, place, length, names)):
        after = place + length
        return (_one("country", identifier, tokenized, place, after) if identifier else NONE_FOUND), after
    length, identifier = tokenized.longest(names.lower, place)
    if length:
        return _one("country", identifier, tokenized, place, place + length), place + length
    if text.isascii():
        length, identifier = tokenized.longest(names.plain, place)
        if length:
            return _one("country", identifier, tokenized, place, place + length), place + length
        before = tokenized.before(place)
        behind = tokenized.after(place)
        if (
            token.key in PLAIN
            and before
            and plain_names_country(token.key, before.key, behind.key if behind else "")
        ):
            return _one("country", PLAIN[token.key], tokenized, place, place + 1), place + 1
    return _in_other_scripts(tokenized, place, names)


def _in_other_scripts(tokenized: TokenizedText, place: int, names: Table) -> Found:
    key = tokenized.tokens[place].key
    if "가" <= key[0] <= "힣":
        for length in range(min(len(key), 8), 1, -1):
            if key[:length] in names.hangul and (length == len(key) or key[length:] in _PARTICLES):
                return _one("country", names.hangul[key[:length]], tokenized, place, place + 1), place + 1
    if key[0] in "ول" and len(key) > 4 and (key[1:],) in names.capital.names:  # Arabic "and", "for"
        return _one("country", names.capital.names[(key[1:],)], tokenized, place, place + 1), place + 1
    return NONE_FOUND, place


def _is_name(tokenized: TokenizedText, place: int, length: int, names: Table) -> bool:
    """Tell whether a phrase that names a country does so here."""
    first = tokenized.tokens[place]
    raw = tokenized.text[first.start : first.end]
    before, after = tokenized.before(place), tokenized.after(place + length - 1)
    if length == 1 and first.key in SYLLABLES:
        return _is_syllable_name(tokenized, place, raw, names)
    if first.key in _ACRONYMS:
        return raw.isupper() and (not tokenized.is_loud or first.key != "us")
    if tokenized.is_quiet:
        keys = [token.key for token in tokenized.tokens[place : place + length]]
        return " ".join(keys) not in _NOT_SMALL and first.key not in names.lonely
    if raw[0].islower():
        return False
    if first.key in names.lonely or first.key == "thai":
        return not (before and before.capital) and not (after and after.capital)
    return True


def _is_syllable_name(tokenized: TokenizedText, place: int, raw: str, names: Table) -> bool:
    before, after = tokenized.before(place), tokenized.after(place)
    key = tokenized.tokens[place].key
    if tokenized.is_quiet:
        return (
            fold(key) in PLAIN
            and before is not None
            and plain_names_country(fold(key), fold(before.key), fold(after.key) if after else "")
        )
    if (
        not raw[0].isupper()
        or (tokenized.is_loud and len(tokenized.tokens) > 1)
        or (len(raw) > 1 and raw.isupper())
    ):
        return False
    gap = tokenized.text[tokenized.tokens[place - 1].end : tokenized.tokens[place].start] if place else ""
    first = place == 0 or any(sign in _NO_FIRST_WORD for sign in gap)
    behind = tokenized.tokens[place].end
    return names_country(
        key,
        before,
        after,
        first=first,
        listed=_is_listed(tokenized, place, names),
        second=tokenized.is_second(place),
        enclosed=gap.endswith("(") and tokenized.text[behind : behind + 1] == ")",
    )


def _is_listed(tokenized: TokenizedText, place: int, names: Table) -> bool:
    """Tell whether a comma, a hyphen or "và" joins a word to the name of a country."""
    return _joins(tokenized, place, 1, names) or _joins(tokenized, place, -1, names)


def _joins(tokenized: TokenizedText, place: int, step: int, names: Table) -> bool:
    tokens, other = tokenized.tokens, place + step
    if not 0 <= other < len(tokens):
        return False
    left, right = sorted((place, other))
    gap = tokenized.text[tokens[left].end : tokens[right].start].strip()
    if gap == "" and tokens[other].key in ("và", "hoặc", "hay", "với"):
        other += step
        if not 0 <= other < len(tokens):
            return False
    elif gap not in (",", "-", "–", "/"):
        return False
    there = tokens[other]
    if not tokenized.text[there.start].isupper():
        return False
    if step > 0:
        return bool(tokenized.longest(names.capital, other)[1])
    ends = [(tuple(t.key for t in tokens[other - size : other + 1])) for size in range(min(3, other + 1))]
    return any(names.capital.names.get(end) for end in ends)


def _one(kind: str, identifier: str, tokenized: TokenizedText, place: int, after: int) -> list[Concept]:
    tokens = tokenized.tokens
    return [Concept(f"{kind}:{identifier}", tokens[place].start, tokens[after - 1].end)]
