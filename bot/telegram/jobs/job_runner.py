"""Changes of the collection that an owner asks for: one at a time, each in a separate process."""

import asyncio
import contextlib
import json
import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.telegram.jobs.job_report import Job, JobReport, figures_of
from index.errors import Message, TrichDanError
from index.sources.containment.children import command
from retrieval.evaluation import Figures

_LOG: Final = logging.getLogger(__name__)
_LONGEST_S: Final = 3600.0
_LONGEST_LINE: Final = 1 << 20
_PREFIX: Final = "incoming-"
_PROGRAM: Final = "bot.collection_job"
_BROKEN: Final = Message("The reading of it broke down; the collection is as it was.")


class JobError(TrichDanError):
    """A change could not be made; `str()` is one sentence."""


class JobRefused(JobError):  # noqa: N818 - says what is the case
    """The operator's questions would be lost; `figures` says which."""

    def __init__(self, figures: Figures) -> None:
        super().__init__("The questions that are kept would be lost.")
        self.figures = figures


@dataclass(slots=True)
class JobRunner:
    """Runs the jobs of `bot.collection_job`.

    Attributes:
        data_dir: Where the collection is.
        folder: Where files that were sent lie until they are read.
        limit_s: After this time a job is given up.

    """

    data_dir: Path
    folder: Path
    limit_s: float = _LONGEST_S
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _jobs: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for left in self.folder.glob(f"{_PREFIX}*"):  # of a process that was killed
            shutil.rmtree(left, ignore_errors=True)

    @property
    def busy(self) -> bool:
        """Whether a further job has to wait."""
        return self._turn.locked()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Let work outlive the handler that began it."""
        task = asyncio.create_task(work)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def close(self, grace_s: float) -> None:
        """Abandon what is under way; the collection stays as it is."""
        for task in self._jobs:
            task.cancel()
        if self._jobs:
            await asyncio.wait(self._jobs, timeout=grace_s)

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """Provide a folder for a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=self.folder, ignore_cleanup_errors=True) as name:
            yield Path(name)

    async def change(self, job: Job, tell: Callable[[str, float], None]) -> JobReport:
        """Carry out a job, reporting each stage and its progress; return the report.

        Raises:
            JobError: It failed; the collection is as it was.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self.limit_s):
                    return await self._run(job, tell)
            except (ValueError, TypeError, KeyError) as error:
                _LOG.error("a change of the collection reported what is no report: %s", error)
                raise JobError.of(_BROKEN) from None
            except TimeoutError:
                raise JobError(
                    "It took longer than {limit} minutes and was given up.", limit=f"{self.limit_s / 60:.0f}"
                ) from None

    async def _run(self, job: Job, tell: Callable[[str, float], None]) -> JobReport:
        async with _child() as child:
            assert child.stdin is not None  # noqa: S101 - both are pipes
            assert child.stdout is not None  # noqa: S101
            child.stdin.write(json.dumps(asdict(job) | {"data_dir": str(self.data_dir)}).encode() + b"\n")
            child.stdin.close()
            async for line in child.stdout:
                event = _event(line)
                if "report" in event:
                    return JobReport.of(event["report"])
                if "refused" in event:
                    raise JobRefused(figures_of(event["refused"]))
                if "error" in event:
                    raise JobError.of(Message.parse(event["error"]))
                if "warning" in event:
                    _LOG.warning("%s", event["warning"])
                elif "stage" in event:
                    tell(str(event["stage"]), float(event["share"]))
            code = await child.wait()
        _LOG.error("a change of the collection ended with status %s", code)
        raise JobError.of(_BROKEN)


def _event(line: bytes) -> dict[str, Any]:
    """Return what a line of the process says, nothing where a library printed it."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


@contextlib.asynccontextmanager
async def _child() -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the program; it ends with the body."""
    child = await asyncio.create_subprocess_exec(
        *command(_PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        start_new_session=True,  # Ctrl-C is for the bot, which ends it
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        await child.wait()
