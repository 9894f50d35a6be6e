"""Terms: what is one word however it is written, what stays apart, and where each term is in the text."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.terms import fold, located_terms, terms

SAME = [
    # tone placement, old and new
    ("hoà", "hòa"),
    ("hoá", "hóa"),
    ("hoả", "hỏa"),
    ("hoạ", "họa"),
    ("khoẻ", "khỏe"),
    ("loè", "lòe"),
    ("thuý", "thúy"),
    ("tuỳ", "tùy"),
    ("uỷ ban", "ủy ban"),
    ("luỹ", "lũy"),
    ("toà án", "tòa án"),
    ("HOÀ BÌNH", "hòa bình"),
    # case and width
    ("ĐƯỜNG", "đường"),
    ("Straße", "STRASSE"),
    ("ＮＡＴＯ", "nato"),
    ("ﬁre", "fire"),
    ("m²", "m2"),
    ("ÉLYSÉE", "élysée"),
    ("ЁЛКА", "ёлка"),
    # numbers
    ("5.580", "5580"),
    ("5,580", "5580"),
    ("1.234.567", "1234567"),
    ("1,000.50", "1000.50"),
    ("1.000,50", "1000.50"),
    ("3,7", "3.7"),
    ("５５８０", "5580"),
    ("٢٠٢٥", "2025"),
    ("tháng 04", "tháng 4"),
    # dates
    ("22/4", "22-4"),
    ("22/04", "22/4"),
    ("02/04", "2/4"),
    ("9/7/2024", "09/07/2024"),
    ("9-7-2024", "9/7/2024"),
    ("09.07.2024", "9/7/2024"),
    ("2024-07-09", "9/7/2024"),
    # marks that are not seen
    ("Ukra\u00adine", "Ukraine"),
    # kana
    ("ｶﾞｽ", "ガス"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_that_are_one(one: str, other: str) -> None:
    """Both ways of writing give the same terms, and there are some."""
    assert terms(one) == terms(other) != []


DIFFERENT = [
    ("quý", "qúy"),  # `quy` has no open diphthong: the u belongs to the consonant
    ("ma", "má"),
    ("cơ", "co"),
    ("đa", "da"),
    ("mai", "mái"),
    ("của", "cùa"),
    ("thúy", "thủy"),
    ("hòa", "hóa"),
    ("3.7", "37"),
    ("0.500", "500"),
    ("5.58", "558"),
    ("22/4", "4/22"),
    ("13/4", "3/4"),
    ("й", "и"),
    ("ё", "е"),
    ("か", "が"),
    ("5.580", "5.5800"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_that_stay_apart(one: str, other: str) -> None:
    """Two words that mean two things have different terms."""
    assert set(terms(one)).isdisjoint(terms(other))


TERMS = [
    ("ma má mà mã", ["ma", "má", "mà", "mã"]),
    ("Ngày 22/4, Tổng thống", ["ngày", "22/4", "tổng", "thống"]),
    ("ngày 22 tháng 4", ["ngày", "22", "tháng", "4", "22/4"]),
    ("22 thang 4", ["22", "thang", "4", "22/4"]),
    ("40 tháng 13", ["40", "tháng", "13"]),
    ("9/7/2024", ["9/7", "2024"]),
    ("tháng 4/2025", ["tháng", "4", "2025"]),
    ("2024-2025", ["2024", "2025"]),
    ("từ 9-11/7", ["từ", "9", "11/7"]),
    ("22/4-25/4", ["22/4", "25/4"]),
    ("11:30", ["11", "30"]),
    ("10-15%", ["10", "15"]),
    ("45/99", ["45", "99"]),
    ("61/2024/NĐ-CP", ["61", "2024", "nđ", "cp"]),
    ("khoảng 5.580 đầu đạn", ["khoảng", "5580", "đầu", "đạn"]),
    ("7,8 tỷ USD/năm", ["7.8", "tỷ", "usd", "năm"]),
    ("3.11.7", ["3.11.7"]),
    ("007", ["007"]),
    ("F-16", ["f", "16", "f16"]),
    ("F16", ["f16"]),
    ("S-400, Su-35", ["s", "400", "s400", "su", "35", "su35"]),
    ("F 16", ["f", "16"]),
    ("20km", ["20", "km"]),
    ("Zelensky's", ["zelensky", "s"]),
    ("l’Ukraine d'O", ["l", "ukraine", "d", "o"]),
    ("snake_case", ["snake", "case"]),
    ("北约峰会", ["北约", "约峰", "峰会"]),
    ("会", ["会"]),
    ("在2025年", ["在", "2025", "年"]),
    ("NATO北约", ["nato", "北约"]),
    ("ウクライナ・ロシア", ["ウク", "クラ", "ライ", "イナ", "ロシ", "シア"]),
    ("𠮷野", ["𠮷野"]),
    ("ภาษา", ["ภา", "าษ", "ษา"]),
    ("안녕 세계", ["안녕", "세계"]),
    ("Какой ёж", ["какой", "ёж"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("السلام عليكم", ["السلام", "عليكم"]),
    ("İstanbul", ["i̇stanbul"]),
    ("", []),
    (" \t\n…!?—🎉", []),
    ("\ud800 a \x00 b", ["a", "b"]),
]


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_terms(text: str, expected: list[str]) -> None:
    """The terms are in reading order."""
    assert terms(text) == expected


WRITTEN = (
    "Hoà bình ở Đắk Lắk, ngày 22 tháng 4: khoẻ, thuý, Kyïv, Élysée, Какой ёж, がぎパ, 안녕하세요, हिन्दी क़लम"
)


def test_decomposed_text_has_the_same_terms() -> None:
    """NFD and NFC of many scripts are the same words."""
    decomposed = unicodedata.normalize("NFD", WRITTEN)
    assert decomposed != WRITTEN
    assert terms(decomposed) == terms(WRITTEN)


@given(st.text(alphabet="aeouyqhàáảãạăâđêôơưẻýùÀỆ0123456789/.,- がぱカ가ёй", max_size=40))
def test_unicode_form_does_not_matter(text: str) -> None:
    """Every composed text and its decomposed form have the same terms."""
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(st.text(max_size=60))
@example("22 tháng 4")
@example(unicodedata.normalize("NFD", "Ngày 22 tháng 4, hoà, がぎ"))
@example("9/7/2024 F-16")
def test_places_are_right(text: str) -> None:
    """Each term is what its own place in the text, read alone, contains; the ends never go back."""
    found = list(located_terms(text))
    for term in found:
        assert 0 <= term.start < term.end <= len(text)
        assert term.text in terms(text[term.start : term.end])
    assert all(one.end <= two.end for one, two in pairwise(found))


def test_places_in_decomposed_text() -> None:
    """Places count the code points of the text as it is, marks included."""
    text = unicodedata.normalize("NFD", "Tổng thống hoà giải")
    places = [(unicodedata.normalize("NFC", text[t.start : t.end]), t.text) for t in located_terms(text)]
    assert places == [("Tổng", "tổng"), ("thống", "thống"), ("hoà", "hòa"), ("giải", "giải")]


def test_compounds_cover_their_parts() -> None:
    """A date in words and a designator reach from their first part to their last."""
    text = "ngày 22 tháng 4, F-16"
    places = {term.text: text[term.start : term.end] for term in located_terms(text)}
    assert places["22/4"] == "22 tháng 4"
    assert places["f16"] == "F-16"


@given(st.text(max_size=60))
def test_terms_are_searchable(text: str) -> None:
    """No term is empty or unbounded, and each can be written to a file."""
    for term in terms(text):
        assert 0 < len(term) <= 64
        term.encode()


FOLDED = [
    ("đường", "duong"),
    ("Đắk", "Dak"),
    ("ngoặc", "ngoac"),
    ("kyïv", "kyiv"),
    ("élysée", "elysee"),
    ("ёлка", "елка"),
    ("가", "가"),
    ("が", "が"),
    ("हिन्दी", "हिन्दी"),
    ("nato", "nato"),
    ("22/4", "22/4"),
    ("", ""),
]


@pytest.mark.parametrize(("term", "expected"), FOLDED)
def test_fold(term: str, expected: str) -> None:
    """Latin, Greek and Cyrillic accents go; what is no accent stays."""
    assert fold(term) == expected
    assert fold(unicodedata.normalize("NFD", term)) == expected
    assert fold(expected) == expected


def test_every_vietnamese_letter_folds_to_ascii() -> None:
    """All letters of Vietnamese, with every tone, in both cases, become the letters of a plain keyboard."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    plain = dict(zip("aăâeêioôơuưyđ", "aaaeeiooouuyd", strict=True))
    for letter, key in plain.items():
        for tone in tones if letter != "đ" else ("",):
            written = unicodedata.normalize("NFC", letter + tone)
            assert fold(written) == key
            assert fold(written.upper()) == key.upper()
            assert terms(written.upper()) == [written]


