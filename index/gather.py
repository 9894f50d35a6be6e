"""Gathering: what is read, told apart by ids and compared with what is known."""

from collections.abc import Iterable, Mapping

from index.division import Entry, fingerprint
from index.errors import SourceError
from index.progress import Problems
from index.records import Document
from index.spool import Spool


def gather(
    documents: Iterable[Document], before: Mapping[str, Entry], spool: Spool, progress: Problems
) -> dict[str, Entry]:
    """Return the documents by their ids; those that are not known are put into the spool."""
    found: dict[str, Entry] = {}
    for document in documents:
        if document.text[document.body :].strip() == "":
            progress.problem(SourceError(f"The document {document.id} has no text to quote; left out."))
        elif document.id in found:
            progress.problem(
                SourceError(f"A second document has the id {document.id}; left out, give it another.")
            )
        else:
            told = fingerprint(document)
            known = before.get(document.id)
            if known is None or known.fingerprint != told:
                spool.put(document)
                known = Entry(document.id, told, len(document.text), document.date)
            found[document.id] = known
            progress.advance(1)
    if not found:
        why = progress.kept[0] if progress.kept else "Name files or folders that hold some."
        raise SourceError(f"There is no document to index. {why}")
    return found
