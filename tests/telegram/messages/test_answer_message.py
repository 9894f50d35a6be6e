"""Rendering: texts and entities within Telegram's limits, quotes whole and byte for byte."""

# ruff: noqa: S311 - seeded, so that a failure comes again
import datetime as dt
import random
from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.citation import LEFT_OUT, LONGEST_SHOWN, http_url, sentence_link
from bot.telegram.messages.answer_message import MOST_MESSAGES, Context, View, heading, quoted, render
from bot.telegram.messages.entities import Entity
from bot.telegram.messages.pieces import Piece, pack, plain
from bot.telegram.messages.utf16 import cut, pieces
from bot.texts.refusals import refusal
from bot.texts.telegram import TelegramTexts, languages
from index.records import Dated
from index.text.segment import LONGEST_SENTENCE
from retrieval.records import Answer, Lead, Quote, Refusal, Status
from tests.telegram.strict import check_call, check_entities, utf16

ANY = st.characters(exclude_categories=["Cs"])
KNOWN = st.characters(exclude_categories=["Cs", "Cn"])  # `regex` knows letters of a later Unicode
VI, EN = languages()["vi"], languages()["en"]
WEB = "https://example.org/a"


def quote(text: str, **given_: object) -> Quote:
    """Make a quote of a text; the rest is filled in."""
    base = Quote(
        text, "tin.txt", None, None, None, None, 7, 0, len(text), 0.9, 3, tuple[tuple[int, int], ...]()
    )
    return replace(base, **given_)  # type: ignore[arg-type]


def found(*quotes: Quote) -> Answer:
    """Make an answer of quotes."""
    return Answer("q", Status.FOUND, quotes, (), None, 1.0, "g")


