"""What readers remark is counted, kept, and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.generation.document_rows import document_of, row_of
from index.records import Document
from index.remarks import SAMPLES, Remark, RemarkKind, counted, parse, plain, remark
from index.sources.containment.worker_protocol import parse_reply, reply_part
from index.sources.tables.export import document_of as exported
from index.sources.tables.export import line

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
remarks = st.builds(
    Remark,
    st.sampled_from(RemarkKind),
    st.integers(1, 10_000),
    st.lists(st.integers(1, 500), unique=True, max_size=5).map(lambda pages: tuple(sorted(pages))),
    st.lists(texts, max_size=3).map(tuple),
)


@given(st.lists(remarks, max_size=4).map(tuple))
def test_they_come_back_from_wherever_they_were_kept(told: tuple[Remark, ...]) -> None:
    """As JSON, as a row of SQLite, as a line of an export, from the reading process."""
    document = Document("a.pdf", "Một câu.", remarks=told)
    assert parse(json.loads(json.dumps(plain(told)))) == told
    assert document_of(row_of(document)) == document
    assert exported(json.loads(line(document)), "row") == document
    assert parse_reply(reply_part(document), len(document.text)) == (document, 0)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        [[]],
        [{"kind": "running_heads"}],
        [{"kind": "what", "count": 1, "pages": [], "samples": []}],
        [{"kind": "running_heads", "count": 0, "pages": [], "samples": []}],
        [{"kind": "running_heads", "count": True, "pages": [], "samples": []}],
        [{"kind": "running_heads", "count": 1, "pages": [2, 1], "samples": []}],
        [{"kind": "running_heads", "count": 1, "pages": [0], "samples": []}],
        [{"kind": "running_heads", "count": 1, "pages": [], "samples": [1]}],
        [{"kind": "running_heads", "count": 1, "pages": [], "samples": ["\ud800"]}],
    ],
)
def test_what_is_no_remark_is_refused(broken: object) -> None:
    """A reading process that a hostile file has taken over says anything."""
    with pytest.raises(ValueError, match=r"."):
        parse(broken)


def test_counting() -> None:
    """Zero makes no remark; pages ascend; samples appear once, on one line, and shortened."""
    assert remark(RemarkKind.FORMS, 0, [1], ["a"]) == ()
    (told,) = remark(
        RemarkKind.HEADS, 90, [3, 1, 3], ["Báo\n cáo", "Báo cáo", *map(str, range(50)), "x" * 999]
    )
    assert told.pages == (1, 3)
    assert told.samples[:2] == ("Báo cáo", "0")
    assert len(told.samples) == SAMPLES
    assert counted([told, told, Remark(RemarkKind.FORMS, 2)]) == {RemarkKind.HEADS: 180, RemarkKind.FORMS: 2}
