"""A few conversations worth looking at, held with a bot over the loopback server."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.texts.telegram import languages
from tests.telegram.picture import Line
from tests.telegram.process import FAKE, BotProcess
from tests.telegram.server import Loopback
from tests.telegram.strict import Json
from tests.telegram.world import BOT, Person, group

REAL = ("-c", "from bot.cli import main; main()", "bot")
VI, EN = languages()["vi"], languages()["en"]
Conversation = tuple[str, list[Line], str, str]


class Talk:
    """One conversation as it grows."""

    def __init__(self, bot: BotProcess, person: Person, chat: Json | None = None) -> None:
        self.bot, self.person, self.chat = bot, person, chat
        self.lines: list[Line] = []

    def ask(self, text: str, **extra: object) -> Json:
        """Write something and keep it and the answer."""
        server = self.bot.server
        message = server.says(self.person, text, self.chat, **extra)
        answer = server.answer_to(message)
        self.lines += [Line(message), Line(server.now(answer))]
        return answer

    def send(self, name: str, content: str, caption: str) -> None:
        """Send a file and keep it and the bot's note as it stands in the end."""
        server = self.bot.server
        message = server.sends_file(self.person, name, content.encode(), caption)
        note = server.answer_to(message)
        self.bot.until(lambda: "Bộ sưu tập giờ có" in server.now(note)["text"], timeout=60)
        self.lines += [Line({**message, "text": f"📄 {name}\n{caption}"}), Line(server.now(note))]

    def press(self, message: Json, label: str, *, unfolded: bool = False) -> None:
        """Press a button and keep the message as it stands afterwards, in its place."""
        server = self.bot.server
        text, calls = server.now(message)["text"], len(server.calls)
        server.presses(self.person, message, label)
        server.wait(lambda call: call.method == "answerCallbackQuery", since=calls)
        self.bot.until(lambda: server.now(message)["text"] != text)
        number = message["message_id"]
        self.lines = [
            Line(server.now(message), unfolded=unfolded)
            if line.message and line.message["message_id"] == number
            else line
            for line in self.lines
        ]


def hold(*, real: bool) -> Iterator[Conversation]:
    """Hold the conversations, over the sample collection or the small one of the tests."""
    with tempfile.TemporaryDirectory() as folder, Loopback() as server:
        command = REAL if real else FAKE
        with BotProcess(server, Path(folder), {"TRICHDAN_OWNERS": "12"}, command=command) as bot:
            bot.until(lambda: "the collection is about" in bot.log(), timeout=120)
            yield from _conversations(bot)
            if real:
                yield _a_file(bot)


def _a_file(bot: BotProcess) -> Conversation:
    """Send a file that tells, beside others, a piece of news that is there already; then ask for it."""
    owner = Talk(bot, Person(12, "Lan"))
    owner.send(
        "2024-07-12 bản tin.txt",
        "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan, vào ngày 24 và 25/6.\n"
        "Hà Lan cho biết đã bắt đầu chuẩn bị cho hội nghị.",
        "Hà Lan chuẩn bị cho hội nghị",
    )
    owner.ask("since:2024-07-01 Hội nghị thượng đỉnh NATO năm 2025 tổ chức ở đâu?")
    return "file", owner.lines, BOT["first_name"], "bot"


def _conversations(bot: BotProcess) -> Iterator[Conversation]:
    lan, amy = Person(5, "Lan"), Person(6, "Amy", "en")
    title = BOT["first_name"]
    start = Talk(bot, lan)
    start.ask("/start")
    start.ask("hoi nghi thuong dinh NATO nam 2025 to chuc o dau")
    yield "start", start.lines, title, "bot"
    around = Talk(bot, Person(8, "Lan"))
    answer = around.ask("NATO cam kết hỗ trợ an ninh cho Ukraine tối thiểu bao nhiêu tỷ euro?")
    around.press(answer, VI.labels["context"], unfolded=True)
    yield "context", around.lines, title, "bot"
    follow = Talk(bot, Person(9, "Lan"))
    follow.ask("Mỹ viện trợ bao nhiêu cho Ukraine?")
    follow.ask("còn Đức thì sao?")
    yield "follow-up", follow.lines, title, "bot"
    nothing = Talk(bot, Person(10, "Lan"))
    missing = nothing.ask("Cách nấu phở bò ngon là gì?")
    if VI.related in str(bot.server.now(missing)):
        nothing.press(missing, VI.related)
    yield "not-found", nothing.lines, title, "bot"
    english = Talk(bot, amy)
    english.ask("Where will the NATO summit 2025 be held?")
    english.ask("/status")
    yield "english", english.lines, title, "bot"
    club = Talk(bot, lan, group(-7))
    club.ask(f"@{BOT['username']} hội nghị thượng đỉnh NATO năm 2025 ở đâu?")
    yield "group", club.lines, "Nhóm đọc báo", "3 thành viên"
