"""What all tests share: an environment without settings, and a header that names the versions."""

import os
from collections.abc import Iterator
from importlib.metadata import version

import pytest
from hypothesis import settings

# A deadline is of the clock, and a busy machine would break it.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_NAMED = ("faiss-cpu", "tantivy", "tokenizers", "sentence-transformers", "torch", "python-telegram-bot")
_LANGUAGES = ("LANG", "LC_ALL", "LC_MESSAGES")
_LOOKS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE")


def pytest_report_header() -> str:
    """Name the versions of the libraries that matter."""
    return ", ".join(f"{name} {version(name)}" for name in _NAMED)


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take out of the environment what a person has set for the program, or for language and look."""
    for name in list(os.environ):
        if name.upper().startswith("TRICHDAN_") or name in _LANGUAGES + _LOOKS:
            monkeypatch.delenv(name)
    # A clone has its data and settings where it stands; tests have theirs in the folder they work in.
    monkeypatch.setenv("TRICHDAN_DATA_DIR", ".data")
    monkeypatch.setenv("TRICHDAN_ENV_FILE", ".env")
    yield