def spans(messages: tuple[Piece, ...], *kinds: str) -> list[str]:
    """Read the texts that entities of these kinds cover, by encoding to UTF-16 and cutting."""
    result = []
    for piece in messages:
        data = piece.text.encode("utf-16-le")
        result += [
            data[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
            for e in piece.entities
            if e.kind in kinds
        ]
    return result


def accepted(messages: tuple[Piece, ...]) -> None:
    """Let the strict server judge messages."""
    for piece in messages:
        entities = [
            {"type": e.kind, "offset": e.offset, "length": e.length} | ({"url": e.url} if e.url else {})
            for e in piece.entities
        ]
        check_call("sendMessage", {"chat_id": 1, "text": piece.text, "entities": entities})


QUOTATIONS = ("blockquote", "expandable_blockquote")


def test_what_leans_stands_behind_the_sentence_before() -> None:
    """Both are in one block, once, also where the sentences around it are opened; one line is cited."""
    shown = quote("Nó dài 73 mét.", lead=Lead("Tàu cập cảng.  ", 6), highlights=((7, 13),))
    (piece,) = render(View(found(shown)), VI)
    assert spans((piece,), *QUOTATIONS) == ["Tàu cập cảng.  Nó dài 73 mét."]
    assert spans((piece,), "bold") == ["73 mét"]
    assert piece.text.endswith(VI.line.format(line=6))
    (piece,) = render(View(found(shown), contexts={0: Context("Tàu cập cảng.", None)}), VI)
    assert piece.text.count("Tàu cập cảng.") == 1


def test_a_quote_stands_in_a_block_with_its_citation_below() -> None:
    """Sentence, bold words, title, outlet, date and link come out exactly."""
    sentence = "Hội nghị 🇺🇦 năm 2025 sẽ ở La Haye."
    shown = quote(
        sentence,
        title="Bế mạc",
        source="TTXVN",
        url=WEB,
        date=dt.date(2024, 7, 12),
        highlights=((sentence.index("La"), sentence.index(".")),),
    )
    (piece,) = render(View(found(shown)), VI)
    assert piece.text == f"{sentence}\nBế mạc · TTXVN · 12/7/2024"
    assert spans((piece,), "blockquote") == [sentence]
    assert spans((piece,), "bold") == ["La Haye"]
    assert spans((piece,), "text_link") == ["Bế mạc"]
    (link,) = [e.url for e in piece.entities if e.kind == "text_link"]
    assert link == sentence_link(WEB, sentence)
    accepted((piece,))


@pytest.mark.parametrize(
    ("how", "shown"),
    [
        (Dated.STATED, "12/7/2024"),
        (Dated.DATELINE, "12/7/2024"),
        (Dated.ADDRESS, "12/7/2024 (theo địa chỉ)"),
        (Dated.FILE_NAME, "12/7/2024 (theo tên tệp)"),
    ],
)
def test_an_inferred_day_says_so(how: Dated, shown: str) -> None:
    """A day that the document states is alone; any other has its origin."""
    (piece,) = render(View(found(quote("A.", date=dt.date(2024, 7, 12), dated=how))), VI)
    assert piece.text == f"A.\ntin.txt · {shown} · dòng 7"


def test_a_document_without_address_is_named_by_its_line() -> None:
    """No link is made up; the line says where to look."""
    (piece,) = render(View(found(quote("Một câu.")), openings={"tin.txt": "“Những chữ đầu…”"}), EN)
    assert piece.text == "Một câu.\n“Những chữ đầu…” · tin.txt · line 7"
    assert spans((piece,), "text_link") == []


def test_a_quote_of_a_paged_document_names_its_page() -> None:
    """With an address and without one; the link opens at the page."""
    named = "".join(piece.text for piece in quoted(quote("Câu.", page=3), EN))
    assert named.endswith("tin.txt · p. 3")
    (message,) = quoted(quote("Câu.", page=3, url="https://x.vn/a.pdf", title="Báo cáo"), VI)
    assert message.text.endswith("Báo cáo · tr. 3")
    assert [entity.url for entity in message.entities if entity.url] == ["https://x.vn/a.pdf#page=3"]


def test_several_quotes_are_numbered_and_the_same_news_is_cited_once_more() -> None:
    """Numbers follow the order of the answer; other places of the same text come below."""
    other = quote("A.", document="b.txt", title="Báo khác", line=2)
    (piece,) = render(View(found(quote("A.", also=(other,)), quote("B."))), VI)
    assert (
        piece.text
        == "A.\n[1] tin.txt · dòng 7\nCũng có ở: Báo khác · b.txt · dòng 2\n\nB.\n[2] tin.txt · dòng 7"
    )


def test_places_of_the_same_news_are_short_and_lead_there() -> None:
    """Outlet, day and link; five of them, then a number; whatever they are called, one message holds them."""
    others = tuple(
        quote(
            "A!", document=f"{n}.txt", title="Tít " * 20, source=f"Báo {n}", url=WEB, date=dt.date(2024, 9, n)
        )
        for n in range(1, 9)
    )
    (piece,) = render(View(found(quote("A.", also=others, also_more=4))), VI)
    assert piece.text == (
        "A.\ntin.txt · dòng 7\nCũng có ở: Báo 1 · 1/9/2024; Báo 2 · 2/9/2024; Báo 3 · 3/9/2024; "
        "Báo 4 · 4/9/2024; Báo 5 · 5/9/2024; 7 nơi khác"
    )
    assert spans((piece,), "text_link") == [f"Báo {n}" for n in range(1, 6)]
    assert {e.url for e in piece.entities if e.kind == "text_link"} == {sentence_link(WEB, "A!")}
    accepted((piece,))


@pytest.mark.parametrize("size", [10, 319, 320, 321, 2000])
def test_long_quotes_fold(size: int) -> None:
    """A long quotation is expandable, a short one is not."""
    kinds = {e.kind for p in render(View(found(quote("x" * size))), VI) for e in p.entities}
    assert ("expandable_blockquote" in kinds) == (size > 320)


def test_neighbours_stand_inside_the_quotation_in_italics() -> None:
    """The opened context differs from the quote in style, and both are exact."""
    view = View(found(quote("Giữa 😀.")), contexts={0: Context("Trước.", "Sau.")})
    messages = render(view, VI)
    assert spans(messages, *QUOTATIONS) == ["Trước.\nGiữa 😀.\nSau."]
    assert spans(messages, "italic")[:2] == ["Trước.", "Sau."]
    accepted(messages)


def test_nothing_found_says_so_and_hides_what_is_related() -> None:
    """The related sentences appear only when opened, under a heading that says what they are."""
    answer = Answer("q", Status.NOT_FOUND, (), (quote("Gần đúng."),), None, 1.0, "g")
    closed = render(View(answer, collection="Có 5 tài liệu."), VI)
    assert [p.text for p in closed] == [f"{VI.not_found}\n\nCó 5 tài liệu."]
    nothing = render(View(replace(answer, related=(), near=False)), VI)
    assert [p.text for p in nothing] == [VI.nothing]
    opened = render(View(answer, related=True), VI)
    assert VI.related_heading in opened[0].text
    assert spans(opened, "blockquote") == ["Gần đúng."]


def test_a_refused_question_is_told_so_in_the_persons_language() -> None:
    """Each reason is a sentence of its own, in the language of the reader."""
    for reason in Refusal:
        answer = Answer("q", Status.REFUSED, (), (), reason, 1.0, "g")
        told = [render(View(answer), texts)[0].text for texts in (VI, EN)]
        assert told == [refusal(reason, "vi"), refusal(reason, "en")]
    assert len({refusal(reason, language) for reason in Refusal for language in ("vi", "en")}) == 8


NASTY = (
    "<b>bold</b>", "</blockquote>", "&amp;&lt;", "*_`[x](y)", "\\", "@channel /stop tg://resolve?domain=x",
    "http://a.example", "\u202eabc\u202c", "a\u0301\u0323" * 40, "👨‍👩‍👧‍👦" * 30, "🇻🇳🇺🇦" * 20, "\u200bzero",
    "q" * 5000, "ậ" * 4096, "'\"; DROP TABLE", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "&" * 4096, "\ufeffbom", "%s {0} {name}", "நி" * 50,
)  # fmt: skip


@pytest.mark.parametrize("block", range(10))
def test_nasty_strings_stay_what_they_are(block: int) -> None:
    """S2: markup, mentions and odd characters in any field change neither text nor links (10 x 50)."""
    for seed in range(50 * block, 50 * block + 50):
        check_nasty(random.Random(seed))


def check_nasty(draw: random.Random) -> None:
    """Render one nasty answer and compare."""
    text = "".join(draw.choices(NASTY, k=draw.randint(1, 4))).strip()[:LONGEST_SHOWN].strip()
    title, source, question = (draw.choice(NASTY) for _ in range(3))
    url = draw.choice(
        [None, WEB, "javascript:alert(1)", "tg://resolve?domain=x", "https://", "https://a b.c"]
    )
    shown = quote(text, title=title, source=source, url=url)
    messages = render(View(found(shown, quote("B.")), understood=question), VI)
    accepted(messages)
    assert "".join(spans(messages, *QUOTATIONS)) == text + "B."
    links = [e.url for p in messages for e in p.entities if e.url]
    at_place = sentence_link(WEB, text)
    assert links == ([at_place if len(at_place) <= 2048 else WEB] if url == WEB else [])


@settings(max_examples=2000, deadline=None)
@given(
    st.text(ANY, min_size=1, max_size=300),
    st.text(ANY, max_size=60),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6),
)
def test_any_text_is_quoted_exactly(text: str, title: str, marks: list[tuple[int, int]]) -> None:
    """S2: whatever a document contains, the block quotation has it and the server takes it (2,000)."""
    text = text.strip() or "x"
    ordered = sorted({point for pair in marks for point in pair if point <= len(text)})
    ranges = tuple(zip(ordered[::2], ordered[1::2], strict=False))
    messages = render(View(found(quote(text, title=title or None, highlights=ranges))), EN)
    accepted(messages)
    assert "".join(spans(messages, *QUOTATIONS)) == text


