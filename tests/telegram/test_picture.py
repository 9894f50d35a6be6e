"""The developer's view of messages shows what Telegram shows, and escapes everything."""

from tests.telegram.picture import Line, marked, page
from tests.telegram.world import BOT, Person


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    """Make an entity."""
    return {"type": kind, "offset": offset, "length": length, **more}


def test_entities_nest_as_their_offsets_say() -> None:
    """Offsets count UTF-16 units, inner entities stand inside outer ones, text is escaped."""
    entities = [
        entity("bold", 2, 4),
        entity("blockquote", 0, 9),
        entity("text_link", 10, 3, url='https://a.b/?c="d"'),
    ]
    assert marked("😀<b>x&zw abc", entities) == (
        "<blockquote><div>😀<b>&lt;b&gt;x</b>&amp;zw</div></blockquote> "
        '<a href="https://a.b/?c=&quot;d&quot;">abc</a>'
    )


def test_a_page_has_both_sides_and_the_buttons() -> None:
    """Mine on the right, the bot's with its keyboard, notes in between."""
    mine = {"message_id": 1, "from": Person(5).json(), "chat": {"id": 5}, "text": "hỏi"}
    keyboard = {
        "inline_keyboard": [[{"text": "Thêm", "callback_data": "m"}, {"text": "Chép", "copy_text": {}}]]
    }
    theirs = {"message_id": 2, "from": BOT, "chat": {"id": 5}, "text": "đáp", "reply_markup": keyboard}
    shown = page([Line(mine), Line(note="hôm sau"), Line(theirs)], "Trích Dẫn")
    assert '<div class="row mine">' in shown
    assert "<span>Thêm</span><span>⧉ Chép</span>" in shown
    assert '<div class="toast">hôm sau</div>' in shown
