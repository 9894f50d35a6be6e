"""Owners change the collection in Telegram: the real process, from a file that is sent to the next answer."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts.telegram import languages
from tests.telegram.conftest import OWNER, somebody
from tests.telegram.process import BotProcess
from tests.telegram.server import TOKEN, Loopback, Trouble
from tests.telegram.strict import Json
from tests.telegram.test_flows import covered, labels, press
from tests.telegram.test_load import REAL, ROOT, needs_model
from tests.telegram.world import LARGEST_FILE, Person

pytestmark = needs_model

VI, EN = languages()["vi"], languages()["en"]
BRIDGE = "Cầu Rồng ở Đà Nẵng dài 666 mét và phun lửa vào tối thứ bảy."
BOSS = Person(OWNER)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotProcess]:
    """Run `trichdan bot` over the sample collection."""
    env = {"PYTHONWARNINGS": "default", "TRICHDAN_OWNERS": str(OWNER)}
    with Loopback() as server, BotProcess(server, tmp_path_factory.mktemp("bot"), env, command=REAL) as bot:
        yield bot
        assert server.refusals() == [], "the bot made calls that Telegram would refuse"
        assert bot.stop()[0] == 0
        assert "Traceback" not in bot.log()
        assert TOKEN.split(":")[1] not in bot.log()
        assert not list(bot.data.glob("telegram/incoming-*"))


def sent(bot: BotProcess, name: str, content: bytes, caption: str | None = None) -> Json:
    """Send a file as the owner; return the bot's note as it is at the end."""
    return finished(bot, bot.server.answer_to(bot.server.sends_file(BOSS, name, content, caption)))


def finished(bot: BotProcess, note: Json) -> Json:
    """Wait until a note tells how a job ended."""
    ends = ("Bộ sưu tập giờ có", "bộ sưu tập vẫn như cũ", "chưa xong")
    bot.until(lambda: any(end in bot.server.now(note)["text"] for end in ends), timeout=60)
    return bot.server.now(note)


def asked(bot: BotProcess, question: str) -> Json:
    """Let somebody ask."""
    return bot.server.answer_to(bot.server.says(somebody(), question), timeout=30)


def generation(bot: BotProcess) -> int:
    """Return the number of the live generation."""
    return int((bot.data / "CURRENT").read_text("ascii").split("-")[0])


def test_a_file_becomes_a_document(bot: BotProcess) -> None:
    """The limits come first, then each stage, then what was done; the next answer quotes the file."""
    before = asked(bot, "Cầu Rồng dài bao nhiêu mét?")
    assert VI.not_found in before["text"]
    note = bot.server.answer_to(bot.server.sends_file(BOSS, "cầu.txt", BRIDGE.encode(), "Cầu Rồng"))
    assert "64 MB" in note["text"]
    assert "txt" in note["text"]
    during = asked(bot, "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?")
    assert "La Haye" in during["text"], "while one is read, the bot goes on answering"
    report = finished(bot, note)["text"]
    assert "Đã thêm 1 tài liệu: cầu.txt" in report
    assert "Đọc được 1 câu." in report
    answer = asked(bot, "Cầu Rồng dài bao nhiêu mét?")
    assert BRIDGE in covered(answer, "blockquote", "expandable_blockquote")
    assert "Cầu Rồng" in answer["text"].replace(BRIDGE, ""), "the caption is the title"
    edits = [c for c in bot.server.calls if c.method == "editMessageText" and c.code == 200]
    times = [c.at for c in edits if c.params["message_id"] == note["message_id"]]
    assert len(times) <= 8


