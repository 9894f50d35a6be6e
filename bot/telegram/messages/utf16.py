"""Lengths and cuts in UTF-16 units, the measure of Telegram's limits and entity offsets."""

from collections.abc import Iterator

from index.text.characters import is_boundary

_SPACE_WITHIN = 400


def units(text: str) -> int:
    """Count the UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> int:
    """Return where to cut so that at most `limit` units stand before: after white space if some is near.

    Code-point offset, at least 1 for a text that is not empty. A single visible character longer than the
    limit is cut inside, between code points.
    """
    end, used = 0, 0
    for character in text:
        used += 2 if character > "\uffff" else 1
        if used > limit:
            break
        end += 1
    end = max(end, min(1, len(text)))
    if end == len(text):
        return end
    for at in range(end, max(end - _SPACE_WITHIN, 0), -1):
        if text[at - 1].isspace() and not text[at].isspace() and is_boundary(text, at):
            return at
    for at in range(end, 0, -1):
        if is_boundary(text, at):
            return at
    return end


def pieces(text: str, limit: int) -> Iterator[str]:
    """Cut a text into pieces of at most `limit` units; joined they are the text."""
    while text:
        at = cut(text, limit)
        yield text[:at]
        text = text[at:]
