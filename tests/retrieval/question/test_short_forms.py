"""Short forms of chats: what they mean where, and what is not a short form."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError
from retrieval.question import read_question
from retrieval.question.short_forms import parse, written_out
from retrieval.records import AnswerType

SEEDS = Path(__file__).parents[3] / "seeds"

WRITTEN_OUT = [
    ("ông biden bn tuổi", "ông biden bao nhiêu tuổi"),
    ("obama bn tuoi", "obama bao nhieu tuoi"),
    ("cầu thủ thiêm dài bn mét z", "cầu thủ thiêm dài bao nhiêu mét"),
    ("bn ơi, cầu nào dài nhất", "bạn ơi, cầu nào dài nhất"),
    ("chữa bn covid ở đâu", "chữa bệnh nhân covid ở đâu"),
    ("tàu tên j", "tàu tên gì"),
    ("ko biết ai thắng", "không biết ai thắng"),
    ("Ko biết ai thắng", "Không biết ai thắng"),
    ("có mưa k", "có mưa không"),
    ("có mưa hok mn", "có mưa không"),
    ("phạt 100 k hay 200 k", "phạt 100 nghìn hay 200 nghìn"),
    ("vé 100k có ghế ko", "vé 100 nghìn có ghế không"),
    ("lương 5tr có phải đóng thuế ko", "lương 5 triệu có phải đóng thuế không"),
    ("bán đc mấy vé", "bán được mấy vé"),
    ("ban dc may ve", "ban duoc may ve"),
    ("cho xin đc của trường", "cho xin địa chỉ của trường"),
    ("thời tiết hn ntn", "thời tiết Hà Nội như thế nào"),
    ("hn mấy độ", "hôm nay mấy độ"),
    ("dân hn hôm nay làm gì", "dân Hà Nội hôm nay làm gì"),
    ("nhà trắng nói gì hn", "nhà trắng nói gì hôm nay"),
    ("bh mới thi", "bao giờ mới thi"),
    ("ai là tổng thống bh", "ai là tổng thống bây giờ"),
    ("đóng bh mấy năm", "đóng bảo hiểm mấy năm"),
    ("mất tk facebook thì làm j", "mất tài khoản facebook thì làm gì"),
    ("tk nào thắng", "thằng nào thắng"),
    ("điểm dh y dược", "điểm đại học y dược"),
    ("mn ơi bão tên gì", "bão tên gì"),
    ("bão tên j v mn", "bão tên gì"),
    ("có bao nhiêu ng chết r", "có bao nhiêu người chết rồi"),
    ("mấy ae bị bắt", "mấy anh em bị bắt"),
    ("kết quả sao ae", "kết quả sao"),
    ("sửa máy tính kiểu này tn", "sửa máy tính kiểu này thế nào"),
    ("đi chơi vs bạn ở đâu", "đi chơi với bạn ở đâu"),
    ("mở cửa từ t2 đến t6 à", "mở cửa từ thứ hai đến thứ sáu à"),
    ("sáng cn có lễ ko?", "sáng chủ nhật có lễ không?"),
    ("trước mấy h?", "trước mấy giờ?"),
]


@pytest.mark.parametrize(("typed", "wanted"), WRITTEN_OUT)
def test_written_out(typed: str, wanted: str) -> None:
    """Each means what a person would take it for; without accents if none were typed."""
    assert written_out(typed) == wanted


LEFT_ALONE = [
    # English, also where a word of it is a short form
    "What does AE stand for?",
    "iPhone vs Galaxy: which sold more?",
    "man vs food",
    "did the company lose 5 bn in may",
    "how far is t2 from t3",
    "who wrote as j k rowling",
    "is vitamin k in bananas",
    "what is r used for",
    # names and codes in a Vietnamese question
    "AE là viết tắt của gì?",
    "R&D là gì",
    "chi phí r&d là gì",
    "nhà ga T2 ở đâu?",
    "nhà ga t2 ở đâu",
    "Samsung J có mấy màu?",
    "vitamin k có ở đâu",
    "bệnh viện k ở đâu",
    "tivi 4k là gì",
    "trận Mỹ vs Iran mấy giờ đá?",
    "phim marvel có hơn dc không",
    "k-pop là gì",
    "ngôn ngữ r là gì",
    "vua charles v là ai",
    "lỗ 5 bn đô la",
    # nothing short
    "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?",
    "hoi nghi nato nam 2025 o dau",
    "KO BIẾT AI THẮNG",
    "v",
]


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_left_alone(question: str) -> None:
    """What is not certainly a short form in a Vietnamese question stays as it is."""
    assert written_out(question) == question


@pytest.mark.parametrize("file", ["questions.jsonl", "questions-hard.jsonl"])
def test_written_questions_are_not_touched(file: str) -> None:
    """None of the questions about the sample collection, in any language, is written in short forms."""
    rows = [json.loads(row)["question"] for row in (SEEDS / file).read_text("utf-8").splitlines()]
    assert len(rows) > 100
    assert [row for row in rows if written_out(row) != row and " ".join(row.split()) == row] == []


def test_question_is_read_as_written_out() -> None:
    """The question that is searched for asks for what was meant, and says that it differs."""
    question = read_question("  tau ngam typhoon dai bn met z")
    assert question.text == "tau ngam typhoon dai bao nhieu met"
    assert question.kind is AnswerType.QUANTITY
    assert question.understood
    assert not question.accented
    assert not read_question("  tau ngam typhoon\tdai bao nhieu met").understood


def test_short_form_decides_nothing_of_accents() -> None:
    """A question of which only the short form has an accent is one without accents."""
    assert not read_question("chelsea mua đc bn cau thu nam nay").accented


@given(st.text())
def test_any_text(text: str) -> None:
    """Whatever is typed, writing out ends, and what is written out stays so."""
    typed = " ".join(text.split())
    assert written_out(written_out(typed)) == written_out(typed)


def test_every_rule_can_hold() -> None:
    """No rule comes after one of the same form that always applies."""
    table = parse((Path(__file__).parents[3] / "retrieval/question/short_forms.txt").read_text("utf-8"))
    assert [form for form, rules in table.rules.items() if not all(rule.where for rule in rules[:-1])] == []


@pytest.mark.parametrize("line", ["ko", "= không", "a, b = x, y, z", "ko = không | _", "ko = không | a b c"])
def test_line_that_is_none(line: str) -> None:
    """A line that cannot be read is named."""
    with pytest.raises(SettingsError, match="Line 2"):
        parse(f"# a remark\n{line}\n")