def test_an_album_is_one_change(bot: BotProcess) -> None:
    """One note, one generation and one report for all of its files, in the language of the chat."""
    number, notes = generation(bot), len(bot.server.sent(OWNER))
    files = {f"sông {n}.txt": f"Con sông số {n} dài {n}00 cây số.".encode() for n in range(1, 4)}
    first = bot.server.sends_album(BOSS, {**files, "rỗng.txt": b"", "ảnh.png": b"\x89PNG\r\n"}, "album 1")
    report = finished(bot, bot.server.answer_to(first))["text"]
    assert "Đã thêm 3 tài liệu: sông 1.txt, sông 2.txt, sông 3.txt" in report
    assert "• rỗng.txt không có nội dung nên bị bỏ qua." in report
    assert "• ảnh.png là ảnh; mình chỉ đọc được chữ." in report
    assert len(bot.server.sent(OWNER)) == notes + 1
    assert generation(bot) == number + 1


@pytest.mark.slow
def test_the_same_again_changes_nothing(bot: BotProcess) -> None:
    """The same file, and the same text under another name, are reported as already there."""
    sent(bot, "chùa.txt", "Chùa Một Cột được dựng năm 1049.".encode())
    again = sent(bot, "chùa.txt", "Chùa Một Cột được dựng năm 1049.".encode())["text"]
    assert VI.feed_same.format(name="chùa.txt") in again
    other = sent(bot, "khác.txt", "Chùa Một Cột được dựng năm 1049.".encode())["text"]
    assert VI.feed_same_as.format(name="khác.txt", known="chùa.txt") in other


@pytest.mark.slow
def test_a_file_of_the_same_name_takes_the_place(bot: BotProcess) -> None:
    """The earlier text is gone, and the report says that it was replaced."""
    sent(bot, "hồ.txt", "Hồ Tây rộng 500 hecta.".encode())
    report = sent(bot, "hồ.txt", "Hồ Tây rộng 526 hecta.".encode())["text"]
    assert "Đã thay bản cũ bằng bản mới (1 tài liệu): hồ.txt" in report
    quotes = covered(asked(bot, "Hồ Tây rộng bao nhiêu hecta?"), "blockquote", "expandable_blockquote")
    assert "Hồ Tây rộng 526 hecta." in quotes
    assert "Hồ Tây rộng 500 hecta." not in quotes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rỗng.txt", b""),
        ("nhị phân.txt", bytes(range(256)) * 40),
        ("virus.exe", b"MZ" + b"\x00" * 500),
        ("không đuôi", b"\x7fELF" + b"\x01" * 500),
        ("hỏng.jsonl", b'{"text": \n[[[[['),
        ("../../../etc/passwd", b"\x00\x01\x02"),
        ("\u202egnp.txt", b"\xff\xfe\x00"),
    ],
)
def test_a_hostile_file_ends_in_a_sentence(bot: BotProcess, name: str, content: bytes) -> None:
    """Whatever is sent, the collection is as it was, and why is said without any path of the machine."""
    report = sent(bot, name, content)["text"]
    assert VI.feed_nothing in report or "bộ sưu tập vẫn như cũ" in report
    assert str(bot.data) not in report
    assert "incoming-" not in report
    assert "La Haye" in asked(bot, "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?")["text"]


def test_too_large_is_told_before_it_is_fetched(bot: BotProcess) -> None:
    """A file above our limit is never fetched; one that Telegram will not hand out is reported too."""
    server, first = bot.server, len(bot.server.calls)
    message = server.world.sent(BOSS, "to.txt", b"x")
    message["document"]["file_size"] = 65 << 20
    server.push(server.world.update("message", message))
    answer = server.answer_to(message)
    assert VI.feed_too_large.format(name="to.txt", size="65 MB", limit="64 MB") == answer["text"]
    assert not any(call.method == "getFile" for call in server.calls[first:])
    note = server.answer_to(server.sends_file(BOSS, "vừa.txt", b"x" * (LARGEST_FILE + 1)))
    wanted = VI.feed_too_large_for_telegram.format(name="vừa.txt")
    bot.until(lambda: server.now(note)["text"] == wanted)
    server.calls[:] = [c for c in server.calls if c.result != "Bad Request: file is too big"]


