"""What the program says, in the language of the person: every template of the source is in every catalogue."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line

import ast
import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from bot.acceptance import QuestionsLost
from bot.cli import application, run
from bot.commands.usage import _TEMPLATES as OF_THE_LIBRARY
from bot.texts import catalogue as catalogues
from bot.texts.catalogue import ENGLISH, catalogue
from bot.texts.formats import SAMPLE, formats_of
from bot.texts.messages import translate
from index.errors import (
    BUILD_AGAIN,
    GO_BACK,
    UPGRADE,
    EncoderError,
    GenerationCorrupt,
    GenerationMismatch,
    Message,
    SettingsError,
    SourceError,
    StoreError,
    TrichDanError,
    of_system,
)
from index.sources.containment.worker_protocol import parse_reply, reply_part
from index.sources.files.kinds import _FOREIGN, kind_of
from retrieval.evaluation import Figures
from tests.bot.templates import calls, template_of

VIETNAMESE = catalogue("vi")
FILES = sorted(
    path.name.removesuffix(".json") for path in catalogues.FOLDER.iterdir() if path.name.endswith(".json")
)
LANGUAGES = [language for language in FILES if language != ENGLISH]
BLANK = re.compile(r"\{(\w+)(?::[^{}]*)?\}")
# Each hands on what was written elsewhere, as a literal.
HANDED_ON = {
    "super().__init__(template)",
    "super().__init__(template, **values)",
    "Message(template, **values)",
    "Message(error.strerror or type(error).__name__)",  # of the system, below
    "Message(shown(problem.template), **{name: _name(value) for name, value in problem.values.items()})",
    "Message(template, **found.groupdict() | _refusal(error))",  # of the library of the command line, below
    "Message(said)",
    "Message(message[:1].lower() + message[1:])",  # of the library that reads settings
    "JobRefused(figures_of(event['refused']))",
    "StatusError(url, response.status)",
}
OF_THE_SYSTEM = [
    errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG,
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE,
]  # fmt: skip


def templates() -> set[str]:
    """Return every template that the program or a library gives to a message."""
    ours = {template for _, call in calls() if (template := template_of(call))}
    return ours | set(OF_THE_LIBRARY) | {os.strerror(code) for code in OF_THE_SYSTEM}


def helps() -> set[str]:
    """Return what the help of the command line consists of."""
    said = {"Examples", "Arguments", "Options", "Commands", "Show this message and exit."}
    commands: list[Any] = [typer.main.get_command(application())]
    for command in commands:
        said |= {each.help for each in (command, *command.params) if getattr(each, "help", None)}
        commands += getattr(command, "commands", {}).values()
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_in_the_catalogue(language: str) -> None:
    """Taken from the source, so that a new one cannot be forgotten; and nothing is kept that is said no more."""
    said = templates()
    assert len(said) > 250
    known = catalogue(language).keys()
    assert sorted(said - known) == []
    assert sorted(known - said - helps() - {SAMPLE, "should be numeric ids, separated by commas"}) == []


def test_a_template_is_written_where_it_is_used() -> None:
    """One that is put together first would be found in no catalogue."""
    found = [ast.unparse(call) for _, call in calls() if template_of(call) is None]
    assert [
        call for call in found if call not in HANDED_ON and not call.startswith("QuestionsLost(Figures(")
    ] == []


def test_a_template_is_given_what_it_asks_for() -> None:
    """No blank without its value, and no value without its blank."""
    for path, call in calls():
        template = template_of(call)
        names = [keyword.arg for keyword in call.keywords]
        if template is not None and None not in names and "super()" not in ast.unparse(call.func):
            assert sorted(BLANK.findall(template)) == sorted(map(str, names)), (path, template)


def test_the_lower_floors_name_no_command_and_no_setting() -> None:
    """A library has neither; what this program says in their place is in its English catalogue."""
    below = {template_of(call) or "" for path, call in calls() if "bot" not in path.parts}
    assert {template for template in below if "TRICHDAN_" in template or "`trichdan " in template} == set()
    for template, said in catalogue(ENGLISH).items():
        assert template in below
        assert "TRICHDAN_" in said or "`trichdan " in said, template


@pytest.mark.parametrize("language", FILES)
def test_a_translation_has_the_blanks_of_its_template(language: str) -> None:
    """With the same formats, else a number would be written as in English."""
    for english, other in catalogue(language).items():
        blanks = {found[0] for found in BLANK.finditer(english)}
        assert {found[0] for found in BLANK.finditer(other)} <= blanks, english


@pytest.mark.parametrize(("beginning", "what"), [(beginning, what) for beginning, (what, _) in _FOREIGN])
def test_kinds_that_are_not_read(beginning: bytes, what: Message) -> None:
    """Whatever the file is called."""
    with pytest.raises(SourceError) as caught:
        kind_of("this is it; no.dat", beginning + bytes(20))
    said = translate(caught.value, "vi")
    assert said.startswith("this is it; no.dat là ")
    assert str(what) in str(caught.value)
    assert str(what) not in said


def row(number: int, name: str) -> Message:
    """Return what a row is called."""
    return Message("Row {number} of {name}", number=number, name=name)


def system(code: int) -> Message:
    """Return what the system says."""
    return of_system(OSError(code, os.strerror(code)))


@pytest.mark.parametrize(
    ("error", "english", "vietnamese"),
    [
        (SourceError("{name} is empty; left out.", name="a.txt"), "a.txt is empty; left out.", "a.txt không có nội dung nên bị bỏ qua."),
        (
            SourceError("{name} is not JSON that can be read; left out.", name=row(3, "a.csv")),
            "Row 3 of a.csv is not JSON that can be read; left out.",
            "Dòng 3 của a.csv không phải JSON đọc được nên bị bỏ qua.",
        ),
        (
            SourceError("There is no document to index. {why}", why=SourceError("{name} holds no text; left out.", name="b.pdf")),
            "There is no document to index. b.pdf holds no text; left out.",
            "Không có tài liệu nào để lập chỉ mục. b.pdf không có chữ nào nên bị bỏ qua.",
        ),
        (
            SourceError("The id {id} stands in {name} and in {other}; the second was left out, give it another id.", id="a", name="x.csv", other="y.csv"),
            "The id a stands in x.csv and in y.csv; the second was left out, give it another id.",
            "Mã a có trong cả x.csv và y.csv; cái thứ hai bị bỏ qua, bạn đặt mã khác nhé.",
        ),
        (
            SourceError('{name} has a "{column}" {what}; read without it.', name=row(3, "a.csv"), column="ngày", what=Message("that is not a day such as 2024-07-12")),
            'Row 3 of a.csv has a "ngày" that is not a day such as 2024-07-12; read without it.',
            "Dòng 3 của a.csv có “ngày” không phải ngày viết như 2024-07-12; phần còn lại vẫn được đọc.",
        ),
        (
            SourceError('{name} has a "{column}" {what}; left out.', name=row(3, "a.csv"), column="id", what=Message("with a character that is none (NUL or half a pair)")),
            'Row 3 of a.csv has a "id" with a character that is none (NUL or half a pair); left out.',
            "Dòng 3 của a.csv có “id” chứa ký tự không hợp lệ nên bị bỏ qua.",
        ),
        (
            SourceError("The folder {name} cannot be read ({why}); left out.", name="x", why=system(errno.EACCES)),
            "The folder x cannot be read (Permission denied); left out.",
            "Không đọc được thư mục x (không có quyền) nên bị bỏ qua.",
        ),
        (
            SourceError("{name} is {what}; {advice}.", name="t.xls", what=Message("an Excel file of before 2007"), advice=Message("convert it: libreoffice --headless --convert-to xlsx FILE")),
            "t.xls is an Excel file of before 2007; convert it: libreoffice --headless --convert-to xlsx FILE.",
            "t.xls là tệp Excel đời trước 2007; bạn chuyển đổi bằng lệnh: libreoffice --headless --convert-to xlsx TỆP.",
        ),
        (
            SourceError("{address}: {problem}", address="http://a.vn/b.txt", problem=Message("{name} holds no text; left out.", name="b.txt")),
            "http://a.vn/b.txt: b.txt holds no text; left out.",
            "http://a.vn/b.txt: b.txt không có chữ nào nên bị bỏ qua.",
        ),
        (
            SourceError("{address}: {problem}", address="http://a.vn/", problem=Message("it is empty.")),
            "http://a.vn/: it is empty.",
            "http://a.vn/: không có nội dung.",
        ),
        (TrichDanError("Something else."), "Something else.", "Something else."),
        (TrichDanError("Something {else}, {name}."), "Something {else}, {name}.", "Something {else}, {name}."),
        (
            StoreError("The data directory {name} cannot be written ({why}); check its path, rights and space.", name=".data", why=system(errno.ENOSPC)),
            "The data directory .data cannot be written (No space left on device); check its path, rights and space.",
            "Không ghi được vào thư mục dữ liệu .data (đĩa hết chỗ); bạn xem lại đường dẫn, quyền và chỗ trống nhé.",
        ),
        (
            StoreError("The data directory {name} cannot be read ({why}); check its path, rights and space.", name=".data", why=system(errno.EIO)),
            "The data directory .data cannot be read (Input/output error); check its path, rights and space.",
            "Không đọc được thư mục dữ liệu .data (đĩa bị lỗi); bạn xem lại đường dẫn, quyền và chỗ trống nhé.",
        ),
        (
            GenerationCorrupt("The file {file} of {name} is damaged; {advice}.", file="vectors.faiss", name="000001-ab", advice=GO_BACK),
            "The file vectors.faiss of 000001-ab is damaged; run `trichdan index rollback`, or build again.",
            "Tệp vectors.faiss của 000001-ab bị hỏng; bạn chạy `trichdan index rollback`, hoặc lập lại chỉ mục nhé.",
        ),
        (
            GenerationMismatch("{index} was made with {what} {made}, now it is {wanted}; {advice}.", index=Message("The index {name}", name="000001-ab"), what=Message("vectors of dimension"), made=8, wanted=16, advice=UPGRADE),
            "The index 000001-ab was made with vectors of dimension 8, now it is 16; run `trichdan index upgrade`.",
            "Chỉ mục 000001-ab được lập với vectơ có số chiều 8, bây giờ là 16; bạn chạy `trichdan index upgrade` nhé.",
        ),
        (
            StoreError("{name} holds no index yet; {advice}.", name=".data", advice=BUILD_AGAIN),
            ".data holds no index yet; run `trichdan index build` with your documents.",
            ".data chưa có chỉ mục; bạn chạy `trichdan index build` với tài liệu của mình nhé.",
        ),
        (
            EncoderError("The encoder {name} cannot be used: {why}.", name="x", why=Message("there is no such folder, and no such model on the hub")),
            "TRICHDAN_ENCODER=x cannot be used: there is no such folder, and no such model on the hub; leave the setting empty to use the bundled encoder.",
            "Không dùng được TRICHDAN_ENCODER=x: không có thư mục như vậy, trên hub cũng không có; bạn để trống để dùng bộ mã hoá có sẵn nhé.",
        ),
        (
            EncoderError("The cross-encoder {name} cannot be used: {why}.", name="x", why=Message("it gives {count} scores for a sentence and not one", count=3)),
            "TRICHDAN_CROSS_ENCODER=x cannot be used: it gives 3 scores for a sentence and not one; leave the setting empty to do without.",
            "Không dùng được TRICHDAN_CROSS_ENCODER=x: nó cho 3 điểm cho một câu chứ không phải một; bạn để trống để không dùng nhé.",
        ),
        (
            SettingsError("The ranker {name} cannot be used: {why}.", name="x", why=system(errno.ENOENT)),
            "TRICHDAN_RANKER=x cannot be used: No such file or directory; make it again with `python -m training --only ranker`, or leave the setting empty.",
            "Không dùng được TRICHDAN_RANKER=x: không tồn tại; bạn làm lại bằng `python -m training --only ranker`, hoặc để trống nhé.",
        ),
        (
            SettingsError("The ranker {name} cannot be used: {why}.", name="x", why=Message("it is no ranker for this version of the program")),
            "TRICHDAN_RANKER=x cannot be used: it is no ranker for this version of the program; make it again with `python -m training --only ranker`, or leave the setting empty.",
            "Không dùng được TRICHDAN_RANKER=x: không phải bộ xếp hạng cho bản này; bạn làm lại bằng `python -m training --only ranker`, hoặc để trống nhé.",
        ),
        (
            SettingsError("TRICHDAN_PRECISION={name} is out of reach: the ranker reaches {most} at most.", name="0.99", most="0.95"),
            "TRICHDAN_PRECISION=0.99 is out of reach: the ranker reaches 0.95 at most.",
            "TRICHDAN_PRECISION=0.99 cao quá: bộ xếp hạng chỉ đạt tới 0.95.",
        ),
        (
            SourceError('{name} has no "expected" place, and its kind does not end in "{ending}".', name=Message("Line {number} of {name}", number=3, name="q.jsonl"), ending="-none"),
            'Line 3 of q.jsonl has no "expected" place, and its kind does not end in "-none".',
            "Dòng 3 của q.jsonl không có chỗ “expected”, mà “kind” cũng không kết thúc bằng “-none”.",
        ),
        (
            SourceError("The document {name} has more than the limit of {limit:,} sentences; split it.", name="a", limit=100_000),
            "The document a has more than the limit of 100,000 sentences; split it.",
            "Tài liệu a có hơn giới hạn 100.000 câu; bạn chia nhỏ ra nhé.",
        ),
        (
            SourceError("{name} is larger than the limit of {limit:g} MiB; split it.", name="a", limit=0.5),
            "a is larger than the limit of 0.5 MiB; split it.",
            "a lớn hơn giới hạn 0,5 MiB; bạn chia nhỏ ra nhé.",
        ),
    ],
)  # fmt: skip
def test_sentences(error: TrichDanError, english: str, vietnamese: str) -> None:
    """Names stay, the rest is said in the language, numbers as it writes them."""
    assert translate(error, "en") == english
    assert translate(error, "vi") == vietnamese


NAMED = sorted(english for english in templates() if "{name}" in english)


@given(
    st.sampled_from(NAMED),
    st.text(max_size=40) | st.sampled_from([*sorted(VIETNAMESE), "{name}", "{why}", "{0}"]),
)
def test_no_name_changes_which_message_it_is(english: str, name: str) -> None:
    """Braces, line breaks, or a sentence of ours as a name: the sentence is the same, with the name in it."""
    values: dict[str, Any] = {blank: 7 for blank in BLANK.findall(english)} | {"name": name}
    said = translate(Message(english, **values), "vi")
    before, found, after = BLANK.sub(
        lambda blank: "\0" if blank[1] == "name" else "7", VIETNAMESE[english]
    ).partition("\0")
    assert said == (before + name + after if found else before)


@given(st.text(max_size=40) | st.sampled_from(sorted(VIETNAMESE)))
def test_no_name_changes_what_comes_from_the_reading_process(name: str) -> None:
    """It comes as template and values, with every name on one line."""
    error = SourceError("{name} is empty; left out.", name=row(1234, name))
    problem, _ = parse_reply(reply_part(error.message), 0)
    assert isinstance(problem, Message)
    assert translate(problem, "vi").isprintable()
    assert translate(problem, "vi").startswith("Dòng 1234 của ")
    assert translate(problem, "vi").endswith(" không có nội dung nên bị bỏ qua.")
    if name.isprintable():
        assert problem == error.message


@pytest.mark.parametrize(
    "data",
    [
        None, "a", [], {}, {"template": "a"}, {"template": 1, "values": {}}, {"template": "a", "values": []},
        {"template": "{a}", "values": {"b": "x"}}, {"template": "{a}{a}", "values": {"a": "x"}},
        {"template": "{a}", "values": {"a": None}}, {"template": "{a}", "values": {"a": 1 << 70}},
        {"template": "{a}", "values": {"a": ["x"]}}, {"template": "{a}", "values": {"a": {"template": "x"}}},
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(data: object) -> None:
    """Neither a template without its values, nor one that grows by naming a value again."""
    with pytest.raises(ValueError, match="no "):
        Message.parse(data)
    deep: dict[str, object] = {"template": "a", "values": {}}
    for _ in range(9):
        deep = {"template": "{a}", "values": {"a": deep}}
    with pytest.raises(ValueError, match="no message"):
        Message.parse(deep)


def test_a_third_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its sentences and how it writes numbers; what it does not say yet stays English."""
    french = {
        SAMPLE: "1\u202f234,5",
        "{name} holds more text than the limit of {limit:,} characters; split it.": "{name} contient plus de {limit:,} caractères\u00a0; divisez-le.",
        "Row {number} of {name}": "La ligne {number} de {name}",
    }
    (tmp_path / "fr.json").write_text(json.dumps(french), "utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for cached in (catalogue, formats_of):
        cached.cache_clear()
    try:
        template = "{name} holds more text than the limit of {limit:,} characters; split it."
        error = SourceError(template, name=row(3, "a.csv"), limit=1_000_000)
        assert (
            translate(error, "fr")
            == "La ligne 3 de a.csv contient plus de 1\u202f000\u202f000 caractères\u00a0; divisez-le."
        )
        assert (
            translate(SourceError("{name} is a link; left out.", name="a"), "fr") == "a is a link; left out."
        )
    finally:
        for cached in (catalogue, formats_of):
            cached.cache_clear()


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
    """Even if no setting can be read, the language included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv(name, value)
    assert run(["index", "check"]) == 2
    assert capsys.readouterr().err == f"trichdan: {told}\n"


def test_lost_questions_are_told_in_vietnamese() -> None:
    """With the questions as they were asked."""
    many = QuestionsLost(Figures(tuple(f"Câu {number}?" for number in range(7)), 9, 2 / 9, 0.9))
    assert "“Câu 4?” và 2 câu nữa. Bạn sửa" in translate(many, "vi")
    refused = QuestionsLost(Figures(("Ai?", "Khi nào?"), 4, 0.5, 0.9))
    assert translate(refused, "vi") == (
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
        assert VIETNAMESE[command.help].split("\n")[0] in " ".join(shown.split())
        for word in ("Options", "Commands", "Arguments", "Examples", "Only ", "Show "):
            assert word not in shown
    assert len(commands) >= 17
    assert said <= VIETNAMESE.keys()
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert run(["index", "-h"]) == 0
    assert "Show this message and exit." in capsys.readouterr().out