@given(st.text(alphabet="aeoudđàảâơ -", max_size=30))
def test_fold_is_what_an_accentless_typist_writes(text: str) -> None:
    """The folded terms of a text are the terms of the text typed without accents."""
    typed = "".join("d" if sign == "đ" else unicodedata.normalize("NFD", sign)[0] for sign in text)
    assert [fold(term) for term in terms(text)] == terms(typed)


HOSTILE = {
    "digits": "1",
    "stops": "....",
    "numbers and stops": "1.",
    "slashes": "1/",
    "dates": "1/1",
    "hyphens": "a-1",
    "months": "1 tháng ",
    "letters": "a",
    "marks": "\u0301\u0323",
    "letters and marks": "a\u0301\u0323",
    "Han": "北",
    "kana marks": "\u3099",
    "apostrophes": "a'",
    "soft hyphens": "\u00ad",
    "spaces": " ",
}


def _seconds(text: str) -> float:
    best = 1e9
    for _ in range(3):
        started = time.process_time()
        for _ in located_terms(text):
            pass
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_little_time(unit: str) -> None:
    """Twenty thousand characters made to be slow take less than a second."""
    assert _seconds("a" + (unit * 20_000)[:20_000]) < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear(unit: str) -> None:
    """Four times the text takes about four times as long, up to two million characters."""
    small, large = ("a" + (unit * size)[:size] for size in (500_000, 2_000_000))
    assert _seconds(large) < 4 * 2.6 / 2 * _seconds(small) + 0.02


@pytest.mark.slow
@settings(max_examples=3_000)
@given(st.text())
def test_any_text_can_be_analysed(text: str) -> None:
    """Terms and their folded forms are made of any text, and folding twice changes nothing more."""
    for term in terms(text):
        assert fold(fold(term)) == fold(term)
