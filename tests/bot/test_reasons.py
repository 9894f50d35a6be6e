"""Reasons in the language of the person: every sentence that the readers of `index` can say has one."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index
from bot.texts.reasons import _VI, reason
from index.errors import SourceError
from index.sources.kinds import _FOREIGN

ROOT = Path(index.__file__).parent


def said() -> list[str]:
    """Return every sentence of the readers as they stand in the source, X for what is filled in."""
    found = []
    for path in (
        *sorted((ROOT / "sources").rglob("*.py")),
        *sorted((ROOT / "fetch").glob("*.py")),
        *(ROOT / name for name in ("build.py", "gather.py", "maker.py")),
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == SourceError.__name__:
                sentence = sample(node.args[0])
                if sentence is not None:
                    found.append(sentence)
    return found


def sample(node: ast.expr) -> str | None:
    """Fill in a sentence; None for one that is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "X" for p in node.values)
    return None


def test_every_sentence_of_the_readers_is_known_in_vietnamese() -> None:
    """Taken from their source, so that a new one cannot be forgotten."""
    sentences = set(said())
    assert len(sentences) > 70
    for whole in (
        "X is X; X.",
        "X: X",
        "The id X stands X; the second was left out, give it another id.",
        'X has a "X" X; left out.',
        'X has a "X" X; read without it.',
    ):
        sentences.remove(whole)  # their parts are tried below
    assert [sentence for sentence in sorted(sentences) if reason(sentence, "vi") == sentence] == []


@pytest.mark.parametrize(("what", "advice"), [(what, advice) for _, what, advice in _FOREIGN])
def test_kinds_that_are_not_read(what: str, advice: str) -> None:
    """Whatever the file is called."""
    translated = reason(f"this is it; no.dat is {what}; {advice}.", "vi")
    assert translated.startswith("this is it; no.dat là ")
    assert what not in translated
    assert advice not in translated


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("a.txt is empty; left out.", "a.txt không có nội dung nên bị bỏ qua."),
        ("Row 3 of a.csv is not JSON that can be read; left out.", "Dòng 3 của a.csv không phải JSON đọc được nên bị bỏ qua."),
        (
            "There is no document to index. b.pdf holds no text; left out.",
            "Không có tài liệu nào để lập chỉ mục. b.pdf không có chữ nào nên bị bỏ qua.",
        ),
        (
            "The id a stands in x.csv and in y.csv; the second was left out, give it another id.",
            "Mã a có trong cả x.csv và y.csv; cái thứ hai bị bỏ qua, bạn đặt mã khác nhé.",
        ),
        (
            'Row 3 of a.csv has a "ngày" that is not a day such as 2024-07-12; read without it.',
            "Dòng 3 của a.csv có “ngày” không phải ngày viết như 2024-07-12; phần còn lại vẫn được đọc.",
        ),
        (
            'Row 3 of a.csv has a "id" with a character that is none (NUL or half a pair); left out.',
            "Dòng 3 của a.csv có “id” chứa ký tự không hợp lệ nên bị bỏ qua.",
        ),
        (
            "The folder x cannot be read (Permission denied); left out.",
            "Không đọc được thư mục x (không có quyền) nên bị bỏ qua.",
        ),
        ("t.ods is a spreadsheet; save the sheet as .csv.", "t.ods là bảng tính; bạn lưu trang tính thành .csv nhé."),
        (
            "http://a.vn/b.txt: b.txt holds no text; left out.",
            "http://a.vn/b.txt: b.txt không có chữ nào nên bị bỏ qua.",
        ),
        ("http://a.vn/: it is empty.", "http://a.vn/: không có nội dung."),
        ("Something else.", "Something else."),
    ],
)  # fmt: skip
def test_sentences(english: str, vietnamese: str) -> None:
    """Names stay, the rest is said in the language; English stays as it is."""
    assert reason(english, "vi") == vietnamese
    assert reason(english, "en") == english


def test_the_sentences_fill_in_what_they_are_given() -> None:
    """No translation asks for what its original does not have."""

    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [pair for pair in _VI if not blanks(pair[1]) <= blanks(pair[0])] == []


@given(
    st.text(min_size=1, max_size=40),
    st.sampled_from([english for english, _ in _VI if "{what}" not in english]),
)
def test_any_name_may_be_filled_in(name: str, english: str) -> None:
    """Braces, line breaks, or a sentence of ours as a name: always one sentence, with the name in it."""
    filled = {blank: "X" for _, blank, _, _ in string.Formatter().parse(english) if blank} | {"name": name}
    translated = reason(english.format(**filled), "vi")
    assert translated != english.format(**filled)
    if "{name}" in english:
        assert name in translated or name.startswith("Row ")
