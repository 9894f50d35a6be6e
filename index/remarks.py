"""What reading made of parts that are no running text: left out, read from elsewhere, or in doubt.

Every reader says it in the same form, `Document.remarks`, so that nothing is lost in silence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

SAMPLES = 20
"""So many samples of a remark are kept at most."""
_LONGEST_SAMPLE = 160


class RemarkKind(StrEnum):
    """What a remark is about; what is counted stands in brackets."""

    HEADS = "running_heads"  # left out (lines)
    HIDDEN = "hidden_text"  # left out (passages)
    EQUATIONS = "equations"  # not read as text, their places marked (equations)
    LINEAR_EQUATIONS = "equations_as_text"  # read, on one line (equations)
    UNREAD_PAGES = "pages_without_text"  # nothing to read on them, perhaps scanned (pages)
    UNREAD_GLYPHS = "glyphs_without_text"  # drawn, and the file does not say which letters they are (glyphs)
    NO_PROSE = "no_prose"  # left out: encoded data, markup or a program (passages)
    FORMS = "form_fields"  # read (fields that hold a value)
    ANNOTATIONS = "annotations"  # read (notes and boxes with text)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing of which a document has some.

    Attributes:
        kind: What it is.
        count: How many there are, at least 1.
        pages: Pages on which they stand, from 1, ascending; empty for documents without pages.
        samples: What some of them say, at most `SAMPLES`; empty where they say nothing.
    """

    kind: RemarkKind
    count: int
    pages: tuple[int, ...] = ()
    samples: tuple[str, ...] = ()


def remark(
    kind: RemarkKind, count: int, pages: Iterable[int] = (), samples: Iterable[str] = ()
) -> tuple[Remark, ...]:
    """Return a remark, or nothing where the count is 0; samples are told once each, and shortened."""
    if not count:
        return ()
    told = dict.fromkeys(" ".join(sample.split())[:_LONGEST_SAMPLE] for sample in samples)
    return (Remark(kind, count, tuple(sorted(set(pages))), tuple(told)[:SAMPLES]),)


def counted(remarks: Iterable[Remark]) -> Counter[RemarkKind]:
    """Return how many there are of each kind."""
    counts: Counter[RemarkKind] = Counter()
    for each in remarks:
        counts[each.kind] += each.count
    return counts


def plain(remarks: Iterable[Remark]) -> list[dict[str, object]]:
    """Return remarks as JSON has them; `parse` takes them back."""
    return [asdict(each) for each in remarks]


def parse(rows: object) -> tuple[Remark, ...]:
    """Return the remarks that `plain` wrote.

    Raises:
        ValueError: They are none.
    """
    if not isinstance(rows, list):
        raise ValueError("no remarks")
    return tuple(map(_parse, rows))


def _parse(row: object) -> Remark:
    if not isinstance(row, Mapping) or row.keys() != {"kind", "count", "pages", "samples"}:
        raise ValueError("no remark")
    count, pages, samples = row["count"], row["pages"], row["samples"]
    if type(count) is not int or count < 1 or not isinstance(pages, list) or not isinstance(samples, list):
        raise ValueError("no remark")
    if any(type(page) is not int or page < 1 for page in pages) or pages != sorted(set(pages)):
        raise ValueError("no pages")
    if not all(isinstance(sample, str) for sample in samples):
        raise ValueError("no samples")
    "".join(samples).encode()  # half of a surrogate pair is no text
    return Remark(RemarkKind(row["kind"]), count, tuple(pages), tuple(samples))
