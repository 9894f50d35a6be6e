"""How planted bugs are counted, and that what is named is there."""

import json
from pathlib import Path

import pytest

from benchmarks.mutation import AREAS, COPIED, ROOT, Tally, ended, planted, report, tallied


@pytest.mark.parametrize("area", AREAS)
def test_what_is_changed_and_what_notices_is_there(area: str) -> None:
    """The names of modules and tests follow the layout."""
    for path in (*AREAS[area].modules, *AREAS[area].tests, *COPIED):
        assert (ROOT / path).exists(), path


def test_bugs_are_counted_by_module() -> None:
    """Killed and endless ones are noticed; one that was not tried does not count."""
    ends = {"a.b.x_f__mutmut_1": 0, "a.b.x_f__mutmut_2": 1, "a.b.x_f__mutmut_3": 36, "a.c.x_g__mutmut_1": 33}
    found = tallied({**ends, "a.c.x_g__mutmut_2": None}, [*ends, "a.c.x_g__mutmut_2", "a.c.x_g__mutmut_3"])
    assert found == {
        "a.b": Tally(1, 1, ("a.b.x_f__mutmut_1",), ()),
        "a.c": Tally(0, 0, (), ("a.c.x_g__mutmut_1",)),
    }
    *_, module, other, whole = report(found)
    assert module == "| a.b | 3 | 1 | 1 | 0 | 33% |"
    assert other == "| a.c | 1 | 0 | 0 | 1 | 100% |"
    assert whole == "| all | 4 | 1 | 1 | 1 | 50% |"


def test_nothing_was_tried() -> None:
    """The table is empty."""
    assert list(report({}))[2:] == ["| all | 0 | 0 | 0 | 0 | 0% |"]


def test_what_mutmut_wrote_is_read(tmp_path: Path) -> None:
    """Names of functions and methods as in the files, exit codes as beside them."""
    folder = tmp_path / "mutants" / "index"
    folder.mkdir(parents=True)
    source = "def x_f__mutmut_1(a):\n    pass\nclass A:\n    async def xǁAǁg__mutmut_2(self):\n        pass\n"
    (folder / "disk.py").write_text(source, "utf-8")
    (folder / "disk.py.meta").write_text(json.dumps({"exit_code_by_key": {"index.disk.x_f__mutmut_1": 0}}))
    assert list(planted(tmp_path)) == ["index.disk.x_f__mutmut_1", "index.disk.xǁAǁg__mutmut_2"]
    assert ended(tmp_path) == {"index.disk.x_f__mutmut_1": 0}
