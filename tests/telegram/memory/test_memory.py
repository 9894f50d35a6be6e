"""The bot's memory: inbox, answers, languages, counts, the owner's log, threads, generations, texts."""

# ruff: noqa: S311 - seeded, so that a failure comes again

import asyncio
import contextlib
import datetime as dt
import json
import os
import random
import sqlite3
import string
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.collection.links import permalink
from bot.telegram.collection.live import LiveGeneration, NotYet
from bot.telegram.memory import unanswered
from bot.telegram.memory.alone import alone
from bot.telegram.memory.given_answers import Remembered
from bot.telegram.memory.state import State
from bot.telegram.memory.unanswered import Unanswered
from bot.telegram.workers import Workers
from bot.texts.telegram import TelegramTexts, language_of, languages
from index.errors import GenerationCorrupt, StoreBusy, TrichDanError
from index.records import Document, Sentence
from tests.telegram.fake import DOCUMENTS, FakeGeneration, FakeStore, opened


def answer(key: str = "k", chat: int = 5, **given: object) -> Remembered:
    """Make an answer."""
    base = {
        "asker": 5,
        "asked_in": 1,
        "messages": (2, 3),
        "question": "q",
        "understood": False,
        "generation": "g",
    }
    return Remembered(key=key, chat=chat, **(base | given))  # type: ignore[arg-type]


def test_an_update_arrives_once_and_waits_until_it_is_begun(tmp_path: Path) -> None:
    """Known numbers are refused across a restart; what has not begun is there again, in order."""
    state = State(tmp_path / "a" / "state.sqlite")
    assert [state.inbox.arrived(n, {"update_id": n}) for n in (7, 3, 7, 9)] == [True, True, False, True]
    state.inbox.begun(3)
    state.close()
    again = State(tmp_path / "a" / "state.sqlite")
    assert [u["update_id"] for u in again.inbox.waiting()] == [7, 9]
    assert not any(again.inbox.arrived(n, {}) for n in (3, 7, 9))
    assert oct((tmp_path / "a" / "state.sqlite").stat().st_mode & 0o777) == "0o600"
    again.close()


def test_what_ends_the_process_twice_is_passed_over(tmp_path: Path) -> None:
    """Two attempts, across restarts; then it is not begun again."""
    for wanted in (True, True, False):
        state = State(tmp_path / "state.sqlite")
        state.inbox.arrived(7, {"update_id": 7})
        assert len(state.inbox.waiting()) == 1
        assert state.inbox.attempt(7) is wanted
        state.close()


def test_ten_thousand_numbers_are_remembered_and_no_more(tmp_path: Path) -> None:
    """Memory is bounded, by arrival and not by number; what waits is never dropped."""
    state = State(tmp_path / "state.sqlite")
    state.inbox.arrived(1, {"update_id": 1})
    for number in range(20_000, 8_000, -1):
        state.inbox.arrived(number, {})
        if number % 2:
            state.inbox.begun(number)
    state._file.base.execute("UPDATE updates SET payload = NULL WHERE id > 1")
    state.tidy(30)
    assert state._file.base.execute("SELECT COUNT(*) FROM updates").fetchone() == (10_001,)
    assert not state.inbox.arrived(8_001, {}), "the last one is known"
    assert state.inbox.arrived(20_000, {}), "the oldest is forgotten"
    assert state.inbox.waiting()[0] == {"update_id": 1}
    state.close()


def test_a_full_disk_does_not_silence_the_bot(tmp_path: Path) -> None:
    """What cannot be written is remembered in memory: answered, and not twice."""
    state = State(tmp_path / "state.sqlite")
    state._file.base.execute("PRAGMA query_only = ON")
    assert state.inbox.arrived(1, {})
    assert not state.inbox.arrived(1, {})
    state.inbox.begun(1)
    state.answers.remember(answer())
    state.count("found")
    state._file.base.execute("PRAGMA query_only = OFF")
    assert state.answers.answer("k", 5) is None
    state.close()


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_memory_is_put_aside(tmp_path: Path, damage: bytes) -> None:
    """The bot starts with a fresh one and keeps the other for inspection."""
    path = tmp_path / "state.sqlite"
    path.write_bytes(damage)
    state = State(path)
    assert state.inbox.arrived(1, {})
    assert path.with_suffix(".damaged").read_bytes() == damage
    state.close()


