"""Web pages: what a reader of the page sees of its main text, and nothing else."""

import pytest

from index.errors import SourceError
from index.records import Document
from index.remarks import RemarkKind, counted
from index.sources.markup.trees import parse_html, text_of
from index.sources.web.hidden import take_hidden_out
from index.sources.web.html import page_document
from index.text.prose import GAP
from tests.index.sources.written.layouts import TEXT, Layout, layouts


def read(page: str) -> Document:
    """Return what is read of a page."""
    return page_document(page.encode(), "a.html", "a.html")


def article(*more: str, head: str = "") -> str:
    """Write a page."""
    texts = "".join(f"<p>{text}</p>" for text in TEXT)
    return f"<html><head>{head}</head><body><article>{texts}{''.join(more)}</article></body></html>"


@pytest.mark.parametrize("layout", layouts(), ids=[layout.name for layout in layouts()])
def test_every_layout(layout: Layout) -> None:
    """What is wanted stands each in a paragraph, what is not is not there."""
    text = read(layout.html).text
    blocks = text.split("\n\n")
    assert [each for each in layout.wanted if not any(each in block for block in blocks)] == []
    assert [each for each in layout.unwanted if each in text] == []


@pytest.mark.parametrize(
    ("hidden", "head"),
    [
        ('<p style="DISPLAY : None !important">x</p>', ""), ('<p hidden="until-found">x</p>', ""),
        ('<p style="position:absolute;left:-999em">x</p>', ""), ('<p style="text-indent:-9999px">x</p>', ""),
        ('<p style="position:absolute;clip:rect(0,0,0,0)">x</p>', ""), ('<p style="clip-path:inset(50%)">x</p>', ""),
        ('<p style="height:1px;overflow:hidden">x</p>', ""), ('<p style="color:rgb(255, 255, 255)">x</p>', ""),
        ('<div bgcolor="white"><p style="color:white">x</p></div>', "<link rel=stylesheet href=a.css>"),
        ('<p class="b">x</p>', "<style>p.b,i{visibility:hidden}</style>"),
        ('<div id="c"><p>x</p></div>', "<style>/* a{} */ @font-face{a:b} #c{display:none}</style>"),
    ],
)  # fmt: skip
def test_hidden_text_is_left_out_and_counted(hidden: str, head: str) -> None:
    """However it is hidden; what follows it is not."""
    inside = hidden.replace(">x<", ">Một câu không ai thấy trên trang này.<")
    found = read(article(f"<div>{inside}Câu này đứng ngay sau chỗ giấu.</div><p>{TEXT[0]}</p>", head=head))
    assert "không ai thấy" not in found.text
    assert "Câu này đứng ngay sau chỗ giấu." in found.text
    (said,) = found.remarks
    assert (said.kind, said.count, said.samples) == (
        RemarkKind.HIDDEN,
        1,
        ("Một câu không ai thấy trên trang này.",),
    )


@pytest.mark.parametrize(
    ("seen", "head"),
    [
        ('<p aria-hidden="true">x</p>', ""), ('<p style="color:#fff;background:#900">x</p>', ""),
        ('<div style="background:url(a.png)"><p style="color:#fff">x</p></div>', ""),
        ('<p style="color:#fff">x</p>', "<link rel=stylesheet href=a.css>"),
        ('<p class="b">x</p>', "<style>@media print{.b{display:none}} .b .c{display:none}</style>"),
        ('<p class="b">x</p>', '<style media="print">.b{display:none}</style>'),
        ('<p style="left:-9999px;opacity:.5">x</p>', ""), ('<p style="margin:0;height:20px;overflow:hidden">x</p>', ""),
    ],
)  # fmt: skip
def test_what_is_seen_is_read(seen: str, head: str) -> None:
    """Also where it is hidden from programs that read aloud, in print, or on a ground that nobody knows."""
    inside = seen.replace(">x<", ">Một câu mà người đọc trang này vẫn thấy rõ ràng.<")
    assert "vẫn thấy rõ ràng" in read(article(inside, head=head)).text


def test_equations_are_read_once() -> None:
    """As one writes them on a line, also where they are drawn besides; a picture of one is marked."""
    math = "<math><msup><mi>r</mi><mn>2</mn></msup></math>"
    drawn = f'<span class="katex"><span class="katex-mathml">{math}</span><span aria-hidden="true">r2</span></span>'
    wiki = f'<span class="mwe-math-element"><span style="display:none">{math}</span><img alt="r^2"></span>'
    picture = '<img class="tex" alt="r">'
    said = "<p>Diện tích của hình tròn bán kính đã cho là {}, trong đó số pi được làm tròn.</p>"
    found = read(article(*(said.format(each) for each in (math, drawn, wiki, picture))))
    blocks = [block for block in found.text.split("\n\n") if "Diện tích" in block]
    assert [block.split(" là ")[1].split(",")[0] for block in blocks] == ["r²", "r²", "r²", GAP]
    assert counted(found.remarks) == {RemarkKind.LINEAR_EQUATIONS: 3, RemarkKind.EQUATIONS: 1}


def test_a_page_of_menus() -> None:
    """It has no text, also where its links are many."""
    links = "".join(f'<li><a href="/{n}">Một mục dài của thực đơn số {n}</a></li>' for n in range(30))
    with pytest.raises(SourceError, match="no main text"):
        read(f"<html><body><nav><ul>{links}</ul></nav><div><ul>{links}</ul></div></body></html>")


def test_what_is_hidden_goes_alone() -> None:
    """What follows it stays where it was, and no name of an element is taken for another's."""
    root = parse_html(
        "<body>a<p>b<i hidden>x</i> c<i hidden>y<b hidden>z</b></i>d</p><gone>e</gone><p hidden>w</p> f</body>"
    )
    assert root is not None
    assert take_hidden_out(root) == ["x", "yz", "w"]
    assert text_of(root).split() == ["a", "b", "cd", "e", "f"]
