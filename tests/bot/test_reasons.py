"""Reasons in the language of the person: every sentence of an error has one."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line

import ast
import string
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

import bot
import index
import retrieval
from bot.acceptance import QuestionsLost
from bot.cli import application, run
from bot.commands.common import MisuseError
from bot.terminal.screen import OutputClosed
from bot.texts.fault_reasons import FAULTS_VI
from bot.texts.help import HELP_VI
from bot.texts.reasons import _VI, reason
from index import errors
from index.generation.manifest import BUILD_AGAIN, GO_BACK, UPGRADE
from index.sources.kinds import _FOREIGN
from retrieval.evaluation import Figures

ALL = (*_VI, *FAULTS_VI)
ERRORS = {
    error.__name__
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, Exception)
} | {MisuseError.__name__, OutputClosed.__name__}
ASSIGNED = {"problem", "message"}
"""What a sentence is called where it is raised later."""
CONSTANTS = {"GO_BACK": GO_BACK, "BUILD_AGAIN": BUILD_AGAIN, "UPGRADE": UPGRADE}


def said() -> list[str]:
    """Return every sentence of an error as it stands in the source, X for what is filled in."""
    found = []
    for package in (index, retrieval, bot):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                sentence = None
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
                    sentence = sample(node.args[0])
                elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ASSIGNED:
                    sentence = sample(node.value)
                if sentence:
                    found.append(sentence)
    return found


def sample(node: ast.expr) -> str | None:
    """Fill in a sentence; None for one that is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(part, node.values))
    return None


