"""`python -m benchmarks.mutation AREA`: plant small bugs, and see which of them the tests miss.

mutmut plants the bugs in a copy of what git has staged, and runs the tests that reach each. It needs `pip
install -c constraints.txt -e '.[mutation]'`.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = (
    *("bot", "index", "retrieval", "seeds", "tests", "training", "benchmarks", "docs"),
    *("pyproject.toml", "constraints.txt", "README.md", "CHANGELOG.md", ".env.example"),
)
_END = 2_000  # characters of what mutmut says
_NOBODY = "no.such.mutant"
_PLANTED = re.compile(r"^\s*(?:async )?def (x[\wǁ]*__mutmut_\d+)\(", re.MULTILINE)
# As mutmut keeps how the tests ended. All else is a failure or a crash.
_SURVIVED, _UNREACHED, _ENDLESS = 0, {5, 33}, {24, -24, 36, 152, 255}
_LOGGING = r"\b_LOG\.(debug|info|warning)\("  # how a line of the log is worded is no promise
# Tests may take this many times as long as without a bug, plus this many seconds, on a busy machine.
_PATIENCE, _GRACE = 10.0, 3.0


@dataclass(frozen=True, slots=True)
class Area:
    """What is changed, and which tests should notice.

    Attributes:
        modules: Files and folders of the program.
        tests: Files and folders of its tests, which must not read the source: mutmut rewrites it.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS: Mapping[str, Area] = {
    "quoting": Area(("retrieval/cite.py",), ("tests/retrieval/test_cite.py",)),
    "publication": Area(
        ("index/store", "index/disk.py", "index/generation/manifest.py"),
        ("tests/index/store", "tests/index/generation", "tests/index/test_disk.py"),
    ),
    "fetching": Area(("index/fetch",), ("tests/index/fetch",)),
    "access": Area(("bot/telegram/access.py",), ("tests/telegram/test_access.py",)),
    "admission": Area(
        ("bot/telegram/dispatch/admission.py",),
        ("tests/telegram/dispatch/test_admission.py", "tests/telegram/dispatch/test_dispatcher.py"),
    ),
    "secrets": Area(("bot/logs/redaction.py",), ("tests/bot/logs/test_redaction.py",)),
    "sending": Area(("bot/telegram/transport",), ("tests/telegram/transport",)),
    "telegram": Area(("bot/telegram",), ("tests/telegram",)),
    "retrieval": Area(("retrieval",), ("tests/retrieval",)),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How the planted bugs of one module ended.

    Attributes:
        killed: How many were noticed.
        endless: How many were stopped because the tests ran too long, which counts as noticed.
        survived: The names of those that were missed.
        unreached: The names of those that no test of the area reaches.
    """

    killed: int
    endless: int
    survived: tuple[str, ...]
    unreached: tuple[str, ...]


def main() -> None:
    """Plant the bugs of an area, or a sample of them, and print which survive."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, help="how many of them, drawn at random; default: all")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--children", type=int, default=1, help="processes at a time")
    parser.add_argument("--folder", type=Path, help="where to work and to leave the results")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (arguments.folder or Path(scratch)) / arguments.area
        if not folder.exists():
            prepare(folder, AREAS[arguments.area])
        if not list(planted(folder)):
            mutmut(folder, "run", "--max-children", "1", _NOBODY)
        names = sorted(planted(folder))
        if arguments.sample and arguments.sample < len(names):
            names = random.Random(arguments.seed).sample(names, arguments.sample)  # noqa: S311 - a sample
        said = mutmut(folder, "run", "--max-children", str(arguments.children), *names)
        tallies = tallied(ended(folder), names)
        if not tallies:
            sys.exit(f"{said[-_END:]}\nNothing was tried: without a bug the tests must pass.")
        for line in report(tallies, folder):
            print(line)


def prepare(folder: Path, area: Area) -> None:
    """Copy what git has staged, and tell mutmut what to do there."""
    folder.mkdir(parents=True)
    command = ["git", "-C", str(ROOT), "checkout-index", "--all", f"--prefix={folder.resolve()}/"]
    subprocess.run(command, check=True)
    settings = {
        "source_paths": [*area.modules],
        "pytest_add_cli_args_test_selection": [*area.tests],
        "pytest_add_cli_args": ["-n", "0"],  # mutmut follows the tests within its own processes
        "process_isolation": "forkserver",  # imports pytest and the tests once, not once a bug
        "also_copy": [*COPIED],
        "do_not_mutate_patterns": [_LOGGING],
        "timeout_multiplier": _PATIENCE,
        "timeout_constant": _GRACE,
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[tool.mutmut]\n{''.join(lines)}")


def mutmut(folder: Path, *arguments: str) -> str:
    """Run mutmut in the copy; return what it prints, whatever its exit status."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    (folder / "mutmut.log").write_text(done.stdout + done.stderr, "utf-8")
    return done.stdout


def planted(folder: Path) -> Iterator[str]:
    """Yield the names of all bugs that mutmut has written into the copy."""
    mutants = folder / "mutants"
    for meta in mutants.rglob("*.py.meta"):
        source = meta.with_suffix("")
        module = ".".join(source.relative_to(mutants).with_suffix("").parts).removesuffix(".__init__")
        for name in _PLANTED.findall(source.read_text("utf-8")):
            yield f"{module}.{name}"


def ended(folder: Path) -> dict[str, int | None]:
    """Return how the tests of each bug ended, by its name; None for one that was not tried."""
    found: dict[str, int | None] = {}
    for meta in (folder / "mutants").rglob("*.py.meta"):
        found |= json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    return found


def tallied(ends: Mapping[str, int | None], names: Iterable[str]) -> dict[str, Tally]:
    """Return how the bugs with these names ended, by module, if they were tried."""
    of_module: dict[str, dict[str, int]] = {}
    for name in sorted(names):
        if (end := ends.get(name)) is not None:
            of_module.setdefault(name.rpartition(".")[0], {})[name] = end
    return {
        module: Tally(
            sum(end not in {_SURVIVED, *_UNREACHED, *_ENDLESS} for end in found.values()),
            sum(end in _ENDLESS for end in found.values()),
            tuple(name for name, end in found.items() if end == _SURVIVED),
            tuple(name for name, end in found.items() if end in _UNREACHED),
        )
        for module, found in of_module.items()
    }


def report(tallies: Mapping[str, Tally], folder: Path | None = None) -> Iterator[str]:
    """Write the table of modules and, given a folder, the bugs that survived."""
    yield "| module | tried | endless | survived | not reached | share that is not noticed |"
    yield "| --- | --: | --: | --: | --: | --: |"
    whole = Tally(
        sum(each.killed for each in tallies.values()),
        sum(each.endless for each in tallies.values()),
        tuple(name for each in tallies.values() for name in each.survived),
        tuple(name for each in tallies.values() for name in each.unreached),
    )
    for module, tally in (*tallies.items(), ("all", whole)):
        survived, unreached = len(tally.survived), len(tally.unreached)
        tried = tally.killed + tally.endless + survived + unreached
        share = (survived + unreached) / max(tried, 1)
        yield f"| {module} | {tried} | {tally.endless} | {survived} | {unreached} | {share:.0%} |"
    if folder is not None:
        for name in whole.survived:
            yield f"\n{mutmut(folder, 'show', name).strip()}"


if __name__ == "__main__":
    main()
