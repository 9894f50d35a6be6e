"""Pressed buttons of lists: only where they really are, and those of the owners only by owners."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import SecretStr

from bot.telegram.access import Access
from bot.telegram.collection.live import LiveGeneration
from bot.telegram.handlers import buttons, uploads
from bot.telegram.messages.keyboards import OF_DOCUMENTS, OF_OWNERS, Button, Verb
from bot.telegram.services import Services
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.updates.values import Person, Press
from bot.telegram.workers import Workers
from bot.texts.telegram import languages
from tests.telegram.fake import DOCUMENTS, FakeStore
from tests.telegram.server import TOKEN

VI = languages()["vi"]
OWNER, LAN = Person(9, "Mai", "vi"), Person(5, "Lan", "vi")


class _Sender:
    """Notes what would be sent."""

    def __init__(self) -> None:
        self.said: list[str | None] = []
        self.shown: list[str] = []

    async def answer_callback(self, query: str, text: str | None = None, *, alert: bool = False) -> None:
        """Note what a press is answered."""
        self.said.append(text)

    async def edit(self, chat: int, message: int, piece: Any, keyboard: Any = ()) -> bool:  # noqa: ANN401
        """Note what takes the place of the message."""
        self.shown.append(piece.text)
        return True


class _Services:
    """What buttons of lists need."""

    def __init__(self, folder: Path) -> None:
        settings = TelegramSettings(SecretStr(TOKEN), folder, open_access=True, owners=frozenset((OWNER.id,)))
        store = FakeStore(folder / "CURRENT")
        self.access, self.sender = Access.of(settings), _Sender()
        self.live, self.workers = LiveGeneration(store.open, store.current), Workers(1, 9)
        self.live.load()
        self.jobs = object()
        self.taken: list[object] = []

    def texts_for(self, person: Person) -> object:
        """Speak Vietnamese."""
        return VI

    def about(self, live: object, texts: object) -> str:
        """Say nothing about the collection."""
        return "?"


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Services:
    """Make services whose changes of the collection are only noted."""
    made = _Services(tmp_path)

    def begin(_jobs: object, note: object, work: Coroutine[Any, Any, None]) -> None:
        work.close()
        made.taken.append(note)

    monkeypatch.setattr(uploads, "begin", begin)
    return made


def press(services: _Services, person: Person, data: str, *, offered: bool = True) -> None:
    """Press a button that the message has, or that only the client of the person knows of."""
    there = ((Button("x", data if offered else "y:key:0"),),)
    pressed = Press(person, "q", 5, 3, None, private=True, data=data, offered=there)
    asyncio.run(buttons.press(cast("Services", services), pressed))


@pytest.mark.parametrize("verb", sorted(OF_OWNERS))
def test_only_owners_list_and_take_out(services: _Services, verb: str) -> None:
    """Anyone else who presses an owner's button, as in a group, learns so, and nothing happens."""
    with services.live.reading() as live:
        data = f"{verb}:{live.tag}:0"
    press(services, LAN, data)
    assert services.sender.said == [VI.owners_only]
    assert (services.sender.shown, services.taken) == ([], [])
    if verb not in OF_DOCUMENTS:
        return
    press(services, OWNER, data)
    assert services.sender.said == [VI.owners_only, None]
    assert bool(services.taken) is (verb == Verb.TAKE_OUT)
    assert any(DOCUMENTS[0].id in text for text in services.sender.shown) is (not services.taken)


@pytest.mark.parametrize("verb", [*sorted(OF_OWNERS), "s", "l", "x"])
@pytest.mark.parametrize("key", ["", "vi", "tag"])
def test_a_button_that_the_message_does_not_have_does_nothing(
    services: _Services, verb: str, key: str
) -> None:
    """A changed client may say anything: no list takes the place of another message, and nothing is asked."""
    with services.live.reading() as live:
        data = f"{verb}:{live.tag if key == 'tag' else key}:0"
    press(services, OWNER, data, offered=False)
    assert services.sender.said == [VI.unusable]
    assert (services.sender.shown, services.taken) == ([], [])


def test_the_pages_of_the_sources_turn(services: _Services) -> None:
    """The button that is there shows the page in place; one beyond the last shows the last."""
    press(services, LAN, "s:tag:0")
    press(services, LAN, "s:tag:999999")
    assert services.sender.said == [None, None]
    assert len(services.sender.shown) == 2
    assert all("Bế mạc" in text for text in services.sender.shown)


def test_a_list_of_another_generation_takes_nothing_out(services: _Services) -> None:
    """Places have changed since; the list is to be asked for again."""
    press(services, OWNER, "o:gone:0")
    assert services.sender.said == [VI.feed_list_old]
    assert services.taken == []
