"""`python -m bot.collection_job`: change the collection in a separate process, and report progress.

A job as JSON on standard input, events as JSON on standard output, one per line: `{"stage", "share"}` while
it works, `{"warning"}` for the log, and at the end one `{"report"}`, `{"error"}`, or `{"refused"}` where
the operator's questions would be lost. What a hostile file does to this process, the bot survives.
"""

import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.acceptance import QuestionsLost, gate_of
from bot.telegram.jobs.job_report import Job, JobReport, SentFile
from index.errors import SourceError, TrichDanError

if TYPE_CHECKING:
    from bot.wiring import Parts
    from index.generation import Generation
    from index.indexer import Gate
    from index.records import Document
    from index.sources import Options

_TELL_EVERY_S: Final = 0.3
_MOST_PROBLEMS: Final = 20
_GENTLE: Final = 5


class _Warnings(logging.Handler):
    """What is logged here is passed to the parent process, whose log it belongs to."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on."""
        _tell(warning=record.getMessage())


class _Teller:
    """A progress that writes events, no more often than somebody could read them."""

    def __init__(self) -> None:
        self._stage, self._done, self._total, self._told = "", 0, 0, 0.0

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        self._stage, self._done, self._total, self._told = name, 0, total or 0, time.monotonic()
        _tell(stage=name, share=0.0)

    def advance(self, steps: int) -> None:
        """Go on."""
        self._done += steps
        if self._total and time.monotonic() - self._told > _TELL_EVERY_S:
            self._told = time.monotonic()
            _tell(stage=self._stage, share=min(self._done / self._total, 1.0))

    def problem(self, error: SourceError) -> None:
        """Leave it to the report."""


def _tell(**event: Any) -> None:  # noqa: ANN401 - JSON values have any type
    sys.stdout.write(json.dumps(event, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def carry_out(job: Job, parts: "Parts", gate: "Gate | None" = None) -> JobReport:
    """Carry out a job.

    All files together make one generation, which has to pass the `gate`.

    Raises:
        TrichDanError: It cannot be done; the collection stays as it is.
    """
    if job.remove:
        parts.indexer(_Teller(), gate).remove(job.remove)
        with parts.store.current() as generation:
            return _counted(generation, JobReport(removed=job.remove))
    return _add(job.files, parts, gate)


def _add(files: "Sequence[SentFile]", parts: "Parts", gate: "Gate | None") -> JobReport:
    from bot.wiring import reading_options
    from index.errors import NoGeneration

    documents, problems = _read(files, reading_options(parts.text_column))
    told = JobReport(
        problems=tuple(problem.message for problem in problems[:_MOST_PROBLEMS]), problem_count=len(problems)
    )
    try:
        with parts.store.current() as before:
            known = dict(_known(documents, before))
            ids = {summary.id for summary in before.summaries()}
    except NoGeneration:
        known, ids = {}, set()
    fresh = [document for document in documents if document.id not in known]
    told = replace(told, same=tuple(known.items()))
    if fresh:
        report = parts.indexer(_Teller(), gate).add(fresh)
        late = [*problems, *report.problems]
        taken = dict.fromkeys(document.id for document in fresh)
        told = replace(
            told,
            added=tuple(name for name in taken if name not in ids),
            replaced=tuple(name for name in taken if name in ids),
            problems=tuple(problem.message for problem in late[:_MOST_PROBLEMS]),
            problem_count=len(late),
            sample_left=report.sample_left,
        )
    elif not documents and not problems:
        raise SourceError("{name} holds no text; left out.", name=files[0].name)
    if not fresh and not ids:
        return told  # there was no collection, and there is none
    with parts.store.current() as after:
        return _counted(after, told)


def _read(files: "Sequence[SentFile]", options: "Options") -> "tuple[list[Document], list[SourceError]]":
    """Return the documents of all files, and what was left out."""
    from index.sources import read_file

    documents: list[Document] = []
    problems: list[SourceError] = []
    _tell(stage="reading", share=0.0)
    for number, file in enumerate(files, 1):
        reading = read_file(Path(file.path), name=file.name, options=options)
        title = file.title
        titled = title and len(reading.documents) == 1
        documents += (
            [replace(each, title=title) for each in reading.documents] if titled else reading.documents
        )
        problems += reading.problems
        _tell(stage="reading", share=number / len(files))
    return documents, problems


def _known(documents: "Sequence[Document]", before: "Generation") -> "Iterator[tuple[str, str]]":
    """Yield the documents that the collection already holds, by id, and the id it has them under."""
    wanted = {document.text: document for document in documents}
    titles = {document.id: document for document in documents}
    for held in before.iter_documents():
        same = wanted.get(held.text)
        if same is None:
            continue
        if held.id == same.id:
            if held == titles[same.id]:
                yield same.id, held.id
        elif same.id not in titles or not _stands(before, same.id):
            yield same.id, held.id


def _stands(before: "Generation", identifier: str) -> bool:
    try:
        before.rows_of(identifier)
    except KeyError:
        return False
    return True


def _counted(generation: "Generation", told: JobReport) -> JobReport:
    changed = (*told.added, *told.replaced)
    return replace(
        told,
        sentences=sum(len(generation.rows_of(identifier)) for identifier in changed),
        all_documents=generation.documents,
        all_sentences=generation.sentences,
    )


def main() -> int:
    """Read a job, carry it out, report."""
    from bot.system.process import be_sparing

    be_sparing()
    os.nice(_GENTLE)  # questions come first
    with _warnings_told():
        return _carried_out()


@contextlib.contextmanager
def _warnings_told() -> Iterator[None]:
    """Pass warnings on while the body runs."""
    root, handler = logging.getLogger(), _Warnings(logging.WARNING)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def _carried_out() -> int:
    from bot.settings import load
    from bot.wiring import open_parts

    asked = json.loads(sys.stdin.readline())
    try:
        settings = load(data_dir=Path(asked["data_dir"]))
        parts = open_parts(settings)
        report = carry_out(Job.of(asked), parts, gate_of(settings, parts))
    except QuestionsLost as refused:
        _tell(refused=asdict(refused.figures))
        return 1
    except TrichDanError as error:
        _tell(error=error.message.plain())
        return 1
    _tell(report=report.plain())
    return 0


if __name__ == "__main__":
    sys.exit(main())
