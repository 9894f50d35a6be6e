"""Years, numbers with their scales, percentages and currencies among the tokens of a text."""

import re
from decimal import Decimal, InvalidOperation

from index.concepts.table import Table, words
from index.concepts.tokens import NONE_FOUND, Concept, Found, TokenizedText
from index.text.terms import number

_MOST_DIGITS = 30
_LEAST = 13  # smaller whole numbers are mostly written in words, or number the items of a list
_HOURS = words("giờ gio h am pm uhr heures heure phút phut часов ore")
_DIGIT_WORDS = {
    word: value
    for value, listed in enumerate(
        (
            "một one один",
            "hai two deux zwei dos два",
            "ba three trois drei tres три",
            "bốn four quatre vier cuatro четыре",
            "năm five cinq fünf cinco пять",
            "sáu six sechs seis шесть",
            "bảy seven sept sieben siete семь",
            "tám eight huit acht ocho восемь",
            "chín nine neuf neun nueve девять",
            "mười ten dix zehn diez десять",
        ),
        1,
    )
    for word in listed.split()
}
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₫": "VND",
    "₽": "RUB",
    "₴": "UAH",
    "₩": "KRW",
    "₹": "INR",
}
_CODES = words("usd eur gbp jpy cny rub uah vnd krw chf aud cad inr thb pln rmb")
_ALONE = words("dollar dollars ruble rubles rouble roubles yuan renminbi hryvnia rúp доллар долларов рублей")
AMOUNT_STARTERS = frozenset(_DIGIT_WORDS) | _CODES
"""Words that may begin an amount, besides currencies."""


