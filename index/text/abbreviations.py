"""Whether a full stop belongs to an abbreviation, a number or an initial instead of ending a sentence."""

import re
from enum import Enum, auto
from typing import NamedTuple

from index.text.vietnamese import has_marks


class AbbreviationKind(Enum):
    """What the first telling character after a stop is."""

    UPPER = auto()
    LOWER = auto()
    DIGIT = auto()
    UNCASED = auto()
    SYMBOL = auto()
    NOTHING = auto()


class Following(NamedTuple):
    """What stands behind a stop; words are NFC, and empty where there is none."""

    kind: AbbreviationKind
    word: str
    second: str


def _set(entries: str) -> frozenset[str]:
    return frozenset(entries.split())


# Always stand before a name or an example, never at the end. Lower case, without inner stops.
_TITLES = _set(
    # Vietnamese degrees, professions, honours, comrades, clergy, publishers.
    "gs pgs ts tskh ths ncs bs bscki bsckii ckii cki ds kts ks cn ls lm nsnd nsưt ngnd ngưt ttưt nxb đ/c đc"
    # Forms of address elsewhere, scholarly Latin, Russian streets and examples.
    """ mr mrs ms mx dr prof messrs mme mlle mgr fr sr sra srta dra hr eg ie cf viz vs bzw zb dh
    ул им пр просп напр проф акад"""
)

# Vietnamese places: end a sentence only before an opener that is no place name.
_PLACES = _set("tp tx tt")
_PLACE_NAMES = _set("Bà")

# Belong to the number that follows.
_NUMBERED = _set("no nos nr q p pp tr fig figs vol art arts sec ch tel đt eq bd ст рис стр п")

# Stand in the middle or at the end; a clear opener after them starts a sentence.
_SOFT = _set(
    """Gen Sen Rep Gov Col Capt Lt Sgt Cpl Maj Cmdr Adm Rev Hon Pres Supt St Ste Mt Ft Ave Blvd Rd Dept 
    Univ Inc Ltd Corp Co Cos Bros Jr Sr Esq PhD MSc BSc MBA LLC Cty al etc approx dept est ed eds
    Proc Natl Acad Sci
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat"""
)

# "quý I. Doanh thu": a single letter after one of these is a label, not an initial.
_LABELS = _set(
    """vitamin nhóm hạng loại bảng khối lớp gan cúm điểm khu lô án quý kỷ kỳ cấp phần chương mục tập khóa thứ
    tổ hàng độ o hepatitis group plan class type grade part phase point option category level"""
)

# Digraphs stand for a name as one letter does, and small letters for a place: "Tr. Thường", "p. Bến Nghé".
_DIGRAPHS = _set("Tr Th Ph Ng Nh Kh Ch Gi Qu")
_SMALL_INITIALS = frozenset("pqhxtđ")

# "chị T. Khi": after one of these a letter is a name left out, and a Vietnamese word begins a sentence.
_PERSONS = _set("ông bà anh chị em cháu bé cô bác chú cậu thị văn con tên sư")

