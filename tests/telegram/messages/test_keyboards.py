"""What buttons carry, and that each of them is understood when it is pressed."""

import pytest

from bot.telegram.handlers import buttons
from bot.telegram.messages.keyboards import ASKING, OF_ANSWERS, OF_OWNERS, Verb, data, read

SENT = {
    "c": "CONTEXT", "m": "MORE", "r": "RELATED", "a": "AGAIN", "y": "HELPFUL", "n": "NOT_HELPFUL",
    "l": "LANGUAGE", "s": "SOURCES", "x": "EXAMPLE",
    "d": "DOCUMENTS", "p": "PICK", "q": "CONFIRM", "o": "TAKE_OUT", "i": "DETAILS",
    "w": "LET_IN", "v": "TURN_AWAY", "z": "PUT_OUT",
}  # fmt: skip
"""The letters that stand in chats already, and what they mean there."""


def test_the_letters_keep_their_meaning() -> None:
    """A button that was sent years ago still does what it says; each letter means one thing."""
    assert {verb.value: verb.name for verb in Verb} == SENT
    assert len({*Verb}) == len(Verb.__members__)


def test_every_verb_has_one_handler() -> None:
    """Those of answers have an action each, and no verb is both an answer's and an owner's."""
    assert set(buttons._ACTIONS) == OF_ANSWERS
    assert not OF_ANSWERS & OF_OWNERS
    assert set(Verb) - OF_ANSWERS - OF_OWNERS == {Verb.LANGUAGE, Verb.SOURCES, Verb.EXAMPLE}
    assert {Verb.AGAIN, Verb.EXAMPLE} == ASKING


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("key", ["", "auto", "a_-9", "A" * 24])
@pytest.mark.parametrize("argument", [0, 7, 999_999, -1])
def test_data_is_read_as_it_was_made(verb: Verb, key: str, argument: int) -> None:
    """Whatever a button carries comes back, and Telegram takes it: at most 64 bytes."""
    made = data(verb, key, argument)
    assert len(made.encode()) <= 64
    pressed = read(made)
    assert pressed is not None
    assert (pressed.verb, pressed.key, pressed.argument) == (verb, key, argument)


@pytest.mark.parametrize(
    "wrong",
    [
        *(None, "", "c", "c::", "C:x:1", "c:x:1\n", "c:x:1 ", "c:ậ:1", "c:x:1234567", "cm:x:1", ":x:1"),
        "c:" + "x" * 25 + ":1",
        *(f"{letter}:x:1" for letter in "befghjktu"),
    ],
)
def test_what_is_not_ours_is_not_read(wrong: str | None) -> None:
    """Anybody may send anything as the data of a button; a letter that is no verb is refused."""
    assert read(wrong) is None
