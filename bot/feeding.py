"""`python -m bot.feeding`: change the collection in a process of its own, and tell how far it is.

A job as JSON on standard input, events as a JSON object a line on standard output: `{"stage", "share"}` while
it works, and one `{"report"}` or `{"error"}` at the end. What a hostile file does to this process, the bot
survives.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from index.errors import SourceError, TrichDanError

if TYPE_CHECKING:
    from bot.wiring import Parts
    from index.generation import Generation
    from index.records import Document

_TELL_EVERY_S: Final = 0.3
_MOST_PROBLEMS: Final = 20
_GENTLE: Final = 5


@dataclass(frozen=True, slots=True)
class Fed:
    """What a job did to the collection.

    Attributes:
        added: Ids of new documents.
        replaced: Ids of documents that took the place of an earlier one.
        same: Ids of documents that were there already, with the id under which they were.
        removed: Ids of documents that are gone.
        sentences: Number of sentences of what was added or replaced.
        all_documents: Number of documents that the collection holds now.
        all_sentences: Number of its sentences.
        problems: What was left out and why, one sentence each; the first ones.
        problem_count: How many there were.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    sentences: int = 0
    all_documents: int = 0
    all_sentences: int = 0
    problems: tuple[str, ...] = ()
    problem_count: int = 0


class _Teller:
    """A progress that writes events, not more often than somebody could read them."""

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


def feed(job: dict[str, Any], parts: "Parts") -> Fed:
    """Carry out a job: `{"path", "title"}` to add a file, `{"remove"}` with ids.

    Raises:
        TrichDanError: It cannot be done; the collection stays as it is.
    """
    if "remove" in job:
        from index.build import remove

        remove(job["remove"], parts.store, parts.encoder, parts.static, progress=_Teller())
        with parts.store.current() as generation:
            return _counted(generation, Fed(removed=tuple(job["remove"])))
    return _add(Path(job["path"]), job.get("title"), parts)


def _add(path: Path, title: str | None, parts: "Parts") -> Fed:
    from index.build import add
    from index.errors import NoGeneration
    from index.sources import read

    problems: list[SourceError] = []
    _tell(stage="reading", share=0.0)
    documents = list(read([path], problems.append))
    if title and len(documents) == 1:
        documents = [replace(documents[0], title=title)]
    told = Fed(problems=tuple(map(_plain(path), problems[:_MOST_PROBLEMS])), problem_count=len(problems))
    try:
        with parts.store.current() as before:
            known = dict(_known(documents, before))
            ids = {summary.id for summary in before.summaries()}
    except NoGeneration:
        known, ids = {}, set()
    fresh = [document for document in documents if document.id not in known]
    told = replace(told, same=tuple(known.items()))
    if fresh:
        report = add(fresh, parts.store, parts.encoder, parts.static, progress=_Teller())
        late = [*problems, *report.problems]
        told = replace(
            told,
            added=tuple(document.id for document in fresh if document.id not in ids),
            replaced=tuple(document.id for document in fresh if document.id in ids),
            problems=tuple(map(_plain(path), late[:_MOST_PROBLEMS])),
            problem_count=len(late),
        )
    elif not documents and not problems:
        raise SourceError(f"{path.name} holds no text.")
    if not fresh and not ids:
        return told  # there was no collection, and there is none
    with parts.store.current() as after:
        return _counted(after, told)


def _known(documents: "Sequence[Document]", before: "Generation") -> "Iterator[tuple[str, str]]":
    """Yield the documents that the collection holds already, by id, and the id it has them under."""
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


def _counted(generation: "Generation", told: Fed) -> Fed:
    changed = (*told.added, *told.replaced)
    return replace(
        told,
        sentences=sum(len(generation.rows_of(identifier)) for identifier in changed),
        all_documents=generation.documents,
        all_sentences=generation.sentences,
    )


def _plain(path: Path) -> Callable[[object], str]:
    """Return how to say a problem without the folder in which the file lay for a moment."""
    folder = f"{path.parent}{os.sep}"
    return lambda error: str(error).replace(folder, "")


def main() -> int:
    """Read a job, carry it out, tell about it."""
    from bot.settings import load
    from bot.wiring import open_parts

    os.nice(_GENTLE)  # whoever asks comes first
    job = json.loads(sys.stdin.readline())
    try:
        fed = feed(job, open_parts(load(data_dir=Path(job["data_dir"]))))
    except TrichDanError as error:
        _tell(error=_plain(Path(job["path"]))(error) if "path" in job else str(error))
        return 1
    _tell(report=asdict(fed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
