"""What is remembered of what was noted last."""

from bot.system.latest import Latest


def test_it_forgets_what_was_set_longest_ago() -> None:
    """Setting a key again renews it; reading it does not."""
    latest: Latest[str, int] = Latest(2)
    latest["a"], latest["b"], latest["a"] = 1, 2, 3
    assert latest["b"] == 2
    latest["c"] = 4
    assert dict(latest) == {"a": 3, "c": 4}