@pytest.mark.parametrize("number", range(30))
def test_live_text_is_left_alone(number: int) -> None:
    """S3: names, commands and addresses in a quote get no link from us, and stay byte for byte (30)."""
    live = ("@someone", "/start", "http://a.example", "tg://resolve?domain=x", "#tag", "a@b.example")
    text = f"Câu {number}: {live[number % 6]} và {live[(number * 5 + 1) % 6]}."
    messages = render(View(found(quote(text))), VI)
    assert spans(messages, *QUOTATIONS) == [text]
    assert not [e for p in messages for e in p.entities if e.url or e.kind not in (*QUOTATIONS, "italic")]


def long_text(draw: random.Random, size: int) -> str:
    """Make a text of about `size` units from one of several families."""
    family = draw.randrange(6)
    if family == 0:
        return "x" * size
    if family == 1:
        return "👨‍👩‍👧‍👦" * (size // 11 + 1)
    if family == 2:
        return "e\u0301\u0323" * (size // 3 + 1)
    if family == 3:
        return "&" * size
    if family == 4:
        return "🇻🇳" * (size // 4 + 1)
    return " ".join("tiếng" * draw.randint(1, 3) for _ in range(size // 8 + 1))


@pytest.mark.parametrize("block", range(10))
def test_long_answers_are_cut_where_nobody_sees_it(block: int) -> None:
    """S4: pieces within 4,096 units, no grapheme or pair cut, joined they are whole, each cited (10 x 50)."""
    for seed in range(50 * block, 50 * block + 50):
        check_long(random.Random(seed))


def check_long(draw: random.Random) -> None:
    """Render one quote after another, each alone, and look at every cut."""
    for number in range(2):
        size = draw.choice([1, 50, 320, 1500, 2000, 4000])
        text = long_text(draw, size)[:LONGEST_SENTENCE]
        messages = quoted(quote(text, title=f"T{number}", line=number), VI)
        accepted(messages)
        assert "".join(spans(messages, *QUOTATIONS)) == text
        assert messages[-1].text.endswith(f"T{number} · tin.txt · dòng {number}")
        edges = {found_.start() for found_ in regex.finditer(r"\X", text)}
        position = 0
        for part in spans(messages, *QUOTATIONS):
            assert position in edges
            position += len(part)


@pytest.mark.parametrize(
    ("texts", "said"),
    [(VI, "đã cắt bớt; cả câu dài 1.890 ký tự"), (EN, "cut; the whole sentence is 1,890 characters")],
)
def test_a_very_long_quote_is_cut_among_others(texts: TelegramTexts, said: str) -> None:
    """Visibly, around the words that answer, and its citation says so; by itself it is whole."""
    text = "Quốc hội thông qua luật và " * 69 + "La Haye là nơi họp. Xin hết"
    place = text.index("La Haye"), text.index("La Haye") + 7
    long = quote(text, highlights=(place,), answer=place)
    (message,) = render(View(found(long)), texts)
    (shown,) = spans((message,), *QUOTATIONS)
    assert shown.startswith(LEFT_OUT) and shown.removeprefix(f"{LEFT_OUT} ") in text
    assert len(shown) < LONGEST_SHOWN + 10
    assert spans((message,), "bold") == ["La Haye"]
    assert message.text.endswith(f" · {said}")
    (message,) = quoted(long, texts)
    assert message.text.startswith(f"{text}\n") and said not in message.text


def crowded(character: str, address: str) -> View:
    """Return the most that an answer can hold, of one character, each document at an address."""
    text = (character * 2000)[:2000]
    also = tuple(quote("A!", source=character * 200, url=address, document=f"{n}.txt") for n in range(30))
    quotes = [
        quote(
            text, document=f"{n}.txt", title=character * 200, source=character * 200, url=address, also=also
        )
        for n in range(9)
    ]
    return View(
        found(*quotes),
        shown=9,
        contexts={n: Context(text, text) for n in range(9)},
        asked=text[:1000],
        understood=text[:1000],
    )


@pytest.mark.parametrize("character", ["a", "a ", "😀", "e\u0301", "🇻🇳"])
@pytest.mark.parametrize("address", [WEB, f"{WEB}/{'b' * 3000}"])
def test_an_answer_is_never_more_than_a_few_messages(character: str, address: str) -> None:
    """However long and many its quotes, neighbours, places and addresses are; each quote is cited."""
    messages = render(crowded(character, address), VI)
    accepted(messages)
    assert len(messages) <= MOST_MESSAGES == 5
    whole = "".join(message.text for message in messages)
    assert [f"[{n}] " in whole for n in range(1, 10)] == [True] * 9
    assert whole.count("cả câu dài 2.000 ký tự") == 9


def test_sentences_are_cut_no_shorter_than_must_be() -> None:
    """Nine very long ones keep a thousand characters each; with their neighbours, half of that."""
    neighbours = {n: Context("Trước " * 300, "Sau " * 400) for n in range(9)}
    for count, contexts, longest in ((3, {}, 1000), (9, {}, 1000), (9, neighbours, 500)):
        view = View(found(*[quote("tiếng " * 330)] * count), shown=count, contexts=contexts)
        messages = render(view, VI)
        assert len(messages) <= MOST_MESSAGES
        for each in spans(messages, *QUOTATIONS):
            assert longest - 50 < 6 * each.count("tiếng") <= longest


@settings(max_examples=500, deadline=None)
@given(st.text(KNOWN, max_size=80), st.integers(1, 40))
def test_a_cut_falls_between_graphemes(text: str, limit: int) -> None:
    """Against the `regex` module's graphemes: a cut inside one happens only where one is over the limit."""
    position = 0
    edges = {found_.start() for found_ in regex.finditer(r"\X", text)} | {len(text)}
    for part in pieces(text, limit):
        longest = max(utf16(found_.group()) for found_ in regex.finditer(r"\X", text))
        assert utf16(part) <= max(limit, 2)
        position += len(part)
        assert position in edges or longest > limit
    assert "".join(pieces(text, limit)) == text


def test_a_cut_prefers_white_space() -> None:
    """Words stay whole if there is white space nearby."""
    text = "một hai ba"
    assert text[: cut(text, 9)] == "một hai "


def test_messages_hold_at_most_a_hundred_entities() -> None:
    """Blocks with many entities go to further messages instead of losing some."""
    block = Piece("ab" * 30, tuple(Entity("bold", i, 1) for i in range(30)))
    messages = pack([block] * 7)
    assert [len(p.entities) for p in messages] == [90, 90, 30]
    assert sum(p.text.count("ab") for p in messages) == 7 * 30


def test_our_own_long_lists_are_cut() -> None:
    """A list of any length becomes messages that the server takes."""
    messages = plain("\n".join(f"dòng {i}" for i in range(2000)))
    accepted(messages)
    assert len(messages) > 1
    assert messages[-1].text.endswith("dòng 1999")


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        (WEB, True), ("http://a.example/x#y", True), ("ftp://a.example", False), ("//a.example", False),
        ("javascript:alert(1)", False), ("https://a.example/x y", False), ("https://", False),
        ("http://[bad", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None, usable: bool) -> None:
    """Anything but http(s) with a host is shown as text only."""
    assert (http_url(url) is not None) == usable


def test_text_fragments_name_the_sentence() -> None:
    """Short sentences whole, long ones by their ends; what has a meaning in the directive is encoded."""
    assert sentence_link(WEB, "Một, hai - ba & bốn.") == (
        f"{WEB}#:~:text=M%E1%BB%99t%2C%20hai%20%2D%20ba%20%26%20b%E1%BB%91n."
    )
    long = sentence_link("https://a.example/#x", " ".join(f"w{i}" for i in range(60)))
    assert long == "https://a.example/#x:~:text=w0%20w1%20w2%20w3%20w4,w55%20w56%20w57%20w58%20w59"


def test_headings_are_short_and_do_not_repeat_the_quote() -> None:
    """Title, else first words, else the name; never first words that are the quote itself."""
    assert heading(quote("Câu.", title="Một  đề\nmục"), "x") == "Một đề mục"
    assert heading(quote("Khác."), "“Những chữ đầu…”") == "“Những chữ đầu…”"
    assert heading(quote("Những chữ đầu là đây."), "“Những chữ đầu…”") == "tin.txt"
    assert heading(quote("x", title="dài " * 60), None) == ("dài " * 17).strip() + "…"


def test_a_single_quote_renders_for_inline_use() -> None:
    """One quote without number."""
    (piece,) = quoted(quote("Câu.", title="T"), EN)
    assert piece.text == "Câu.\nT · tin.txt · line 7"


def test_the_judge_of_entities_judges() -> None:
    """The strict check refuses what these tests rely on it to refuse."""
    for entities in (
        [{"type": "bold", "offset": 0, "length": 9}],
        [{"type": "bold", "offset": 1, "length": 1}],
        [
            {"type": "blockquote", "offset": 0, "length": 4},
            {"type": "expandable_blockquote", "offset": 2, "length": 2},
        ],
        [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 2}],
        [{"type": "text_link", "offset": 0, "length": 2}],
        [{"type": "shiny", "offset": 0, "length": 2}],
    ):
        with pytest.raises(Exception, match="Bad Request"):
            check_entities("😀ab" if entities[0]["offset"] else "abcd", entities)