def test_answers_are_found_by_key_question_message_and_talk(tmp_path: Path) -> None:
    """Only in their own chat; a forgotten talk is no subject, its buttons still work."""
    state = State(tmp_path / "state.sqlite")
    kept = answer(view=(6, (0, 2), True), language="en", at=time.time())
    state.answers.remember(kept)
    assert state.answers.answer("k", 5) == kept
    assert state.answers.answer("k", 6) is None
    assert state.answers.answer_to(5, 1) == kept
    assert state.answers.answer_in(5, 3) == kept
    assert state.answers.answer_in(5, 4) is None
    assert state.answers.talk(5, 5, 0.0) == [kept]
    assert state.answers.talk(5, 6, 0.0) == []
    assert state.answers.talk(5, 5, time.time() + 1) == []
    state.answers.forget_talk(5, 5)
    assert state.answers.talk(5, 5, 0.0) == []
    assert state.answers.answer("k", 5) == kept
    state.answers.remember(answer("old", at=1.0))
    state.tidy(30)
    assert state.answers.answer("old", 5) is None
    state.close()


def test_languages_and_counts(tmp_path: Path) -> None:
    """A choice stays until it is taken back; counts add up over the days asked for."""
    state = State(tmp_path / "state.sqlite")
    state.choose_language(5, "en")
    assert state.language(5) == "en"
    state.choose_language(5, None)
    assert state.language(5) is None
    for _ in range(3):
        state.count("found")
    state.count("helpful")
    state.count("helpful", -1)
    assert state.counts() == {"found": 3, "helpful": 0}
    state.close()


NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def test_unanswered_questions_are_kept_for_their_days(tmp_path: Path) -> None:
    """Without names unless switched on; the old ones go, a line cut by a kill is passed over."""
    path = tmp_path / "x" / "unanswered.jsonl"
    log = Unanswered(path, 90, names=False)
    log.add("nothing", "cũ", "vi", 5, "Lan", NOW - dt.timedelta(days=91))
    log.add("nothing", "mới\nhai dòng", "vi", 5, "Lan", NOW)
    Unanswered(path, 90, names=True).add("not_helpful", "có tên", "en", 5, "Lan", NOW)
    assert "Lan" not in path.read_text("utf-8").splitlines()[1]
    with path.open("a") as file:
        file.write('{"at": "cut of')
    log.forget_old(NOW)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["question"] for line in lines] == ["mới\nhai dòng", "có tên"]
    assert (lines[1]["user"], lines[1]["name"], lines[1]["kind"]) == (5, "Lan", "not_helpful")
    assert log.recent() == ["có tên", "mới\nhai dòng"]
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_no_days_keep_nothing(tmp_path: Path) -> None:
    """The log can be switched off, and a folder that cannot be written costs the line only."""
    Unanswered(tmp_path / "a.jsonl", 0, names=False).add("nothing", "q", "vi", 5, "Lan")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    broken = Unanswered(tmp_path / "file" / "a.jsonl", 9, names=False)
    broken.add("nothing", "q", "vi", 5, "Lan")
    assert broken.recent() == []


def test_threads_run_jobs_and_carry_errors() -> None:
    """Results and exceptions come back; the line is bounded; a stuck thread does not hold the end."""

    async def main() -> None:
        workers = Workers(2, 1)
        assert await workers.run(lambda: 7) == 7
        with pytest.raises(KeyError):
            await workers.run(lambda: dict[str, int]()["x"])
        hold = threading.Event()
        tasks = [asyncio.create_task(workers.run(hold.wait)) for _ in range(3)]
        await asyncio.sleep(0.05)
        assert workers.full
        tasks[2].cancel()
        hold.set()
        assert await asyncio.gather(*tasks[:2]) == [True, True]
        await asyncio.sleep(0.05)
        assert not workers.full
        workers.close()

    asyncio.run(main())


def test_a_shelf_is_exchanged_after_its_last_reader(tmp_path: Path) -> None:
    """Readers keep the old one, which is closed after the last; a bad one changes nothing."""
    store = FakeStore(tmp_path / "CURRENT")
    live = LiveGeneration(store.open, store.current)
    with pytest.raises(TrichDanError), live.reading():
        pass
    live.load()
    assert not live.refresh()
    with live.reading() as old:
        store.pointer.write_text("g2")
        assert live.refresh()
        with live.reading() as new:
            assert (old.generation.name, new.generation.name) == ("g1", "g2")
        assert isinstance(old.generation, FakeGeneration)
        assert not old.generation.closed
    assert old.generation.closed
    store.pointer.write_text("bad")
    with pytest.raises(GenerationCorrupt):
        live.refresh()
    assert not live.refresh(), "not tried again by itself"
    with pytest.raises(GenerationCorrupt):
        live.refresh(again=True)
    live.close()


