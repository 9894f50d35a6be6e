"""What a long test did, in figures, for who runs it with `-s`."""


def tell(what: str, **counts: int) -> None:
    """Print one line: what was tried, and how often each thing happened."""
    told = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
    print(f"\n{what}: {told}")  # noqa: T201 - pytest shows it with -s