_DAYS_AND_ZONES = _set(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday EST EDT CST CDT PST PDT MST GMT UTC ET PT CT
    January February March April May June July August September October November December"""
)

_GERMAN_MONTHS = _set(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
)

# Open a sentence, and are neither surnames nor the first word of a Vietnamese place.
_OPENERS = _set(
    """Theo Trong Tại Sau Trước Các Những Ông Bà Anh Chị Cô Đây Đó Nếu Khi Với Để Do Vì Nhưng Và Còn Cũng
    Cùng Hiện Ngoài Bên Đến Đối Mặc Một Nhiều Mỗi Mọi Không Chúng Tôi Họ Nó Người Việc Ngày Tháng Tuần Sáng
    Chiều Tối Đêm Hôm Vụ Lúc Sự Số Vào Qua Trên Dưới Giữa Như Nhờ Bởi Dù Song Thế Vậy Rồi Hơn Khoảng Đặc
    Đáng Ngay Được Bị Có Là Cả Về Ở Thời Cho Bạn Chỉ Đã Đang Sẽ Vẫn Thậm Thực Xin Hãy Dự Ảnh Nguồn Riêng
    Đầu Cuối Chính
    The This That These Those There Their They He She It Its His Her We Our You In On At By But And Or If As
    An When While After Before However Although Because Since Then Now So Yet For From With To What Who Why
    How Where Some Many Most All Both Each Every Not No Another Other Also Still Once Under During
    According"""
)
_OPENING_PAIRS = frozenset(
    {"Tuy nhiên", "Tuy vậy", "Tuy thế", "Từ đó", "Đồng thời", "Hai bên", "Năm nay", "Năm ngoái"}
)

# A capital right behind a stop is no new sentence in "VietNamNet.Vn" or "Baocao.Docx".
_ENDINGS = _set(
    """vn com net org edu gov info biz io co tv me js ts py md txt pdf doc docx xls xlsx ppt pptx csv json xml
    html htm php jpg jpeg png gif zip exe mp3 mp4 app dev uk us fr de jp cn kr ru asia"""
)

_ENUMERATOR = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-zĐđ](?:\.\d{1,2})*")
_FIRST_ENUMERATORS = frozenset("1IiaA")
_ROMAN = frozenset("IV")
_ONE_LETTER_WORDS = frozenset("ỞÀÁỒỜÝYỪÔAI")


def is_abbreviation(word: str, before: str, following: Following, *, first: bool) -> bool:
    """Tell whether a full stop with a space behind it ends no sentence.

    `word` is what the stop is attached to, without opening marks, and `before` the word before it, both NFC
    and possibly empty; `first` tells whether `word` is the first of its sentence.
    """
    if not word:
        return False
    if _is_thai(word[-1]):  # Thai and Lao use the stop in abbreviations only.
        return True
    if is_enumerator(word, before, first=first):
        return True
    if _is_title(word) or _goes_with_number(word, following):
        return True
    last, bare = _last(word), word.replace(".", "")
    if bare.casefold() in ("am", "pm") and "." in word:
        return following.word in _DAYS_AND_ZONES
    if last in _SOFT or bare in _SOFT:
        return not is_opener(following) and not has_marks(following.word)
    if last.casefold() in _PLACES:
        return not is_opener(following) or following.word in _PLACE_NAMES
    parts = word.split(".")
    if len(parts) == 1 and word.islower():
        # A small letter is a place, a Russian abbreviation, or a unit: "dài 5 m. Sau", "в 2016 г. Он".
        is_abbreviated = word in _SMALL_INITIALS or (len(word) == 1 and _is_cyrillic(word))
        return is_abbreviated and not before[-1:].isdigit()
    if bare.casefold() != "vv" and all(map(_is_letter, parts)):
        return _is_initial(word, before, following)
    return False


def is_inside_word(word: str, before: str, following: Following, *, first: bool) -> bool:
    """Tell whether a full stop with a capital letter right behind it ends no sentence.

    `Kharkov.Ukraine` are two sentences by the haste of newsrooms; `TP.Hồ Chí Minh`, `J.Biden` and
    `VnExpress.Net` are none. Arguments as for `is_abbreviation`.
    """
    if not word or following.word.casefold() in _ENDINGS or is_enumerator(word, before, first=first):
        return True
    if not (following.word[1:2].islower() or following.word in _ONE_LETTER_WORDS):
        return True
    last = _last(word)
    if (
        (len(last) == 1 and not last.isdigit())
        or _is_title(word)
        or last in _SOFT
        or last.casefold() in _PLACES
    ):
        return True
    dotted = "." in word and not word.replace(".", "").isdigit()
    if dotted or (last.isupper() and last.isalpha()):
        return not is_opener(following) and not has_marks(following.word)
    return False


def is_enumerator(word: str, before: str, *, first: bool) -> bool:
    """Tell whether "1", "II", "a" number what follows: at the beginning, after a colon or a semicolon."""
    if first or before.endswith(";"):
        return _ENUMERATOR.fullmatch(word) is not None
    return word in _FIRST_ENUMERATORS and before.endswith(":")


def is_opener(following: Following) -> bool:
    """Tell whether the following word is one that commonly begins a sentence."""
    return following.word in _OPENERS or f"{following.word} {following.second}" in _OPENING_PAIRS


def _goes_with_number(word: str, following: Following) -> bool:
    """Tell whether what follows belongs to the word: "Q. 1", "Jan. 5", "3. Oktober", "12. 500 đồng"."""
    if following.kind is AbbreviationKind.DIGIT:
        last = _last(word)
        if word.isdecimal() and len(word) < 4:
            return len(following.word) == 3
        return last.casefold() in _NUMBERED or last in _SOFT or word.casefold() == "v.v"
    return word.isdigit() and len(word) < 3 and following.word in _GERMAN_MONTHS


def _is_initial(word: str, before: str, following: Following) -> bool:
    """Tell whether a letter, or letters with stops between, go on into the next word."""
    if following.kind is AbbreviationKind.DIGIT or is_opener(following) or before.casefold() in _LABELS:
        return False
    if has_marks(following.word):
        # A masked name ends here: "Nguyễn Văn A. Đối tượng", "em N.V.H. Cảnh sát"; not "ở P. Bến Nghé".
        is_name = before[:1].isupper() and before[-1].isalpha() and has_marks(before)
        return not (is_name or "." in word or before.casefold() in _PERSONS or word in _ROMAN)
    return True


def _is_letter(part: str) -> bool:
    """Tell whether a part can stand for a name; `Á` and `Ý` are whole words."""
    return part in _DIGRAPHS or (len(part) == 1 and part.isalpha() and (part in "đĐ" or not has_marks(part)))


def _is_title(word: str) -> bool:
    return _last(word).casefold() in _TITLES or word.replace(".", "").casefold() in _TITLES


def _is_thai(character: str) -> bool:
    return "\u0e00" <= character <= "\u0eff"


def _is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u04ff"


def _last(word: str) -> str:
    """Return what follows the last inner stop, stroke or hyphen."""
    return word.replace("/", ".").replace("-", ".").rpartition(".")[2]
