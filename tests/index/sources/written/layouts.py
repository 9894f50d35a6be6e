"""Web pages of many layouts, with segments that a reader wants and that are none of the text."""

from collections.abc import Sequence
from typing import NamedTuple

_MENU = ("Trang chủ", "Thời sự quốc tế", "Kinh doanh và đầu tư", "Đời sống gia đình", "Liên hệ quảng cáo")
_MORE = (
    "Giá xăng dầu tiếp tục giảm từ chiều mai trên cả nước", "Đội tuyển nữ giành vé vào vòng chung kết châu Á",
    "Mưa lớn gây ngập nhiều tuyến đường ở thành phố",
)  # fmt: skip
_FOOT = "Bản quyền thuộc về Báo Thử, mọi sao chép phải ghi rõ nguồn."
_ADVERT = "Đăng ký nhận bản tin hằng ngày để không bỏ lỡ tin nào."
TEXT = (
    "Hội đồng nhân dân thành phố vừa thông qua nghị quyết về giá vé xe buýt cho học sinh và người cao tuổi.",
    "Theo nghị quyết, học sinh được giảm một nửa giá vé tháng, còn người từ sáu mươi tuổi được đi miễn phí.",
    "Sở Giao thông cho biết mỗi năm ngân sách chi thêm khoảng bốn mươi tỷ đồng cho chính sách này.",
    "Nghị quyết có hiệu lực từ ngày một tháng chín, đúng dịp bắt đầu năm học mới.",
)
ITEMS = (
    "Thẻ học sinh còn hạn sử dụng.", "Một ảnh chân dung cỡ ba nhân bốn.", "Đơn đăng ký có chữ ký của phụ huynh.",
)  # fmt: skip


