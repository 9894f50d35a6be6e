"""Recorded messages as a page in Telegram's look: to see what a change does, and for the documentation.

python -m tests.telegram.picture FOLDER             # pages of a few conversations, over the small collection
python -m tests.telegram.picture FOLDER --real      # over the sample collection, with the real answerer
python -m tests.telegram.picture FOLDER --pictures  # and pictures of them, by a headless Chromium
"""

import html
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.telegram.strict import Json
from tests.telegram.world import BOT

_WIDTH = 460
_TAGS = {"bold": "b", "italic": "i", "code": "code", "underline": "u", "strikethrough": "s"}
_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 460px; font: 15px/1.33 Roboto, "Noto Sans", sans-serif, "Noto Color Emoji"; color: #000;
  background: linear-gradient(160deg, #dbe7c9, #b9d3b4 45%, #a8c8bd 75%, #cbdcae) }
header { background: #517da2; color: #fff; padding: 9px 14px; display: flex; gap: 11px; align-items: center }
header span { width: 38px; height: 38px; border-radius: 50%; background: #7fb1d8; display: grid;
  place-items: center; font-size: 20px; font-weight: 600 }
header small { display: block; opacity: .75; font-size: 13px }
main { padding: 10px 9px 14px; display: flex; flex-direction: column; gap: 7px }
.row { max-width: 92%; align-self: flex-start }
.row.mine { align-self: flex-end }
.bubble { background: #fff; border-radius: 14px 14px 14px 5px; padding: 6px 11px 5px; display: flow-root;
  box-shadow: 0 1px 1.5px rgba(40,60,40,.28); white-space: pre-wrap; overflow-wrap: anywhere }
.mine .bubble { background: #effdde; border-radius: 14px 14px 5px 14px }
.reply { border-left: 3px solid #3c8fd0; background: rgba(60,143,208,.09); border-radius: 4px;
  padding: 2px 8px; margin: 2px 0 5px; font-size: 13.5px; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis }
.reply b { color: #3c8fd0; display: block; font-weight: 600 }
blockquote { display: block; position: relative; border-left: 3px solid #3c8fd0; border-radius: 4px;
  background: rgba(60,143,208,.09); padding: 4px 24px 5px 9px; margin: 3px 0 }
blockquote::after { content: "”"; position: absolute; right: 7px; top: 2px; color: #3c8fd0;
  font: 700 22px/1 Georgia, serif }
blockquote.fold::before { content: "⌄"; position: absolute; right: 8px; bottom: 3px; color: #3c8fd0 }
blockquote.fold > div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
  overflow: hidden }
blockquote.open > div { display: block }
a { color: #2481cc; text-decoration: none }
time { float: right; font-size: 11.5px; color: #9aa5ad; margin: 4px 0 0 10px }
.mine time { color: #62ac55 }
.keys { display: grid; gap: 4px; margin-top: 4px }
.keys div { display: flex; gap: 4px }
.keys span { flex: 1; text-align: center; color: #fff; background: rgba(60,85,70,.48);
  border-radius: 7px; padding: 7px 5px; font-size: 13.5px; font-weight: 500; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis }
.reaction { clear: both; padding: 2px 0 3px } .reaction span { background: #d5f1c9; border-radius: 11px;
  padding: 1px 8px 2px; font-size: 15px }
.who { color: #c46a2b; display: block; font-size: 13.5px }
.toast { align-self: center; background: rgba(60,85,70,.55); color: #fff; border-radius: 12px;
  padding: 3px 11px; font-size: 13px; text-align: center }
"""


@dataclass(frozen=True)
class Line:
    """One visible thing: a message as it is, or a note of what happened between two."""

    message: Json | None = None
    note: str | None = None
    unfolded: bool = False
    reaction: str | None = None
    other: bool = False  # somebody else in a group, on the left with a name


def marked(text: str, entities: list[Json]) -> str:
    """Return the text as HTML with its entities nested as Telegram nests them."""
    data = text.encode("utf-16-le")
    ordered = sorted(entities, key=lambda e: (e["offset"], -e["length"]))

    def part(start: int, end: int, inner: list[Json]) -> str:
        written, at = [], start
        while inner:
            first, *rest = inner
            last = first["offset"] + first["length"]
            within = [e for e in rest if e["offset"] < last]
            inner = rest[len(within) :]
            written.append(_plain(data, at, first["offset"]))
            written.append(_tag(first, part(first["offset"], last, within)))
            at = last
        return "".join([*written, _plain(data, at, end)])

    return part(0, len(data) // 2, ordered)


def _plain(data: bytes, start: int, end: int) -> str:
    return html.escape(data[2 * start : 2 * end].decode("utf-16-le"))


def _tag(entity: Json, inside: str) -> str:
    kind = entity["type"]
    if kind == "blockquote":
        return f"<blockquote><div>{inside}</div></blockquote>"
    if kind == "expandable_blockquote":
        return f'<blockquote class="fold"><div>{inside}</div></blockquote>'
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"], quote=True)}">{inside}</a>'
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{inside}</{_TAGS[kind]}>"
    return f"<a>{inside}</a>"


def bubble(line: Line, minute: int) -> str:
    """Return one line of the conversation as HTML."""
    if line.message is None:
        return f'<div class="toast">{html.escape(line.note or "")}</div>'
    message = line.message
    mine = message["from"]["id"] != BOT["id"] and not line.other
    who = f'<b class="who">{html.escape(message["from"]["first_name"])}</b>' if line.other else ""
    replied = message.get("reply_to_message")
    reply = ""
    if replied:
        name = html.escape(replied["from"]["first_name"])
        said = replied.get("text") or replied.get("caption") or replied["document"]["file_name"]
        reply = f'<div class="reply"><b>{name}</b>{html.escape(said[:90])}</div>'
    text = marked(message.get("text", ""), message.get("entities", []))
    text = text.replace("</blockquote>\n", "</blockquote>")
    if line.unfolded:
        text = text.replace('class="fold"', 'class="open"')
    clock = f"09:{minute:02}" + (" ✓✓" if mine else "")
    edited = "đã sửa " if "edit_date" in message and not mine else ""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "".join(
        "<div>" + "".join(f"<span>{html.escape(_label(button))}</span>" for button in row) + "</div>"
        for row in rows
    )
    return (
        f'<div class="row{" mine" if mine else ""}"><div class="bubble">{who}{reply}{text}'
        f"<time>{edited}{clock}</time>{_reaction(line)}</div>"
        f"{f'<div class=keys>{keys}</div>' if keys else ''}</div>"
    )


def _reaction(line: Line) -> str:
    return f'<div class="reaction"><span>{line.reaction}</span></div>' if line.reaction else ""


def _label(button: Json) -> str:
    mark = (
        "↗ " if "switch_inline_query" in button or "url" in button else "⧉ " if "copy_text" in button else ""
    )
    return mark + str(button["text"])


def page(lines: list[Line], title: str, subtitle: str = "bot") -> str:
    """Return a whole page of one conversation."""
    body = "\n".join(bubble(line, 10 + i // 2) for i, line in enumerate(lines))
    return (
        f'<!doctype html><meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
        f"<header><span>{html.escape(title[0])}</span><div><b>{html.escape(title)}</b>"
        f"<small>{html.escape(subtitle)}</small></div></header><main>{body}</main>"
    )


def take_picture(source: Path, target: Path) -> None:
    """Let Chromium draw a page, cut to its content."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("no Chromium found")
    height = _height(browser, source)
    with tempfile.TemporaryDirectory() as profile:
        _run(browser, profile, f"--window-size={_WIDTH},{height}", f"--screenshot={target}", source.as_uri())


def _height(browser: str, source: Path) -> int:
    """Ask Chromium how high the page is, by a copy of it that writes that into its title."""
    script = "<script>document.title = 'height ' + document.body.scrollHeight</script>"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "page.html"
        copy.write_text(source.read_text("utf-8") + script, "utf-8")
        dumped = _run(browser, folder, f"--window-size={_WIDTH},400", "--dump-dom", copy.as_uri())
    return int(dumped.split("<title>height ")[1].split("<")[0])


def _run(browser: str, profile: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - found on the path just now
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--force-device-scale-factor=1.5", f"--user-data-dir={profile}", *arguments],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout


def main() -> None:
    """Hold the conversations and write their pages."""
    from tests.telegram.conversations import hold

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines, title, subtitle in hold(real="--real" in sys.argv):
        written = folder / f"{name}.html"
        written.write_text(page(lines, title, subtitle), "utf-8")
        if "--pictures" in sys.argv:
            take_picture(written, folder / f"{name}.png")


if __name__ == "__main__":
    main()