def test_the_same_generation_is_opened_anew(tmp_path: Path) -> None:
    """For other settings: another answerer, the links that were indexed, and the old one closed."""
    store = FakeStore(tmp_path / "CURRENT")
    live = LiveGeneration(store.open, store.current)
    live.load()
    with live.reading() as old:
        old.index_links()
        assert not live.refresh(anew=True), "it is no other generation"
        with live.reading() as new:
            assert new.answerer is not old.answerer
            assert new.links == old.links != []
    assert isinstance(old.generation, FakeGeneration)
    assert old.generation.closed
    store.pointer.write_text("g2")
    assert live.refresh(anew=True)
    live.close()


def test_a_permalink_survives_a_new_generation(tmp_path: Path) -> None:
    """Rows move, the link still leads to the same sentence; one that is gone leads nowhere."""
    store = FakeStore(tmp_path / "CURRENT")
    old = store.open()
    quote = old.answerer.quote(4)
    link = old.permalink(quote)
    assert len(link) <= 64
    assert old.follow(link) == quote
    store.pointer.write_text("g2")
    new = store.open()
    with pytest.raises(NotYet):
        new.follow(link)
    new.index_links()
    moved = new.follow(link)
    assert moved is not None
    assert (moved.text, moved.row) == (quote.text, 5)
    old.index_links()
    for broken in (
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        "q",
        "q1_x",
        "q999999_" + "A" * 16,
        "q0_" + "-" * 16,
        "x" * 64,
    ):
        assert old.follow(broken) is None
    assert old.opening(DOCUMENTS[1].id) == "“Mỹ viện trợ 275 triệu USD cho Ukraine. Đức viện…”"
    assert old.opening("nobody") is None