def test_whoever_is_no_owner_is_told(bot: BotProcess, lan: Person, amy: Person) -> None:
    """One clear sentence in each one's language, and nothing is fetched."""
    first = len(bot.server.calls)
    for person, texts in ((lan, VI), (amy, EN)):
        answer = bot.server.answer_to(bot.server.sends_file(person, "x.txt", b"Xin chao."))
        assert answer["text"] == texts.feed_owners_only
        for name in ("remove", "documents"):
            refused = bot.server.answer_to(bot.server.says(person, f"/{name}"))
            assert refused["text"] == texts.owners_only
    assert not any(call.method == "getFile" for call in bot.server.calls[first:])


@pytest.mark.slow
def test_a_broken_way_is_tried_again(bot: BotProcess) -> None:
    """Fetching does no harm, so it is repeated; when it fails for good that is said."""
    bot.server.troubles.append(Trouble("getFile", 500, times=2))
    assert "Đã thêm 1 tài liệu: mưa.txt" in sent(bot, "mưa.txt", "Trời mưa ở Huế suốt tuần.".encode())["text"]
    bot.server.troubles.append(Trouble("file", 500, times=3))
    report = sent(bot, "gió.txt", "Gió mùa về.".encode())["text"]
    assert report == VI.feed_not_fetched.format(name="gió.txt")


@pytest.mark.slow
def test_documents_are_listed_and_taken_out(bot: BotProcess, lan: Person) -> None:
    """Pages turn; a document goes only after the second press, and only by an owner."""
    server = bot.server
    for number in range(5):
        sent(bot, f"tạm {number}.txt", f"Chuyện tạm số {number} kể về con mèo thứ {number}.".encode())
    listed = server.answer_to(server.says(BOSS, "/documents"))
    assert "trang 1/2" in listed["text"]
    press(bot, BOSS, listed, VI.later)
    bot.until(lambda: "tạm 4.txt" in server.now(listed)["text"])
    picking = server.answer_to(server.says(BOSS, "/remove"))
    press(bot, BOSS, picking, VI.later)
    bot.until(lambda: "tạm 3.txt" in server.now(picking)["text"])
    (line,) = [line for line in server.now(picking)["text"].splitlines() if "tạm 3.txt" in line]
    number = line.split(".")[0]
    press(bot, BOSS, picking, number)
    bot.until(lambda: VI.remove_yes in labels(server.now(picking)))
    assert "tạm 3.txt" in server.now(picking)["text"]
    forged = next(
        b["callback_data"]
        for row in server.now(picking)["reply_markup"]["inline_keyboard"]
        for b in row
        if b["text"] == VI.remove_yes
    )
    page = server.answer_to(server.says(lan, "/sources"))
    key = server.presses_data(lan, page, forged)
    (told,) = server.wait(
        lambda c: c.method == "answerCallbackQuery" and c.params["callback_query_id"] == key
    )
    assert told.params["text"] == VI.owners_only
    press(bot, BOSS, picking, VI.remove_no)
    bot.until(lambda: number in labels(server.now(picking)))
    press(bot, BOSS, picking, number)
    bot.until(lambda: VI.remove_yes in labels(server.now(picking)))
    press(bot, BOSS, picking, VI.remove_yes)
    assert "Đã bỏ 1 tài liệu: tạm 3.txt" in finished(bot, picking)["text"]
    assert "con mèo thứ 3" not in asked(bot, "Chuyện tạm số 3 kể về con mèo nào?")["text"]
    key = server.presses_data(BOSS, picking, forged)
    (told,) = server.wait(
        lambda c: c.method == "answerCallbackQuery" and c.params["callback_query_id"] == key
    )
    assert told.params["text"] == VI.feed_list_old


def test_the_owner_reads_the_limits_in_the_help(bot: BotProcess, lan: Person) -> None:
    """Before anything is sent; nobody else has to read it."""
    assert "64 MB" in bot.server.answer_to(bot.server.says(BOSS, "/help"))["text"]
    assert "64 MB" not in bot.server.answer_to(bot.server.says(lan, "/help"))["text"]


