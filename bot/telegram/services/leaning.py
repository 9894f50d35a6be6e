"""How a question goes on with a talk, looked up in what was asked and answered."""

from collections.abc import Callable, Sequence, Set

from bot.followup import Turn, Unclear, needs_its_answer, points_back, understand
from bot.question_filters import filtered, prefix
from bot.telegram.memory.given_answers import Remembered


def spelled_out(
    question: str,
    talk: Sequence[Remembered],
    answered: Callable[[Remembered], str | None],
    names: Set[str],
    *,
    replying: bool,
) -> str | Unclear | None:
    """Return a question spelled out by the talk, its latest turn first; None for one that stands alone.

    `answered` gives the words that answered a turn. The filter is a part of the talk; the answer shows it,
    and a new one takes its place.
    """
    bare = filtered(question)[0]
    back = points_back(bare)
    turns = [_turn(each, answered if back else None) for each in talk]
    found = understand(bare, turns, names, replying=replying)
    if isinstance(found, Unclear):
        return Unclear(tuple(prefix(question) + each for each in found.questions))
    if found is None:
        return None
    return (prefix(question) or (prefix(talk[0].question) if talk else "")) + found


def _turn(asked: Remembered, answered: Callable[[Remembered], str | None] | None) -> Turn:
    """Return an earlier question; what answered it is looked up only where that may be meant."""
    question = filtered(asked.question)[0]
    return Turn(question, answered(asked) if answered and needs_its_answer(question) else None)
