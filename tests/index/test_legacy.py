"""Vietnamese encodings before Unicode: exact both ways, and never seen where there are none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.decode import decode
from index.sources.legacy import UNCHANGED, modern, recognise
from index.sources.legacy.syllables import is_syllable
from index.sources.legacy.tables import TCVN3, from_tcvn3, from_viqr, from_vni
from tests.index.written.cases import ARTICLE, ENGLISH, FRENCH
from tests.index.written.font import letters
from tests.index.written.texts import TEXT, tcvn3, viqr, vni

LETTERS = letters() + "".join(map(chr, range(0x20, 0x7F))) + "\n"
vietnamese = st.text(st.sampled_from(LETTERS), max_size=200)


@given(vietnamese)
def test_tcvn3_goes_round(text: str) -> None:
    """Any Vietnamese text, letter for letter."""
    assert from_tcvn3(tcvn3(text).decode("latin-1")) == text


@given(vietnamese)
def test_vni_goes_round(text: str) -> None:
    """Any Vietnamese text, letter for letter."""
    assert from_vni(vni(text).decode("latin-1")) == text


@given(
    st.lists(st.sampled_from([*TEXT.split(), "Đà", "Ỷ", "ỡm", "dạ,", "a.", "O?", "(ừ)", "3+4"]), max_size=60)
)
def test_viqr_goes_round(words: list[str]) -> None:
    """Any Vietnamese text whose signs are escaped, as RFC 1456 says."""
    text = " ".join(words)
    assert from_viqr(viqr(text).decode()) == text


def test_every_letter_has_a_byte_of_its_own() -> None:
    """The table holds all 134 letters, none twice."""
    assert len(letters()) == 134
    assert set(letters()) <= set(TCVN3.values())
    assert len(set(TCVN3.values())) == len(TCVN3)


ORDINARY = {
    "vi": TEXT,
    "vi decomposed": unicodedata.normalize("NFD", TEXT),
    "vi in latin 1": "Nó kéo dài bao lâu? Ngày Nhà giáo là 15 tháng 5. Tính toán song song trên máy tính.",
    "vi in latin 1, short": "Tính toán Song song trên CPU và GPU",
    "en": "\n\n".join(ENGLISH),
    "fr": "\n\n".join(FRENCH),
    "fr short": "Été à Nîmes, né à Orléans: thé, blé, café, cliché, là où l'âme rêve.",
    "de": "Die Länder müssen über künftige Zölle reden; Größe, Märkte, Änderung, schön, früh.",
    "es": "El año próximo, según señaló, habrá más niños en la región; ¿cómo será?",
    "code": "x = a[i] + b^2; if (u+v) > o+1: return e^(-x)  # dd/mm a^b a^c e^f o^2 u+w a(b) a(c)",
    "math": "Let a^2 + b^2 = c^2, e^x, o^n, (u+v)(u+w), a(b+c), a(d), e^y, e^z, a^n, a^m and o^p. " * 5,
    "names": "Perón, Gómez, Núñez, Ibáñez, São Paulo, Malmö, Århus, Zürich, Kraków.",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Vietnamese, English, French, others and formulas."""
    assert recognise(text, "a.txt") is UNCHANGED
    assert decode(text.encode(), "a.txt") == text


@given(st.lists(st.sampled_from(" ".join([*FRENCH, *ENGLISH]).split()), max_size=80))
def test_no_mixture_of_french_and_english_is_taken(words: list[str]) -> None:
    """In whatever order, also where few words have accents."""
    assert recognise(" ".join(words), "a.txt") is UNCHANGED


@pytest.mark.parametrize("write", [tcvn3, vni, viqr])
@pytest.mark.parametrize("text", [*ARTICLE, TEXT])
def test_vietnamese_in_old_encodings_is_recognised(write: object, text: str) -> None:
    """A sentence is enough."""
    assert callable(write)
    assert modern(write(text).decode("latin-1"), "a.txt")[0] == text


def test_capitals_of_a_font_without_small_letters() -> None:
    """A line in `.VnTimeH` has small letters with accents among capitals; others stay as they are."""
    old = tcvn3("CộNG HOà Xã HộI CHủ NGHĩA VIệT NAM\nHà Nội, thủ đô của cả nước.").decode("latin-1")
    assert modern(old, "a.txt")[0] == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, thủ đô của cả nước."


def test_viqr_without_escapes_is_refused() -> None:
    """Whether a sentence ends there or a tone stands there cannot be told."""
    text = viqr(TEXT).decode().replace("\\", "") + " Ho^m nay tro+`i ma. Na(`m nay co' mu+a. La. "
    with pytest.raises(SourceError, match="VIQR"):
        recognise(text, "a.txt")


def test_places_move_with_their_text() -> None:
    """Pages still begin where they began."""
    first, second = vni(ARTICLE[0]).decode("latin-1"), vni(ARTICLE[1]).decode("latin-1")
    text, places = modern(first + second, "a.pdf", (0, len(first)))
    assert (text, places) == (ARTICLE[0] + ARTICLE[1], (0, len(ARTICLE[0])))


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "ươn", "Đường", "yêu", "giặt", "khuỷu", "ảnh", "thuở"])
def test_syllables(word: str) -> None:
    """What Vietnamese words look like."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["été", "cộtộ", "blé", "hàc", "strong", "ẩẩ", "nghngh", "thẻp", "école"])
def test_no_syllables(word: str) -> None:
    """Two tones, foreign onsets, stops with a tone they cannot have."""
    assert not is_syllable(word)
