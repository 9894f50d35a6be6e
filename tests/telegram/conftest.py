"""Fixtures: a loopback server, and the bot's process against it."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram.process import BotProcess
from tests.telegram.server import Loopback
from tests.telegram.world import Person

OWNER = 101
_ids = itertools.count(1000)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Run a server for one test."""
    with Loopback() as running:
        yield running


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotProcess]:
    """Run one bot, open to everybody, for all tests of a module; every test brings its own people."""
    with (
        Loopback() as running,
        BotProcess(running, shared_folder(tmp_path_factory), {"TRICHDAN_OWNERS": str(OWNER)}) as bot,
    ):
        yield bot
        assert running.refusals() == [], "the bot made calls that Telegram would refuse"
        code, seconds = bot.stop()
        assert code == 0
        assert seconds < 10
        assert "Traceback" not in bot.log()
        assert "lost after" not in bot.log()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Make a folder for a bot that several tests share."""
    return factory.mktemp("bot")


def somebody() -> Person:
    """Bring somebody who has never been here."""
    return Person(next(_ids))


@pytest.fixture
def lan() -> Person:
    """Bring somebody who has never been here and speaks Vietnamese."""
    return somebody()


@pytest.fixture
def amy() -> Person:
    """Bring somebody who has never been here and speaks English."""
    return Person(next(_ids), "Amy", "en")
