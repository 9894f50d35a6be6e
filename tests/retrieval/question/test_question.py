"""Questions: what is refused, what is left of the text, which words ask, and for what kind of answer."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.concepts import Concept
from index.errors import TrichDanError
from index.text.terms import fold, terms
from retrieval.question import Question, QuestionRefused, read_question
from retrieval.question.asking_words import _lists
from retrieval.question.question import LONGEST_QUESTION
from retrieval.question.things import TIME, Thing
from retrieval.question.wanted import Wanted
from retrieval.records import AnswerType

KINDS = [
    # Vietnamese
    ("Ai làm tổng thư ký NATO?", "who"),
    ("Tác giả bài viết là ai?", "who"),
    ("Người nào đắc cử tổng thống Mỹ?", "who"),
    ("Khi nào hội nghị diễn ra?", "when"),
    ("Thụy Điển vào NATO ngày nào?", "when"),
    ("Thượng đỉnh bắt đầu lúc mấy giờ?", "when"),
    ("Ông ấy sinh năm bao nhiêu?", "when"),
    ("Hội nghị họp ở đâu?", "where"),
    ("Đại sứ đến từ nước nào?", "where"),
    ("Khu vực nào bị phong tỏa?", "where"),
    ("Hiệp ước được ký vào thời gian nào?", "when"),
    ("Thành phố ra đời ở thế kỷ nào?", "when"),
    ("Nga có bao nhiêu đầu đạn hạt nhân?", "quantity"),
    ("Na Uy hứa chi mỗi năm bao nhiêu?", "quantity"),
    ("Chuyến thăm kéo dài bao lâu?", "quantity"),
    ("Đây là lần thứ mấy?", "quantity"),
    ("Vì sao ông Rutte giục đồng minh?", "why"),
    ("Nguyên nhân nào dẫn đến cuộc xung đột?", "why"),
    ("Liên minh được lập ra với mục đích gì?", "why"),
    ("Sao Blinken phải sang châu Âu?", "why"),
    ("Moskva phản ứng ra sao?", "how"),
    ("Tuyên bố Washington nói gì?", "what"),
    ("Quả tên lửa tên là gì?", "what"),
    ("Có bao nhiêu nước nào cũng tham gia?", "quantity"),
    ("Ông Fico có chịu cho Ukraine vào NATO không?", None),
    # Vietnamese typed plainly
    ("ai la tong thu ky nato", "who"),
    ("hoi nghi hop o dau", "where"),
    ("nga co bao nhieu dau dan hat nhan", "quantity"),
    ("rutte gap trump hom may", "when"),
    ("vi sao my roi nato", "why"),
    ("tuyen bo noi gi", "what"),
    ("may bay roi o nuoc nao", "where"),
    # English
    ("Who chairs the military committee?", "who"),
    ("When was NATO founded?", "when"),
    ("In which year did Finland join?", "when"),
    ("Where is the new base?", "where"),
    ("Which country joined last?", "where"),
    ("How many missiles were sold?", "quantity"),
    ("How long will it take?", "quantity"),
    ("Why did Blinken rush to Europe?", "why"),
    ("How did Moscow respond?", "how"),
    ("What did Rutte say?", "what"),
    ("Which missile was used, and when?", "when"),
    ("Does NATO have troops in Ukraine?", None),
    ("What happened in May?", "what"),
    # French
    ("Qui dirige l’OTAN ?", "who"),
    ("Quel jour le sommet a-t-il eu lieu ?", "when"),
    ("Où aura lieu le sommet ?", "where"),
    ("Combien de pays sont venus ?", "quantity"),
    ("Pourquoi la Russie proteste-t-elle ?", "why"),
    ("Comment a réagi Moscou ?", "how"),
    ("Que dit Macron ?", "what"),
    # German
    ("Wer leitet die NATO?", "who"),
    ("Wann fährt der Zug?", "when"),
    ("In welchem Land war die Übung?", "where"),
    ("Wie viele Raketen kauft Deutschland?", "quantity"),
    ("Warum fliegt Blinken nach Europa?", "why"),
    ("Wie reagierte Moskau?", "how"),
    ("Was braucht die Ukraine?", "what"),
    # Spanish
    ("¿Quién perdió las elecciones?", "who"),
    ("¿Cuándo fue la cumbre?", "when"),
    ("¿Dónde se reunieron?", "where"),
    ("¿Cuántas personas murieron?", "quantity"),
    ("¿Por qué viajó Blinken?", "why"),
    ("¿Qué dijo Rutte?", "what"),
    ("donde se reunieron los ministros", "where"),
    # Russian
    ("Кто возглавляет НАТО?", "who"),
    ("Когда прошёл саммит?", "when"),
    ("В какой стране проводили учения?", "where"),
    ("Сколько танков потеряла Россия?", "quantity"),
    ("Почему Блинкен полетел в Европу?", "why"),
    ("Что сказал Рютте?", "what"),
    # Chinese
    ("谁是北约秘书长？", "who"),
    ("美国总统大选是哪一天？", "when"),
    ("两国领导人在哪里见面？", "where"),
    ("俄罗斯有多少核弹头？", "quantity"),
    ("为什么布林肯访问欧洲？", "why"),
    ("俄罗斯怎么回应？", "how"),
    ("日本首相想讨论什么？", "what"),
    ("任何国家都可以加入吗？", None),
    # Japanese
    ("NATO事務総長は誰ですか？", "who"),
    ("首脳会議はいつですか？", "when"),
    ("新しい基地はどこですか？", "where"),
    ("どの国が来ましたか？", "where"),
    ("何人が死亡しましたか？", "quantity"),
    ("なぜ欧州を訪問しましたか？", "why"),
    ("ロシアはどのように反応しましたか？", "how"),
    ("大統領の名前は何ですか？", "what"),
    # Korean, Thai
    ("나토 사무총장은 누구입니까, 언제 취임했습니까?", "when"),
    ("ผู้นำพบกันที่ไหน", "where"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_of_answer(text: str, kind: str | None) -> None:
    """Each question asks for its kind of answer, also in capitals and in decomposed form."""
    assert read_question(text).kind == kind
    assert read_question(unicodedata.normalize("NFD", text)).kind == kind
    assert read_question(text.upper()).kind == kind


LEFT_OUT = [
    # what is left out asks, and nothing else does
    ("Ai là tổng thư ký NATO?", ["ai"]),
    ("AI là gì?", ["là", "gì"]),
    ("AI của nước nào mạnh nhất?", ["nước", "nào"]),
    ("WHO nói gì về dịch bệnh?", ["gì"]),
    ("WHAT DID WHO SAY ABOUT NATO", ["what", "who"]),
    ("What did the WHO say?", ["what"]),
    ("Did the US join IT?", []),
    ("Bà nào làm ngoại trưởng?", ["bà", "nào"]),
    ("Bà Harris nói gì?", ["gì"]),
    ("Năm nước nào họp?", ["nước", "nào"]),
    ("Năm ngoái có gì?", ["gì"]),
    ("Người đứng đầu nước Pháp nói gì?", ["gì"]),
    ("Giá dầu tăng mấy phần trăm?", ["mấy"]),
    ("Đau đầu thì uống thuốc gì?", ["gì"]),
    ("Bệnh não là gì?", ["là", "gì"]),
    ("Mây đen kéo đến từ đâu?", ["từ", "đâu"]),
    ("Sao Hỏa cách Trái Đất bao xa?", ["sao", "bao", "xa"]),  # "Sao" first is read as "why"
    ("Trên lá cờ có mấy ngôi sao?", ["mấy"]),
    ("nga co bao nhieu dau dan hat nhan", ["bao", "nhieu"]),
    ("ai dung dau uy ban quan su", ["ai"]),
    ("gia dau tang vi sao", ["vi", "sao"]),
    ("may bay roi o nuoc nao", ["nuoc", "nao"]),
    ("What was the comment of NATO?", ["what"]),
    ("Did Trump comment on it?", []),
    ("Comment a réagi la Russie ?", ["comment"]),
    ("What happened in May?", ["what"]),
    ("When was Wen Jiabao in Hanoi?", ["when"]),
    ("Wen traf Scholz?", ["wen"]),
    ("Was sagt die NATO?", ["was"]),
    ("Quê ông Tô Lâm ở đâu?", ["ở", "đâu"]),
    ("¿Qué dos países querían que Turquía aceptara?", ["qué"]),
    ("¿Como quién votó Trump?", ["quién"]),
    ("J’ai lu que Macron arrive, quand ?", ["que", "quand"]),
]


@pytest.mark.parametrize(("text", "asking"), LEFT_OUT)
def test_only_asking_words_are_left_out(text: str, asking: list[str]) -> None:
    """The terms are those of the text less the words that ask; content that looks like them stays."""
    question = read_question(text)
    wanted = [term for term in dict.fromkeys(terms(text)) if term not in asking]
    assert list(question.terms) == wanted


REFUSED = {
    "": "empty",
    "   \n\t ": "empty",
    "\u200b\ufeff": "empty",
    "\x00\x01\x02\x1f": "empty",
    "\ud800\udfff": "empty",
    "\u202e\u2066": "empty",
    "🎉🎊": "no words",
    "?!…": "no words",
    "—_—": "no words",
    "\u0301\u0301": "no words",
    "ai": "names nothing",
    "Ai?": "names nothing",
    "là gì": "names nothing",
    "của và là": "names nothing",
    "cua va la": "names nothing",
    "o dau": "names nothing",
    "bao nhieu": "names nothing",
    "bao giờ thì được?": "names nothing",
    "the of and": "names nothing",
    "What is it?": "names nothing",
    "who was that": "names nothing",
    "How many are there?": "names nothing",
    "Qui est-ce ?": "names nothing",
    "Wer ist das?": "names nothing",
    "a" * (LONGEST_QUESTION + 1): "1,001 characters",
    "Nga " * 25_000: "100,000 characters",
}


@pytest.mark.parametrize(("text", "why"), REFUSED.items(), ids=[repr(text)[:24] for text in REFUSED])
def test_refusals(text: str, why: str) -> None:
    """What cannot be searched for is refused in one sentence that says why."""
    with pytest.raises(QuestionRefused) as caught:
        read_question(text)
    message = str(caught.value)
    assert why in message
    assert message.endswith(".")
    assert isinstance(caught.value, TrichDanError)


def test_the_longest_question_is_read() -> None:
    """Exactly the longest is no more than the longest."""
    text = ("Nga " * 250).strip() + "!"
    assert len(text) == LONGEST_QUESTION
    assert read_question(text).terms == ("nga",)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Nga   nói\tgì?\r\n", "Nga nói gì?"),
        ("Nga\x00nói\x1b[31m gì", "Nga nói [31m gì"),
        ("\ufeffNga\u200bnói", "Nga nói"),
        ("Nga \u202enói\u202c", "Nga nói"),
        ("Nga \ud83d nói", "Nga nói"),
        ("Nga\u00a0nói", "Nga nói"),
        (unicodedata.normalize("NFD", "Nga nói gì?"), "Nga nói gì?"),
        ("👩‍👩‍👧 Nga", "👩‍👩‍👧 Nga"),
        ("ＮＡＴＯ nói gì", "ＮＡＴＯ nói gì"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    """Control characters go, letters are composed, spaces are single, and nothing else is touched."""
    assert read_question(text).text == cleaned


@pytest.mark.parametrize(
    ("text", "accented"),
    [
        ("Tổng thống Mỹ", True),
        (unicodedata.normalize("NFD", "Tổng thống Mỹ"), True),
        ("Đuc tra bao nhieu", True),
        ("tong thong My", False),
        ("Who is Rutte?", False),
        ("Où est Rutte ?", True),
        ("北约 2 ≠ 3", False),
    ],
)
def test_accents(text: str, accented: bool) -> None:
    """A question has accents when one letter of it has one."""
    assert read_question(text).accented is accented


def test_a_question_as_it_is_read() -> None:
    """All of what is made of a question, once."""
    assert read_question("Nga  và nga có F-16 từ khi nào?") == Question(
        text="Nga và nga có F-16 từ khi nào?",
        terms=("nga", "và", "có", "f", "16", "f16", "từ"),
        phrases=(
            ("nga", "và"),
            ("và", "nga"),
            ("nga", "có"),
            ("có", "f"),
            ("f", "16"),
            ("16", "f16"),
            ("f16", "từ"),
        ),
        subjects=("nga", "f", "16", "f16"),
        accented=True,
        kind=AnswerType.WHEN,
        wanted=Wanted(TIME | Thing.DURATION),
        concepts=("country:RU",),
        countries=(Concept("country:RU", 0, 3),),
    )


garbage = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"]), max_size=80),
    st.text(alphabet="\x00\u202e\u2066\ud800🎉\u200d\u0301a là ai?北のกि", max_size=80),
    st.text(min_size=1, max_size=8).map(lambda text: text * 130_000),
    st.sampled_from(["'; DROP TABLE", "../../etc/passwd", "{{7*7}}", "AND OR NOT *:*", '"', "(" * 900]),
)


@settings(max_examples=500)
@given(garbage)
def test_garbage_is_read_or_refused(text: str) -> None:
    """Any text whatsoever is a sound question or is refused."""
    try:
        question = read_question(text)
    except QuestionRefused:
        return
    assert 0 < len(question.text) <= LONGEST_QUESTION
    question.text.encode()
    assert set(question.terms) <= set(terms(question.text))
    assert len(question.terms) == len(set(question.terms)) > 0
    assert question.accented == any(fold(term) != term for term in terms(question.text))


def test_reading_is_quick() -> None:
    """The longest question that can be asked is read in well under a tenth of a second."""
    text = ("khi nao bao nhieu " * 60)[: LONGEST_QUESTION - 5] + " nga"
    started = time.process_time()
    read_question(text)
    assert time.process_time() - started < 0.1


def test_every_listed_kind_is_one() -> None:
    """Each language lists words for each kind of answer, and for no other."""
    lists = _lists()
    for listed in (*(words["asks"] for words in lists["spaced"].values()), lists["unspaced"]):
        kinds = {name.split()[0] for name in listed} - {"nothing"}
        assert kinds == {kind.value for kind in AnswerType}
