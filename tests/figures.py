"""What a long test did and took, in figures, for who runs it with `-s`."""

from pathlib import Path


def tell(what: str, **counts: int) -> None:
    """Print one line: what was tried, and how often each thing happened."""
    told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
    print(f"\n{what}: {told}")  # noqa: T201 - pytest shows it with -s


def resident() -> tuple[int, int]:
    """Return what this process has in memory of its own and of files, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return int(told["RssAnon"].split()[0]), int(told["RssFile"].split()[0])