def part(node: ast.expr) -> str:
    """Fill in a part of a sentence."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return CONSTANTS.get(ast.unparse(node.value) if isinstance(node, ast.FormattedValue) else "", "X")


def test_every_sentence_is_known_in_vietnamese() -> None:
    """Taken from the source, so that a new one cannot be forgotten."""
    sentences = set(said())
    assert len(sentences) > 150
    for whole in (  # their parts are tried below
        "X is X; X.",
        "X: X",
        "X: X; X.",
        "The id X stands X; the second was left out, give it another id.",
        'X has a "X" X; left out.',
        'X has a "X" X; read without it.',
        f"X was made with X X, now it is X; {UPGRADE}.",
        "X=X cannot be used: X; leave the setting empty to X.",
        "TRICHDAN_PRECISION=X is out of reach: the ranker X.",
        "X in X is not a setting of trichdanX",
        "X: it is no ranker for this version of the program; X.",
        "The data directory X cannot be X (X); X.",
    ):
        sentences.discard(whole)
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
        (
            "t.xls is an Excel file of before 2007; convert it: libreoffice --headless --convert-to xlsx FILE.",
            "t.xls là tệp Excel đời trước 2007; bạn chuyển đổi bằng lệnh: libreoffice --headless --convert-to xlsx TỆP.",
        ),
        (
            "http://a.vn/b.txt: b.txt holds no text; left out.",
            "http://a.vn/b.txt: b.txt không có chữ nào nên bị bỏ qua.",
        ),
        ("http://a.vn/: it is empty.", "http://a.vn/: không có nội dung."),
        ("Something else.", "Something else."),
        (
            "The data directory .data cannot be written (No space left on device); check its path, rights and space.",
            "Không ghi được vào thư mục dữ liệu .data (đĩa hết chỗ); bạn xem lại đường dẫn, quyền và chỗ trống nhé.",
        ),
        (
            "The data directory .data cannot be read (Input/output error); check its path, rights and space.",
            "Không đọc được thư mục dữ liệu .data (đĩa bị lỗi); bạn xem lại đường dẫn, quyền và chỗ trống nhé.",
        ),
        (
            "The file vectors.faiss of 000001-ab is damaged; run `trichdan index rollback`, or build again.",
            "Tệp vectors.faiss của 000001-ab bị hỏng; bạn chạy `trichdan index rollback`, hoặc lập lại chỉ mục nhé.",
        ),
        (
            "The index 000001-ab was made with vectors of dimension 8, now it is 16; run `trichdan index upgrade`.",
            "Chỉ mục 000001-ab được lập với vectơ có số chiều 8, bây giờ là 16; bạn chạy `trichdan index upgrade` nhé.",
        ),
        (
            "TRICHDAN_ENCODER=x cannot be used: there is no such folder, and no such model on the hub; leave the setting empty to use the bundled encoder.",
            "Không dùng được TRICHDAN_ENCODER=x: không có thư mục như vậy, trên hub cũng không có; bạn để trống để dùng bộ mã hoá có sẵn nhé.",
        ),
        (
            "TRICHDAN_CROSS_ENCODER=x cannot be used: it gives 3 scores for a sentence and not one; leave the setting empty to do without.",
            "Không dùng được TRICHDAN_CROSS_ENCODER=x: it gives 3 scores for a sentence and not one; bạn để trống để không dùng nhé.",
        ),
        (
            "TRICHDAN_RANKER=x cannot be used: No such file or directory; make it again with `python -m training --only ranker`, or leave the setting empty.",
            "Không dùng được TRICHDAN_RANKER=x: không tồn tại; bạn làm lại bằng `python -m training --only ranker`, hoặc để trống nhé.",
        ),
        (
            "TRICHDAN_RANKER=x cannot be used: it is no ranker for this version of the program; make it again with `python -m training --only ranker`, or leave the setting empty.",
            "Không dùng được TRICHDAN_RANKER=x: không phải bộ xếp hạng cho bản này; bạn làm lại bằng `python -m training --only ranker`, hoặc để trống nhé.",
        ),
        (
            "TRICHDAN_PRECISION=0.99 is out of reach: the ranker reaches 0.95 at most.",
            "TRICHDAN_PRECISION=0.99 cao quá: bộ xếp hạng chỉ đạt tới 0.95.",
        ),
        (
            "TRICHDAN_PRECISION=0.99 is out of reach: the ranker knows of none.",
            "Không dùng được TRICHDAN_PRECISION=0.99: bộ xếp hạng không biết độ chính xác nào.",
        ),
        (
            "TRICHDAN_TPO in .env is not a setting of trichdan; did you mean TRICHDAN_TOP?",
            "TRICHDAN_TPO trong .env không phải cài đặt của trichdan; có phải bạn muốn viết TRICHDAN_TOP?",
        ),
        (
            "TRICHDAN_TPO in .env is not a setting of trichdan.",
            "TRICHDAN_TPO trong .env không phải cài đặt của trichdan.",
        ),
        (
            'Line 3 of q.jsonl has no "expected" place, and its kind does not end in "-none".',
            "Dòng 3 của q.jsonl không có chỗ “expected”, mà “kind” cũng không kết thúc bằng “-none”.",
        ),
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

    assert [pair for pair in ALL if not blanks(pair[1]) <= blanks(pair[0])] == []


@given(
    st.text(min_size=1, max_size=40),
    st.sampled_from([english for english, _ in ALL if "{what}" not in english]),
)
def test_any_name_may_be_filled_in(name: str, english: str) -> None:
    """Braces, line breaks, or a sentence of ours as a name: always one sentence, with the name in it."""
    filled = {blank: "X" for _, blank, _, _ in string.Formatter().parse(english) if blank} | {"name": name}
    translated = reason(english.format(**filled), "vi")
    assert translated != english.format(**filled)
    if "{name}" in english:
        assert name in translated or name.startswith("Row ")


MISUSES = {
    ("ask",): "Thiếu 'QUESTION'; `trichdan ask --help` cho biết cách dùng.",
    (
        "ask",
        "--top",
        "x",
        "q",
    ): "Giá trị của '--top' không dùng được: phải là số nguyên; `trichdan ask --help` cho biết cách dùng.",
    (
        "ask",
        "--top",
        "0",
        "q",
    ): "Giá trị của '--top' không dùng được: phải lớn hơn hoặc bằng 1; `trichdan ask --help` cho biết cách dùng.",
    (
        "ask",
        "--nope",
        "q",
    ): "Không có tuỳ chọn --nope (gần giống: --since, --top); `trichdan ask --help` cho biết cách dùng.",
    ("nope",): "Không có lệnh 'nope'; `trichdan --help` cho biết cách dùng.",
    ("ask", "--top"): "Tuỳ chọn '--top' cần một giá trị; `trichdan --help` cho biết cách dùng.",
    ("index", "show", "a", "b"): "Thừa b; `trichdan index show --help` cho biết cách dùng.",
    (
        "ask",
        "--since",
        "hôm",
        "q",
    ): "--since 'hôm' không phải ngày; bạn viết như 2024-04-22 hoặc 22/4/2024 nhé.",
    (
        "ask",
        "--since",
        "2024-02-01",
        "--until",
        "1/1/2024",
        "q",
    ): "Không có ngày nào từ 2024-02-01 đến 2024-01-01; bạn đổi chỗ hai ngày nhé.",
    (
        "ask",
        "--source",
        "…",
        "q",
    ): "--source '…' không nêu báo nào; bạn viết một phần tên báo, hoặc tên miền nhé.",
    ("eval", "nowhere"): "Không đọc được nowhere: không tồn tại.",
    ("index", "check"): ".data chưa có chỉ mục; bạn chạy `trichdan index build` với tài liệu của mình nhé.",
}


@pytest.mark.parametrize("arguments", MISUSES, ids=" ".join)
def test_misuse_is_told_in_vietnamese(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What the library of the command line says, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert run(arguments) in (1, 2)
    assert capsys.readouterr().err == f"trichdan: {MISUSES[arguments]}\n"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TRICHDAN_TOP", "0", "TRICHDAN_TOP có giá trị không dùng được: phải lớn hơn hoặc bằng 1."),
        ("TRICHDAN_TOP", "x", "TRICHDAN_TOP có giá trị không dùng được: phải là số nguyên."),
        ("TRICHDAN_THRESHOLD", "2", "TRICHDAN_THRESHOLD có giá trị không dùng được: phải nhỏ hơn hoặc bằng 1."),
        ("TRICHDAN_PRECISION", "0", "TRICHDAN_PRECISION có giá trị không dùng được: phải lớn hơn 0."),
        ("TRICHDAN_PRECISION", "x", "TRICHDAN_PRECISION có giá trị không dùng được: phải là số."),
        ("TRICHDAN_FETCH_PRIVATE", "x", "TRICHDAN_FETCH_PRIVATE có giá trị không dùng được: phải là true hoặc false."),
        ("TRICHDAN_ACCESS", "x", "TRICHDAN_ACCESS có giá trị không dùng được: phải là 'listed' hoặc 'open'."),
        ("TRICHDAN_TPO", "x", "Biến môi trường TRICHDAN_TPO không phải cài đặt của trichdan; có phải bạn muốn viết TRICHDAN_TOP?"),
    ],
)  # fmt: skip
def test_settings_are_told_in_vietnamese(
    name: str,
    value: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also where no setting can be read, that of the language included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv(name, value)
    assert run(["index", "check"]) == 2
    assert capsys.readouterr().err == f"trichdan: {told}\n"


def test_lost_questions_are_told_in_vietnamese() -> None:
    """With the questions as they were asked."""
    many = QuestionsLost(Figures(tuple(f"Câu {number}?" for number in range(7)), 9, 2 / 9, 0.9))
    assert "“Câu 4?” và 2 câu nữa. Bạn sửa" in reason(str(many), "vi")
    refused = QuestionsLost(Figures(("Ai?", "Khi nào?"), 4, 0.5, 0.9))
    assert reason(str(refused), "vi") == (
        "Chỉ mục mới chỉ trả lời được 0.50 số câu hỏi kiểm tra (4 câu), cần ít nhất 0.90; chỉ mục cũ vẫn trả lời. "
        "Những câu sẽ mất: “Ai?”, “Khi nào?”. Bạn sửa tài liệu, hoặc dùng --force nếu đúng là muốn vậy."
    )


def test_help_is_whole_in_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every sentence of every command and option, and no translation of what is not said any more."""
    said = {"Show this message and exit."}
    commands: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(application()))]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")
    for path, command in commands:
        said |= {each.help for each in (command, *command.params) if getattr(each, "help", None)}
        commands += [((*path, name), below) for name, below in getattr(command, "commands", {}).items()]
        assert run([*path, "-h"]) == 0
        shown = capsys.readouterr().out
        for words in ("Hiện trợ giúp này.", "Tuỳ chọn", "-h", "--help", "Ví dụ"[: 99 * bool(command.epilog)]):
            assert words in shown
        assert HELP_VI[command.help].split("\n")[0] in " ".join(shown.split())
        for word in ("Options", "Commands", "Arguments", "Examples", "Only ", "Show "):
            assert word not in shown
    assert len(commands) >= 17
    assert said == HELP_VI.keys()
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert run(["index", "-h"]) == 0
    assert "Show this message and exit." in capsys.readouterr().out
