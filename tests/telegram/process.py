"""The bot as a child process, its log and its memory."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.telegram.server import TOKEN, Loopback

ROOT = Path(__file__).resolve().parents[2]
SEEDS = os.pathsep.join(map(str, sorted((ROOT / "seeds").glob("*.txt"))))
"""The sample, as documents that somebody named."""
FAKE = ("-m", "tests.telegram.serve")


@dataclass
class BotProcess:
    """One run of the bot against a loopback server; a context manager that ends it."""

    server: Loopback
    data: Path
    env: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = FAKE
    arguments: tuple[str, ...] = ()
    patience_s: float = 20.0
    python: str = sys.executable

    @property
    def log_file(self) -> Path:
        """Where everything it writes goes."""
        return self.data / "log.txt"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def start(self, *, wait: bool = True) -> None:
        """Start the process and wait until it fetches updates or has its webhook."""
        self.data.mkdir(parents=True, exist_ok=True)
        polls, calls = len(self.server.polls), len(self.server.calls)
        keep = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START")
            if name in os.environ
        }
        env = keep | {
            "TRICHDAN_TELEGRAM_TOKEN": TOKEN,
            "TRICHDAN_TELEGRAM_API_URL": self.server.url,
            "TRICHDAN_DATA_DIR": str(self.data),
            "TRICHDAN_ACCESS": "open",
            "TRICHDAN_SOURCES": SEEDS,
            "PYTHONWARNINGS": "error",
            **self.env,
        }
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [self.python, *self.command, *self.arguments],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if wait:
            self.until(
                lambda: (
                    len(self.server.polls) > polls
                    or any(
                        call.method == "setWebhook" and call.code == 200 for call in self.server.calls[calls:]
                    )
                ),
                self.patience_s,
            )

    def until(self, condition: object, timeout: float = 20) -> None:
        """Wait until something holds, or the process ends."""
        assert callable(condition)
        deadline = time.monotonic() + timeout
        while not condition():
            if self.process.poll() is not None:
                raise AssertionError(f"the bot ended with {self.process.returncode}: {self.log()[-3000:]}")
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain: {self.log()[-3000:]}")
            time.sleep(0.01)

    def log(self) -> str:
        """Return everything it has written."""
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""

    def kill(self) -> None:
        """End it without warning."""
        self.process.kill()
        self.process.wait()

    def stop(self, timeout: float = 15) -> tuple[int, float]:
        """Ask it to end; return the exit code and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout), time.monotonic() - started

    def resident_mib(self) -> float:
        """Return the memory that it occupies."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
