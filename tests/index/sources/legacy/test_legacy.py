"""Vietnamese encodings before Unicode: exact both ways, and never seen where there are none."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.files.decode import decode
from index.sources.legacy import UNCHANGED, modern, recognise
from index.sources.legacy.syllables import is_syllable
from index.sources.legacy.tables import TCVN3, from_tcvn3, from_viqr, from_vni
from tests.index.sources.written.cases import ARTICLE, ENGLISH, FRENCH
from tests.index.sources.written.font import letters
from tests.index.sources.written.texts import TEXT, tcvn3, viqr, vni

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


@pytest.mark.parametrize("write", [tcvn3, vni])
@pytest.mark.parametrize("text", [*ARTICLE, TEXT])
def test_vietnamese_in_old_encodings_is_recognised(write: Callable[[str], bytes], text: str) -> None:
    """A sentence is enough where the bytes are not UTF-8."""
    assert decode(write(text), "a.txt") == text


@pytest.mark.parametrize("write", [tcvn3, vni, viqr])
def test_an_article_that_was_saved_as_unicode_is_recognised(write: Callable[[str], bytes]) -> None:
    """As Word files and web pages have it."""
    assert modern(write(TEXT).decode("latin-1"), "a.txt")[0] == TEXT


# Each with words of its language whose letters are all of Latin-1, and syllables that are the same in TCVN3.
LATIN_1 = {
    "vi": "Chú chó Vàng tên là bà già hè quê xã tháng năm có không và thì ý í à ú òa êm ô ông hô hòn xá lúc"
    " mùa thú vì sân mâm cân lâu dân tôi hôm cô mê kê trên tím ăn đá ở",
    "fr": "été déjà où là forêt maître naïve Noël cœur façon âge hôtel sûr brûlé goût août île né thé",
    "pt": "não coração São João mãe avó avô país saúde três você à às é água irmãos lição pôr têm",
    "es": "año niño mañana país según está más también sí tú él qué cómo corazón señor baúl pingüino",
    "it": "città perché più è là già può università lunedì così virtù né sì giù tè caffè",
    "signs": "25°C 5µm © ® ™ «là» ½ £3 §4 ×2 a×b ±1 No¹ m² m³ º ª ¿qué? ¡sí! ¶ · ¬ ¨ ¸ ´à¯",
}


@pytest.mark.parametrize("language", LATIN_1)
@given(data=st.data())
def test_short_unicode_is_never_converted(language: str, data: st.DataObject) -> None:
    """Words of any of these languages, alone or with others, in any order, also of one letter."""
    words = st.sampled_from([*LATIN_1[language].split(), "Vàng", "chó", "là", "tên", "a", "XIX", "2024."])
    text = " ".join(data.draw(st.lists(words, min_size=1, max_size=60)))
    assert decode(text.encode(), "a.txt") == text
    assert modern(text, "a.txt")[0] == text


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=60))
def test_few_letters_of_latin_1_are_never_converted(text: str) -> None:
    """Whatever they are; a short text says too little."""
    assert modern(text, "a.txt")[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "Chú chó Vàng rất ngoan. Chó tên là Vàng.",
        "Chú chó Vàng của Perón, Núñez, São Paulo. Chó tên là Vàng.",
        "Năm 2024",
        "Ông là ai?",
        "à",
        "Chú chó Vàng Zürich Malmö Ibáñez Gómez Århus Łódź. Chó tên là Vàng.",
        "Chú chó Vàng\nMöwe Größe Äpfel Über Jürgen Öl schön Köln Müller\nChó tên là Vàng.",
    ],
)
def test_a_short_file_in_utf8_is_read_as_it_is(text: str) -> None:
    """With names of other languages in it, too."""
    assert decode(text.encode(), "a.txt") == text
    assert modern(text, "a.txt")[0] == text


def test_capitals_of_a_font_without_small_letters() -> None:
    """A line in `.VnTimeH` has small letters with accents among capitals; others stay as they are."""
    old = tcvn3("CộNG HOà Xã HộI CHủ NGHĩA VIệT NAM\nHà Nội, thủ đô của cả nước.")
    assert decode(old, "a.txt") == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, thủ đô của cả nước."


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
