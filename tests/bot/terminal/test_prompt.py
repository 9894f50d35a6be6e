"""The prompt of `trichdan chat`, driven through a pipe as a keyboard."""

import stat
from pathlib import Path

import pytest
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal.prompt import HISTORY, typed_questions

CTRL_C = "\x03"
CTRL_D = "\x04"


def typed(keys: str, data_dir: Path) -> list[str]:
    """Return the questions that come of these keys."""
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        return list(typed_questions(data_dir, source=keyboard, sink=DummyOutput()))


def test_questions_until_ctrl_d(tmp_path: Path) -> None:
    """Each line is a question, empty ones are not, and Ctrl-D ends it."""
    assert typed(f"một?\r\r   \rhai?\r{CTRL_D}ba?\r", tmp_path) == ["một?", "hai?"]


def test_ctrl_c_drops_the_line(tmp_path: Path) -> None:
    """Ctrl-C throws away what is being typed and stays."""
    assert typed(f"half{CTRL_C}whole\r{CTRL_D}", tmp_path) == ["whole"]


def test_line_editing(tmp_path: Path) -> None:
    """Arrow keys and Home work as everywhere."""
    assert typed(f"là gì?\x01NATO {CTRL_D}\x05\r{CTRL_D}", tmp_path)[0].startswith("NATO ")


def test_history_is_kept_for_its_owner(tmp_path: Path) -> None:
    """Questions are kept for the next session, in a file that nobody else may read."""
    typed(f"một?\r{CTRL_D}", tmp_path)
    assert list(FileHistory(str(tmp_path / HISTORY)).load_history_strings()) == ["một?"]
    assert stat.S_IMODE((tmp_path / HISTORY).stat().st_mode) == 0o600


def test_no_place_for_a_history(tmp_path: Path) -> None:
    """If none can be kept, questions can still be asked."""
    assert typed(f"một?\rhai?\r{CTRL_D}", tmp_path / "missing") == ["một?", "hai?"]


@pytest.mark.parametrize("keys", [CTRL_D, f"{CTRL_C}{CTRL_D}"])
def test_leaving_at_once(tmp_path: Path, keys: str) -> None:
    """Nothing has to be asked."""
    assert typed(keys, tmp_path) == []