@pytest.mark.parametrize("count", [100, 10_000])
def test_a_forged_link_looks_at_no_more_than_a_few_sentences(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many the collection holds; every true link leads to its sentence."""
    text = " ".join(f"Câu {number} nói điều khác." for number in range(count))
    generation = FakeGeneration(all=(Document("a.txt", text), Document("b.txt", "Câu 1 nói điều khác.")))
    links = opened(generation)
    links.index_links()
    links.index_links()
    looked: list[int] = []
    sentence = FakeGeneration.sentence

    def counted(self: FakeGeneration, row: int, /) -> Sentence:
        looked.append(row)
        return sentence(self, row)

    monkeypatch.setattr(FakeGeneration, "sentence", counted)
    monkeypatch.setattr(FakeGeneration, "iter_documents", None)
    for number in range(50):
        assert links.follow(f"q{number}_{'A' * 15}{number % 10}") is None
    assert len(looked) <= 100
    for row in (0, 1, count // 2, count):
        link = permalink(row + 1, generation.lines[row].document, generation.lines[row].text)
        assert links.follow(link) == links.answerer.quote(row)


def placeholders(text: str) -> set[str]:
    """Read the names that a sentence leaves to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_everything() -> None:
    """The same sentences with the same gaps, none empty or left in English; within Telegram's limits."""
    vi, en = languages()["vi"], languages()["en"]
    alike = {"icons", "feed_going"}  # pictures, and a sentence of nothing but gaps
    for name in TelegramTexts._fields:
        ours, theirs = getattr(vi, name), getattr(en, name)
        assert (ours == theirs) == (name in alike), name
        if isinstance(ours, str):
            assert ours.strip()
            assert theirs.strip()
            assert placeholders(ours) == placeholders(theirs), name
        else:
            assert ours.keys() == theirs.keys()
            assert all(1 <= len(text) <= 256 for text in (*ours.values(), *theirs.values()))
    for texts in (vi, en):
        assert len(texts.description) <= 512
        assert len(texts.short_description) <= 120
        assert all(len(toast) <= 200 for toast in (texts.stale, texts.forgotten, texts.failed, texts.busy))
        assert len(texts.not_allowed.format(user="9" * 15)) <= 200
    assert vi.number(1234567) == "1.234.567"
    assert en.day(dt.date(2024, 7, 12)) == "12 July 2024"


@pytest.mark.parametrize(
    ("chosen", "code", "wanted"),
    [
        (None, "vi", "vi"),
        (None, "en-GB", "en"),
        (None, None, "vi"),
        (None, "fr", "en"),
        ("en", "vi", "en"),
        ("xx", "vi-VN", "vi"),
    ],
)
def test_whose_language(chosen: str | None, code: str | None, wanted: str) -> None:
    """The person's choice, else Telegram's, else Vietnamese."""
    assert language_of(chosen, code) == wanted


def test_the_memory_is_a_plain_file(tmp_path: Path) -> None:
    """The operator can look into it with any SQLite tool."""
    State(tmp_path / "state.sqlite").close()
    with sqlite3.connect(tmp_path / "state.sqlite") as base:
        names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    base.close()
    assert {"updates", "answers", "languages", "days"} <= names


def test_a_whole_fetch_is_written_down_at_once(tmp_path: Path) -> None:
    """Of many updates only the new ones come back, each once, in their order."""
    state = State(tmp_path / "state.sqlite")
    assert state.inbox.arrive([(5, {"n": 5}), (4, {"n": 4})]) == [5, 4]
    assert state.inbox.arrive([(4, {}), (6, {"n": 6}), (5, {}), (6, {})]) == [6]
    assert [update["n"] for update in state.inbox.waiting()] == [5, 4, 6]
    state.close()


def test_what_cannot_be_written_down_is_known_and_passed_over(tmp_path: Path) -> None:
    """Half a character is written as any other; what no text can hold is not begun, and not fetched again."""
    state = State(tmp_path / "state.sqlite")
    endless: list[object] = []
    endless.append(endless)
    made_up: list[tuple[int, dict[str, object]]] = [
        (1, {"text": "\ud800", "n": 10**400}),
        (2, {"text": endless}),
        (3, {"n": 3}),
    ]
    assert state.inbox.arrive(made_up) == [1, 3]
    assert state.inbox.arrive(made_up) == []
    assert [update["update_id"] for update in state.inbox.waiting()] == [1, 3]
    assert state.inbox.waiting()[0]["text"] == "\ud800"
    state.close()


@pytest.mark.parametrize("text", ["{", "[]", "\0", "7" * 5000, "[" * 100_000])
def test_what_waits_and_cannot_be_read_any_more_is_passed_over(tmp_path: Path, text: str) -> None:
    """The others are begun at the next start, and the one after finds nothing of it."""
    state = State(tmp_path / "state.sqlite")
    state.inbox.arrive([(1, {}), (2, {})])
    state._file.base.execute("UPDATE updates SET payload = ? WHERE id = 1", (text,))
    assert [update["update_id"] for update in state.inbox.waiting()] == [2]
    state.close()
    again = State(tmp_path / "state.sqlite")
    assert again._file.base.execute("SELECT id FROM updates WHERE payload IS NOT NULL").fetchall() == [(2,)]
    again.close()


def test_a_try_that_ended_well_is_no_try(tmp_path: Path) -> None:
    """Being read and waiting in line count once at most, however often the process starts."""
    state = State(tmp_path / "state.sqlite")
    state.inbox.arrived(7, {})
    for _ in range(5):
        assert state.inbox.attempt(7)
        state.inbox.withdraw(7)
    assert [state.inbox.attempt(7) for _ in range(3)] == [True, True, False]
    state.close()


def test_what_is_written_soon_lasts_with_the_next_write(tmp_path: Path) -> None:
    """An answer is there at once for the bot, and on the disk with whatever is written next."""
    state = State(tmp_path / "state.sqlite")
    state.inbox.arrived(1, {})
    state.answers.remember(answer("k"))
    assert state.answers.answer("k", answer("k").chat) is not None

    def on_disk() -> int:
        with contextlib.closing(sqlite3.connect(tmp_path / "state.sqlite")) as base:
            return int(base.execute("SELECT COUNT(*) FROM answers").fetchone()[0])

    assert on_disk() == 0
    state.inbox.begun(1)
    assert on_disk() == 1
    state.answers.remember(answer("l"))
    state.close()
    assert on_disk() == 2


def test_a_job_that_hangs_holds_nobody_up() -> None:
    """Jobs take turns, but a long one is overtaken: the others end while it still waits."""
    hanging, order = threading.Event(), []

    async def all_of_them() -> None:
        workers = Workers(3, 10)
        long = asyncio.create_task(workers.run(lambda: hanging.wait(20)))
        await asyncio.sleep(0)
        for number in range(5):
            order.append(await workers.run(partial(int, number)))
        assert not long.done()
        hanging.set()
        assert await long
        workers.close()

    asyncio.run(all_of_them())
    assert order == [0, 1, 2, 3, 4]


def test_a_forgotten_talk_stays_forgotten(tmp_path: Path) -> None:
    """What is noted about an answer after its talk was forgotten does not bring it back."""
    state = State(tmp_path / "state.sqlite")
    kept = answer("k")
    state.answers.remember(kept)
    assert state.answers.talk(kept.chat, kept.asker, 0.0) != []
    state.answers.forget_talk(kept.chat, kept.asker)
    state.answers.remember(replace(kept, messages=(9,)))
    assert state.answers.talk(kept.chat, kept.asker, 0.0) == []
    assert state.answers.answer("k", kept.chat).messages == (9,)  # type: ignore[union-attr]  # it is there
    state.close()


QUESTION = "Câu hỏi riêng của Lan?"


def filled(path: Path, count: int = 400) -> None:
    """Make a memory of some pages."""
    state = State(path)
    for number in range(count):
        state.inbox.arrived(number, {"update_id": number, "text": QUESTION})
        state.answers.remember(
            answer(str(number), chat=number, question=f"{QUESTION} {number}", at=time.time())
        )
        state.choose_language(number, "en")
    state.close()


def is_of_use(state: State, update: int = 10**6) -> bool:
    """Tell whether whatever a question needs can be written and read."""
    fresh = state.inbox.arrived(update, {"update_id": update})
    state.answers.remember(answer("new", chat=7, asked_in=9, messages=(11,), at=time.time()))
    state.choose_language(5, "en")
    state.count("found")
    found = state.answers.answer_to(7, 9), state.answers.answer_in(7, 11), state.answers.talk(7, 5, 0.0)
    all(map(bool, (state.answers.answer(str(number), number) for number in range(400))))
    return fresh and all(found) and state.language(5) == "en" and state.counts().get("found", 0) > 0


@pytest.mark.parametrize("seed", range(12))
def test_damaged_pages_are_seen_at_the_start(tmp_path: Path, seed: int) -> None:
    """Whichever pages are overwritten: the file is put aside, and everything works with a new one."""
    path, draw = tmp_path / "state.sqlite", random.Random(seed)
    filled(path)
    content = bytearray(path.read_bytes())
    pages = range(len(content) // 4096)
    for page in draw.sample(pages, 5):
        content[4096 * page : 4096 * page + 4096] = draw.randbytes(4096)
    path.write_bytes(content)
    state = State(path)
    assert is_of_use(state)
    state.close()
    assert state.damages == 1
    assert path.with_suffix(".damaged").read_bytes() == content


@pytest.mark.parametrize("seed", range(6))
def test_damage_is_seen_while_the_bot_runs(tmp_path: Path, seed: int) -> None:
    """What is damaged behind a running bot costs what it knew, and no further question."""
    path, draw, told = tmp_path / "state.sqlite", random.Random(seed), []
    filled(path)
    state = State(path)
    state.when_damaged(lambda: told.append(1))
    with path.open("r+b") as file:
        for page in range(path.stat().st_size // 4096):
            file.seek(4096 * page)
            file.write(draw.randbytes(4096))
    state._file.base.execute("PRAGMA shrink_memory")
    is_of_use(state)
    assert is_of_use(state, 10**6 + 1)
    assert told == [1] * state.damages
    assert state.damages >= 1
    state.close()


def test_values_that_were_never_written_are_damage(tmp_path: Path) -> None:
    """A page may be sound and what it says nonsense: no answer is made of it."""
    path = tmp_path / "state.sqlite"
    filled(path, 3)
    state = State(path)
    with state._file.base as base:
        base.execute("UPDATE answers SET view = 'x' WHERE key = '1'")
        base.execute("UPDATE answers SET question = CAST(X'ff' AS TEXT) WHERE key = '2'")
    assert state.answers.answer("1", 1) is None
    assert state.damages == 1
    state.close()


def test_other_tables_are_not_used(tmp_path: Path) -> None:
    """A file whose tables are others than the bot's is put aside as a damaged one."""
    path = tmp_path / "state.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE answers (key TEXT PRIMARY KEY)")
    state = State(path)
    assert state.damages == 1
    assert is_of_use(state)
    state.close()


def test_a_full_disk_is_no_damage(tmp_path: Path) -> None:
    """What passes is waited for: nothing is put aside."""
    path = tmp_path / "state.sqlite"
    filled(path, 3)
    state = State(path)
    (pages,) = state._file.base.execute("PRAGMA page_count").fetchone()
    state._file.base.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(100, 400):
        assert state.inbox.arrived(number, {"text": "x" * 4000})
    assert state.damages == 0
    assert state.answers.answer("1", 1) is not None
    state.close()


def test_what_was_asked_is_private_from_the_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folder, memory, its log and index, and the questions left unanswered: nobody else may even look."""
    old = os.umask(0)
    try:
        folder = tmp_path / "data" / "telegram"
        folder.mkdir(mode=0o755, parents=True)
        (folder / "unanswered.jsonl").touch(mode=0o644)
        for suffix in ("", "-wal", "-shm"):
            (folder / f"state.sqlite{suffix}").touch(mode=0o644)
        seen: dict[str, int] = {}
        opened = os.open

        def watched(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:  # noqa: ANN401
            seen[str(path)] = folder.stat().st_mode & 0o777
            return opened(path, flags, mode, **more)

        monkeypatch.setattr(os, "open", watched)
        state = State(folder / "state.sqlite")
        state.answers.remember(answer())
        state.settle()
        log = Unanswered(folder / "unanswered.jsonl", 90, names=False)
        log.add("nothing", QUESTION, "vi", 5, "Lan", NOW - dt.timedelta(days=91))
        log.add("nothing", QUESTION, "vi", 5, "Lan", NOW)
        log.forget_old(NOW)
        held = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
        state.close()
    finally:
        os.umask(old)
    assert {"state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "unanswered.jsonl"} == held.keys()
    assert set(held.values()) == {0o600}
    assert set(seen.values()) == {0o700}


def test_the_last_questions_are_read_from_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the log: no more of it is read than ten lines can have."""
    path = tmp_path / "unanswered.jsonl"
    log = Unanswered(path, 90, names=True)
    with path.open("w", encoding="utf-8") as file:
        for number in range(20_000):
            file.write(json.dumps({"at": "2026-11-01", "question": f"{number} " + "ậ" * 300}) + "\n")
    read = 0
    parse = json.loads

    def counted(text: str) -> object:
        nonlocal read
        read += 1
        return parse(text)

    monkeypatch.setattr(json, "loads", counted)
    assert [question.split()[0] for question in log.recent()] == [str(19_999 - n) for n in range(10)]
    assert read < 200
    log.add("nothing", "\U0001f600" * 5000, "vi", 5, "L" * 64, NOW)
    assert log.recent(1) == ["\U0001f600" * 2000]


def test_a_line_without_an_end_is_forgotten_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut may leave a long run of NUL behind: it is never in memory whole, and the rest is kept."""
    path = tmp_path / "unanswered.jsonl"
    log = Unanswered(path, 90, names=False)
    with path.open("wb") as file:
        file.truncate(1 << 20)
    log.add("nothing", "vừa hỏi", "vi", 5, "Lan", NOW)
    longest, parse = 0, unanswered._read

    def watched(raw: bytes) -> dict[str, object] | None:
        nonlocal longest
        longest = max(longest, len(raw))
        return parse(raw)

    monkeypatch.setattr(unanswered, "_read", watched)
    log.forget_old(NOW)
    assert log.recent() == ["vừa hỏi"]
    assert longest <= 16 << 10


def test_what_is_added_while_the_old_is_forgotten_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is gone through in a thread of its own, and questions come meanwhile."""
    path = tmp_path / "unanswered.jsonl"
    log = Unanswered(path, 90, names=False)
    log.add("nothing", "cũ", "vi", 5, "Lan", NOW - dt.timedelta(days=91))
    sync = os.fsync

    def asked_meanwhile(descriptor: int) -> None:
        sync(descriptor)
        log.add("nothing", "vừa hỏi", "vi", 5, "Lan", NOW)

    monkeypatch.setattr(os, "fsync", asked_meanwhile)
    log.forget_old(NOW)
    assert log.recent() == ["vừa hỏi"]


def test_a_folder_belongs_to_one_bot(tmp_path: Path) -> None:
    """A second one is refused in one sentence, until the first has ended."""
    told = r"^Another bot runs on .*TRICHDAN_DATA_DIR of its own\.$"
    with alone(tmp_path / "telegram"), pytest.raises(StoreBusy, match=told):
        alone(tmp_path / "telegram").__enter__()
    with alone(tmp_path / "telegram"):
        assert (tmp_path / "telegram").stat().st_mode & 0o777 == 0o700
