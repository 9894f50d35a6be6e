"""How a question is understood by the talk before it: what its words stand for, what it leaves out. Pure."""

from collections.abc import Sequence, Set

from bot.followup.completion import complete
from bot.followup.pronouns import Turn, Unclear, points_back, resolve


def understand(
    question: str, talk: Sequence[Turn], names: Set[str], *, replying: bool = False
) -> str | Unclear | None:
    """Return a question spelled out by the talk, its latest turn first; None for one that stands alone.

    `names` are words that the collection writes as names; `replying` says that it replies to an answer.
    """
    found = resolve(question, talk, names) if points_back(question) else None
    if isinstance(found, Unclear) or not talk:
        return found
    previous, bare = talk[0].question, found or question
    return complete(bare, previous, replying=replying and found is None, names=names) or found
