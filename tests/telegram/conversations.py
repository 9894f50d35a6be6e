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
VI = languages()["vi"]
TITLE = str(BOT["first_name"])
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
        """Send a file and keep it and the bot's note as it is at the end."""
        server = self.bot.server
        message = server.sends_file(self.person, name, content.encode(), caption)
        note = server.answer_to(message)
        self.bot.until(lambda: "Bộ sưu tập giờ có" in server.now(note)["text"], timeout=60)
        self.lines += [Line({**message, "text": f"📄 {name}\n{caption}"}), Line(server.now(note))]

    def chat_away(self, text: str) -> None:
        """Write something that draws a reaction, and keep both as one."""
        server = self.bot.server
        message = server.says(self.person, text, self.chat)
        key = (message["chat"]["id"], message["message_id"])
        self.bot.until(lambda: key in server.world.reactions)
        self.lines.append(Line(message, reaction=server.world.reactions[key][0]))

    def album(self, caption: str, photos: int) -> None:
        """Send photos together, the caption below one of them, and keep them as one message."""
        server, world = self.bot.server, self.bot.server.world
        photo = [{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9}]
        messages = []
        for number in range(photos):
            words = {} if number else {"caption": caption}
            message = world.said(self.person, "", self.chat, photo=photo, media_group_id="1", **words)
            del message["text"]
            messages.append(message)
        server.push(*(world.update("message", message) for message in messages))
        answer = server.answer_to(messages[0])
        shown = {**messages[0], "text": " ".join(["🖼"] * photos) + f"\n{caption}"}
        self.lines += [Line(shown), Line(server.now(answer))]

    def press(self, message: Json, label: str, *, unfolded: bool = False) -> None:
        """Press a button and keep the message as it is afterwards, in its place."""
        server = self.bot.server
        before, calls = str(server.now(message)), len(server.calls)
        server.presses(self.person, message, label)
        server.wait(lambda call: call.method == "answerCallbackQuery", since=calls)
        self.bot.until(lambda: str(server.now(message)) != before)
        number = message["message_id"]
        self.lines = [
            Line(server.now(message), unfolded=unfolded)
            if line.message and line.message["message_id"] == number
            else line
            for line in self.lines
        ]


def hold(*, real: bool) -> Iterator[Conversation]:
    """Hold the conversations, over the news of the sample or the small collection of the tests."""
    with tempfile.TemporaryDirectory() as folder, Loopback() as server:
        command = REAL if real else FAKE
        env = {"TRICHDAN_OWNERS": "12", "PYTHONWARNINGS": "default"}
        with BotProcess(server, Path(folder), env, command=command, patience_s=180) as bot:
            bot.until(lambda: "the collection is about" in bot.log(), timeout=120)
            yield from _asking(bot)
            yield from _talking(bot)
            yield from _elsewhere(bot)
            if real:
                yield _a_file(bot)
    with tempfile.TemporaryDirectory() as folder, Loopback() as server:
        env |= {"TRICHDAN_ACCESS": "listed"}
        with BotProcess(server, Path(folder), env, command=command, patience_s=180) as bot:
            yield _letting_in(bot)


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
    return "file", owner.lines, TITLE, "bot"


def _letting_in(bot: BotProcess) -> Conversation:
    """Somebody who may not ask wants to; the owner lets them in and looks who may ask."""
    server, owner = bot.server, Talk(bot, Person(12, "Mai"))
    owner.ask("/status")
    server.answer_to(server.says(Person(31, "Minh"), "Rutte là ai?"))
    bot.until(lambda: len(server.sent(12)) == 2)
    asked = server.sent(12)[1]
    owner.lines.append(Line(server.now(asked)))
    owner.press(asked, VI.let_in)
    owner.ask("/access")
    return "access", owner.lines, TITLE, "bot"


def _asking(bot: BotProcess) -> Iterator[Conversation]:
    start = Talk(bot, Person(5, "Lan"))
    start.ask("/start")
    start.ask("hoi nghi thuong dinh NATO nam 2025 to chuc o dau")
    yield "start", start.lines, TITLE, "bot"
    around = Talk(bot, Person(8, "Lan"))
    answer = around.ask("Các nước cam kết hỗ trợ an ninh cho Ukraine tối thiểu bao nhiêu tỷ euro?")
    around.press(answer, VI.labels["context"], unfolded=True)
    yield "context", around.lines, TITLE, "bot"
    more = Talk(bot, Person(20, "Lan"))
    answer = more.ask("Mark Rutte kêu gọi điều gì?")
    more.press(answer, "👍")
    yield "verdict", more.lines, TITLE, "bot"
    nothing = Talk(bot, Person(10, "Lan"))
    nothing.ask("Cách nấu phở bò ngon là gì?")
    nothing.ask("Giá vàng hôm nay bao nhiêu?")
    yield "not-found", nothing.lines, TITLE, "bot"
    task = Talk(bot, Person(21, "Lan"))
    task.ask("Tóm tắt viện trợ quân sự cho Ukraine giúp mình")
    yield "task", task.lines, TITLE, "bot"


def _talking(bot: BotProcess) -> Iterator[Conversation]:
    follow = Talk(bot, Person(9, "Lan"))
    follow.ask("Ngoại trưởng Pháp là ai?")
    follow.ask("còn Đức thì sao?")
    yield "follow-up", follow.lines, TITLE, "bot"
    pronoun = Talk(bot, Person(22, "Lan"))
    pronoun.ask("Ai là tổng thư ký NATO?")
    pronoun.ask("ông ấy gặp Scholz ở đâu?")
    yield "pronoun", pronoun.lines, TITLE, "bot"
    unclear = Talk(bot, Person(23, "Lan"))
    unclear.ask("Mark Rutte gặp Olaf Scholz ở đâu?")
    unclear.ask("ông ấy nói gì về Ukraine?")
    yield "ask-back", unclear.lines, TITLE, "bot"
    small = Talk(bot, Person(24, "Lan"))
    small.ask("chào bot")
    small.ask("Hội nghị thượng đỉnh NATO năm 2025 ở đâu?")
    small.ask("cảm ơn bạn nhiều nhé")
    small.chat_away("cảm ơn")
    yield "small-talk", small.lines, TITLE, "bot"
    album = Talk(bot, Person(25, "Lan"))
    album.album("Vụ tấn công trụ sở TUSAS khiến bao nhiêu người thiệt mạng?", 4)
    yield "album", album.lines, TITLE, "bot"


def _elsewhere(bot: BotProcess) -> Iterator[Conversation]:
    english = Talk(bot, Person(6, "Amy", "en"))
    english.ask("Where will the NATO summit 2025 be held?")
    english.ask("/status")
    yield "english", english.lines, TITLE, "bot"
    chat = group(-7)
    club = Talk(bot, Person(5, "Lan"), chat)
    question = bot.server.says(Person(26, "Minh"), "Hội nghị NATO năm 2025 tổ chức ở đâu nhỉ?", chat)
    club.lines.append(Line(question, other=True))
    club.ask(f"@{BOT['username']}", reply_to_message=question)
    yield "group", club.lines, "Nhóm đọc báo", "3 thành viên"