@pytest.mark.slow
def test_a_kill_is_told_at_the_next_start(bot: BotProcess) -> None:
    """The note does not stay for ever: it says that the bot was killed, and where to look."""
    text = "\n".join(f"Chuyện thứ {number} kể về năm {number}." for number in range(60_000))
    note = bot.server.answer_to(bot.server.sends_file(BOSS, "chuyện.txt", text.encode()))
    bot.until(lambda: "đang lập chỉ mục" in bot.server.now(note)["text"])
    bot.kill()
    bot.start()
    wanted = VI.feed_killed.format(what="chuyện.txt")
    bot.until(lambda: bot.server.now(note)["text"] == wanted)
    first = len(bot.server.calls)
    assert bot.stop()[0] == 0
    bot.start()
    asked(bot, "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?")
    assert not any(call.method == "editMessageText" for call in bot.server.calls[first:]), "told once"


def test_a_file_that_the_server_keeps_to_itself_is_the_operators_matter(bot: BotProcess) -> None:
    """A place on the disk that cannot be read stays so: it says what to do instead of "send it again"."""
    bot.server.world.disk = "/nowhere/of/another"
    try:
        note = bot.server.answer_to(bot.server.sends_file(BOSS, "xa.txt", b"Xa."))
        wanted = VI.feed_not_readable.format(name="xa.txt")
        bot.until(lambda: bot.server.now(note)["text"] == wanted)
    finally:
        bot.server.world.disk = None
    assert "cannot be read: no such file" in bot.log()
    assert sum(call.method == "getFile" for call in bot.server.calls[-12:]) == 1


@pytest.mark.slow
def test_a_signal_ends_the_bot_while_a_file_is_read(bot: BotProcess) -> None:
    """The note says that it was not done, the collection is as it was, and no process is left behind."""
    text = "\n".join(f"Câu thứ {number} kể về ngày {number}." for number in range(60_000))
    note = bot.server.answer_to(bot.server.sends_file(BOSS, "dài.txt", text.encode()))
    bot.until(lambda: "đang lập chỉ mục" in bot.server.now(note)["text"])
    code, seconds = bot.stop()
    assert (code, seconds < 10) == (0, True)
    assert bot.server.now(note)["text"] == VI.feed_interrupted.format(what="dài.txt")
    bot.start()
    assert VI.not_found in asked(bot, "Câu thứ 59999 kể về ngày nào?")["text"]


@pytest.mark.slow
def test_the_questions_of_the_operator_are_kept(tmp_path: Path) -> None:
    """A change that would lose them is refused, and the chat says which would be lost."""
    lines = (ROOT / "seeds" / "questions.jsonl").read_text("utf-8").splitlines()
    kept = next(line for line in lines if "La Haye" in line)
    question, document = json.loads(kept)["question"], json.loads(kept)["expected"][0]["document"]
    (tmp_path / "questions.jsonl").write_text(kept + "\n", "utf-8")
    env = {
        "PYTHONWARNINGS": "default",
        "TRICHDAN_OWNERS": str(OWNER),
        "TRICHDAN_QUESTIONS_FILE": str(tmp_path / "questions.jsonl"),
    }
    with Loopback() as server, BotProcess(server, tmp_path / "data", env, command=REAL) as bot:
        report = sent(bot, "cầu.txt", BRIDGE.encode())["text"]
        assert "Đã thêm 1 tài liệu: cầu.txt" in report
        picking = server.answer_to(server.says(BOSS, "/remove"))
        (line,) = [line for line in picking["text"].splitlines() if document in line]
        press(bot, BOSS, picking, line.split(".")[0])
        bot.until(lambda: VI.remove_yes in labels(server.now(picking)))
        press(bot, BOSS, picking, VI.remove_yes)
        refused = finished(bot, picking)["text"]
        assert "0/1" in refused
        assert f"• {question}" in refused
        assert VI.feed_refused_advice in refused
        assert "La Haye" in asked(bot, question)["text"]