class Layout(NamedTuple):
    """A page: what it is called, its HTML, and segments that are wanted and unwanted."""

    name: str
    html: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def _ps(texts: Sequence[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _links(texts: Sequence[str]) -> str:
    return "<ul>" + "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(texts)) + "</ul>"


def _list(texts: Sequence[str], name: str = "ul") -> str:
    return f"<{name}>" + "".join(f"<li>{text}</li>" for text in texts) + f"</{name}>"


def _page(body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Giá vé xe buýt</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def layouts() -> list[Layout]:
    """Return the pages."""
    around = (*_MENU[1:], *_MORE, _FOOT)
    nav, more = f"<nav>{_links(_MENU)}</nav>", f"<aside><h3>Tin khác</h3>{_links(_MORE)}</aside>"
    foot = f"<footer><p>{_FOOT}</p></footer>"
    divs = f'<div class="top-menu">{_links(_MENU)}</div>', f'<div class="related">{_links(_MORE)}</div>'
    article = f"<h1>Giá vé xe buýt</h1>{_ps(TEXT[:2])}<h2>Hồ sơ đăng ký</h2>{_list(ITEMS)}{_ps(TEXT[2:])}"
    inside = (*TEXT, *ITEMS, "Hồ sơ đăng ký")
    notice = "Phòng khám nghỉ lễ từ ngày ba mươi tháng tư đến hết ngày một tháng năm."
    terms = [
        ("Bên A", "Công ty cho thuê xe có trụ sở tại Huế."),
        ("Bên B", "Người thuê xe có giấy phép lái xe."),
    ]
    defined = "<dl>" + "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in terms) + "</dl>"
    table = (
        "<table><tr><th>Tuyến</th><th>Giá vé</th></tr><tr><td>Số 01 bến xe phía Nam</td><td>7.000 đồng</td></tr>"
        "<tr><td>Số 02 bến xe phía Bắc</td><td>9.000 đồng</td></tr></table>"
    )
    rows = ("Số 01 bến xe phía Nam\t7.000 đồng", "Số 02 bến xe phía Bắc\t9.000 đồng")
    hidden = "Giá vé thật là một nghìn đồng cho mọi người."
    return [
        Layout("article", _page(f"{nav}<main><article>{article}</article></main>{more}{foot}"), inside, around),
        Layout("divs", _page(f'{divs[0]}<div class="content"><div class="post">{article}</div></div>{divs[1]}{foot}'), inside, around),
        Layout("plain", _page(article), inside, ()),
        Layout("no class", _page(f"<div>{_links(_MENU)}</div><div>{article}</div><div>{_links(_MORE)}</div><div>{_FOOT}</div>"), inside, (*_MENU[1:], *_MORE)),
        Layout("laid out by tables", _page(f"<table><tr><td>{_links(_MENU)}</td><td>{article}</td></tr></table>"), inside, _MENU[1:]),
        Layout("rules", _page(f"<h1>Quy chế</h1>{_ps(TEXT[:1])}<h2>Hồ sơ đăng ký</h2>{_list(ITEMS, 'ol')}<h2>Bảng giá</h2>{table}{_ps(TEXT[3:])}"),
               (TEXT[0], TEXT[3], *ITEMS, "Bảng giá", *rows), ("|", "- Thẻ")),
        Layout("definitions", _page(f"<h1>Hợp đồng thuê xe</h1>{_ps(TEXT[:2])}{defined}{_ps(TEXT[2:])}"), (*TEXT, *(said for _, said in terms), "Bên A"), ()),
        Layout("list at the end", _page(f"{nav}<div id='c'>{_ps(TEXT)}{_list(ITEMS)}</div>{foot}"), (*TEXT, *ITEMS), around[:4]),
        Layout("short", _page(f"{nav}<article><h1>Nghỉ lễ</h1><figure><img src='a.png'><figcaption>Ảnh: phòng khám.</figcaption></figure><p>{notice}</p></article>{foot}"),
               (notice, "Nghỉ lễ"), (*around[:4], f"Nghỉ lễ {notice}", f"khám. {notice}")),
        Layout("short without article", _page(f"<h1>Nghỉ lễ</h1><p>{notice}</p>"), (notice,), (f"Nghỉ lễ {notice}",)),
        Layout("list alone", _page(f"<h1>Hồ sơ đăng ký</h1>{_list(ITEMS)}"), ITEMS, ()),
        Layout("share and tags", _page(f"{nav}<article>{_ps(TEXT)}<div class='share'><a href='#'>Chia sẻ lên mạng</a></div><ul class='tags'><li><a href='/t'>xe buýt thành phố</a></li></ul><div class='newsletter'><p>{_ADVERT}</p></div></article>{more}{foot}"),
               TEXT, (*around, "Chia sẻ lên mạng", "xe buýt thành phố", _ADVERT)),
        Layout("hidden by style", _page(f"<article>{_ps(TEXT)}<p style='display: none'>{hidden}</p><p style='visibility:hidden'>{hidden}</p><p hidden>{hidden}</p></article>"), TEXT, (hidden,)),
        Layout("hidden by class", _page(f"<article>{_ps(TEXT)}<p class='x y'>{hidden}</p><div id='z'><p>{hidden}</p></div></article>",
               "<style>.x.y{display:none} @media print{p{display:none}} #z , .q { position:absolute; left:-9999px }</style>"), TEXT, (hidden,)),
        Layout("hidden by colour", _page(f"<article>{_ps(TEXT)}<p style='color:#fff'>{hidden}</p><p style='font-size:0'>{hidden}</p><p style='opacity:0'>{hidden}</p></article>"), TEXT, (hidden,)),
        Layout("white on dark", _page(f"<div style='background:#000;color:#fff'><article>{_ps(TEXT)}</article></div>"), TEXT, ()),
        Layout("seen to be shown later", _page(f"<div><article>{_ps(TEXT)}</article></div>", "<style>body{opacity:0}</style>"), TEXT, ()),
        Layout("quotes and code", _page(f"{nav}<article>{_ps(TEXT[:2])}<blockquote><p>{TEXT[2]}</p></blockquote><pre>gia = 7000</pre>{_ps(TEXT[3:])}</article>"), (*TEXT, "gia = 7000"), (*around[:4], "> ")),
        Layout("questions", _page(f"{nav}<main><details><summary>Ai được giảm giá?</summary><p>{TEXT[1]}</p></details><details><summary>Từ bao giờ?</summary><p>{TEXT[3]}</p></details></main>{foot}"),
               (TEXT[1], TEXT[3], "Ai được giảm giá?", "Từ bao giờ?"), around[:4]),
        Layout("sections", _page(f"<header>{_links(_MENU)}</header><section><h2>Mức giảm</h2>{_ps(TEXT[:2])}</section><section><h2>Hồ sơ đăng ký</h2>{_list(ITEMS)}</section><section><h2>Hiệu lực</h2>{_ps(TEXT[2:])}</section>{foot}"),
               (*inside, "Mức giảm", "Hiệu lực"), around[:4]),
    ]  # fmt: skip
