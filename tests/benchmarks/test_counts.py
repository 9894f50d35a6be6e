"""The work of a fixed small case has not grown; what it is, is recorded and not timed."""

import json

from benchmarks.counts import RECORDED, counted, grown


def test_the_work_has_not_grown() -> None:
    """Tokens, rows, terms, statements and files of a build, an addition, a start and some questions."""
    recorded = json.loads(RECORDED.read_text("utf-8"))
    told = counted()
    assert grown(told, recorded) == [], (
        "find out why; if it has to be, run `python -m benchmarks.counts --renew`"
    )
    assert told.keys() == recorded.keys()


def test_what_grew_is_named() -> None:
    """New kinds of work count too; a little more of the same does not."""
    recorded = {"open": {"files": 100}}
    assert grown({"open": {"files": 102}}, recorded) == []
    assert grown({"open": {"files": 103, "rows": 1}}, recorded) == [
        "open: 103 files, recorded are 100",
        "open: 1 rows, recorded are 0",
    ]