def amount_at(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Find a number with its scale, percent sign and currency; a year; or a sign before a number."""
    token = tokenized.tokens[place]
    if token.kind == "sign" or (token.kind == "word" and token.key in _CODES):
        follows = place + 1 < len(tokenized.tokens) and tokenized.gap(place + 1) in ("", " ")
        code = _SIGNS.get(token.key) or _code(token.key)
        if (
            follows
            and code
            and tokenized.tokens[place + 1].kind == "number"
            and (token.kind == "sign" or _loud(tokenized, place))
        ):
            found, after = amount_at(tokenized, place + 1, names)
            amount = [c for c in found if c.id.startswith("number:")] or _number_of(tokenized, place + 1)
            return [Concept(f"currency:{code}", token.start, token.end), *amount], max(after, place + 2)
        return NONE_FOUND, place
    spelt = token.kind == "word"
    if spelt and (token.key not in _DIGIT_WORDS or tokenized.key(place + 1) not in names.scales):
        return NONE_FOUND, place
    value = Decimal(_DIGIT_WORDS[token.key]) if spelt else _value(tokenized, place)
    if value is None:
        return NONE_FOUND, place + 1
    scale, after = _scale(tokenized, place + 1, names)
    end = tokenized.tokens[after - 1].end
    if spelt and not scale:
        return NONE_FOUND, place
    value = value.scaleb(scale)
    value, after, end = _smaller_scale(tokenized, value, scale, after, end, names)
    return _amount(tokenized, place, after, end, value, scale, names)


def _amount(
    tokenized: TokenizedText, place: int, after: int, end: int, value: Decimal, scale: int, names: Table
) -> Found:
    token = tokenized.tokens[place]
    written = format(value.normalize(), "f")
    if after < len(tokenized.tokens) and tokenized.gap(after) in ("", " ", "\u00a0"):
        length, _ = tokenized.longest(names.percent, after)
        if tokenized.tokens[after].key == "%" or length:
            end = tokenized.tokens[after + max(length, 1) - 1].end
            return [Concept(f"percent:{written}", token.start, end)], after + max(length, 1)
    code, behind = _currency_behind(tokenized, after, names)
    found = []
    is_year = (
        token.kind == "number" and not scale and not code and len(token.key) == 4 and token.key.isdecimal()
    )
    if is_year and 1000 <= int(token.key) < 2200:
        found.append(Concept(f"year:{int(token.key)}", token.start, token.end))
    elif (scale or code or value >= _LEAST or value != value.to_integral_value()) and not (
        tokenized.key(after) in _HOURS or (not scale and _touches_a_word(tokenized, after, end))
    ):
        found.append(Concept(f"number:{written}", token.start, end))
    if code:
        found.append(Concept(f"currency:{code}", *behind[1:]))
        after = behind[0]
    return found, max(after, place + 1)


def _number_of(tokenized: TokenizedText, place: int) -> list[Concept]:
    value, token = _value(tokenized, place), tokenized.tokens[place]
    return (
        [Concept(f"number:{format(value.normalize(), 'f')}", token.start, token.end)]
        if value is not None
        else []
    )


def _touches_a_word(tokenized: TokenizedText, after: int, end: int) -> bool:
    return (
        after < len(tokenized.tokens)
        and tokenized.tokens[after].start == end
        and tokenized.tokens[after].kind == "word"
    )


def _value(tokenized: TokenizedText, place: int) -> Decimal | None:
    """Return the value of a number that counts something, unlike those in names such as F-16 and S-400."""
    token = tokenized.tokens[place]
    before = tokenized.text[token.start - 1 : token.start] if token.start else ""
    if before.isalnum() and place and tokenized.tokens[place - 1].kind != "unspaced":
        return None
    if (before in ("-", "–", "/", ":", "#", "№", ".", "_", "+") and before) or len(token.key) > _MOST_DIGITS:
        return None
    written = number(re.sub("[ \u00a0\u202f]", "", token.key))
    try:
        return Decimal(written)
    except InvalidOperation:  # 1.2.3
        return None


def _scale(tokenized: TokenizedText, place: int, names: Table) -> tuple[int, int]:
    """Return the power of ten that the words after a number say, and the place after them."""
    power, tokens = 0, tokenized.tokens
    while place < len(tokens) and tokenized.gap(place) in ("", " ", "\u00a0", "\u202f", "-"):
        token = tokens[place]
        if token.kind == "unspaced":
            for length in range(min(4, len(token.key)), 0, -1):
                if token.key[:length] in names.unspaced_scales:
                    power += names.unspaced_scales[token.key[:length]]
                    place = tokenized.skip_to(token.start + length, place)
                    break
            else:
                return power, place
            continue
        if token.kind != "word":
            break
        hangul = names.scales.get(token.key[:1]) if "가" <= token.key[0] <= "힣" else None
        if hangul and token.key not in names.scales:
            return power + hangul, tokenized.skip_to(token.start + 1, place)
        if token.key not in names.scales or (token.key == "k" and tokenized.gap(place)):
            break
        if token.key in ("mil", "bin") and tokenized.gap(place) != " ":
            break
        power += names.scales[token.key]
        place += 1
    return power, place


def _smaller_scale(
    tokenized: TokenizedText, value: Decimal, scale: int, after: int, end: int, names: Table
) -> tuple[Decimal, int, int]:
    """Add what follows in a smaller scale: 1 triệu 200 nghìn."""
    if (
        scale
        and after < len(tokenized.tokens)
        and tokenized.tokens[after].kind == "number"
        and tokenized.gap(after) in ("", " ")
    ):
        more = (
            _value(tokenized, after)
            if tokenized.gap(after) or tokenized.tokens[after - 1].kind == "unspaced"
            else None
        )
        power, behind = _scale(tokenized, after + 1, names)
        if more is not None and 0 < power < scale and tokenized.tokens[behind - 1].kind == "word":
            return value + more.scaleb(power), behind, tokenized.tokens[behind - 1].end
    return value, after, end


def _code(key: str) -> str:
    return {"rmb": "CNY"}.get(key, key.upper()) if key in _CODES else ""


def _loud(tokenized: TokenizedText, place: int) -> bool:
    token = tokenized.tokens[place]
    return tokenized.text[token.start : token.end].isupper() or tokenized.is_quiet


def _currency_behind(tokenized: TokenizedText, place: int, names: Table) -> tuple[str, tuple[int, int, int]]:
    """Return the currency after a number, with the place after it, its start and its end."""
    tokens = tokenized.tokens
    if place >= len(tokens) or tokenized.gap(place) not in ("", " ", "\u00a0", "\u202f", "-"):
        return "", (place, 0, 0)
    token = tokens[place]
    if token.kind == "sign" and token.key in _SIGNS:
        return _SIGNS[token.key], (place + 1, token.start, token.end)
    if token.kind == "unspaced":
        for length in range(min(8, len(token.key)), 0, -1):
            if token.key[:length] in names.unspaced_currencies:
                end = token.start + length
                code = names.unspaced_currencies[token.key[:length]]
                return code, (tokenized.skip_to(end, place), token.start, end)
        return "", (place, 0, 0)
    if token.key in _CODES and _loud(tokenized, place):
        return _code(token.key), (place + 1, token.start, token.end)
    if tokenized.key(place) in ("de", "d", "di"):  # 5 millions de dollars
        place += 1
    if place < len(tokens) and tokens[place].kind == "word":
        return _currency_word(tokenized, place, names)
    return "", (place, 0, 0)


def _currency_word(tokenized: TokenizedText, place: int, names: Table) -> tuple[str, tuple[int, int, int]]:
    token = tokenized.tokens[place]
    length, code = tokenized.longest(names.currencies, place)
    if length:
        return code, (place + length, token.start, tokenized.tokens[place + length - 1].end)
    if "가" <= token.key[0] <= "힣":  # a particle may follow
        for size in range(min(3, len(token.key)), 0, -1):
            if code := names.currencies.names.get((token.key[:size],), ""):
                return code, (place + 1, token.start, token.start + size)
    return "", (place, 0, 0)


def currency_at(tokenized: TokenizedText, place: int, names: Table) -> Found:
    """Find a currency without a number: a code, a name of two words, or a word that means nothing else."""
    token = tokenized.tokens[place]
    if token.key in _CODES and token.key not in ("cad", "inr", "rub") and not tokenized.is_loud:
        raw = tokenized.text[token.start : token.end]
        if raw.isupper():
            return [Concept(f"currency:{_code(token.key)}", token.start, token.end)], place + 1
    length, code = tokenized.longest(names.currencies, place)
    if length > 1 or (length == 1 and token.key in _ALONE):
        end = tokenized.tokens[place + length - 1].end
        return [Concept(f"currency:{code}", token.start, end)], place + length
    return NONE_FOUND, place
