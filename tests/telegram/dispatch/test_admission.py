"""Who may begin something now: rates and room, in whatever way it came; and slots that waiting costs none."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from bot.telegram.access import Access
from bot.telegram.dispatch.admission import Admission, Crowd
from bot.telegram.handlers import admitting, inline
from bot.telegram.services import Services
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.calls import Place
from bot.telegram.transport.slots import Slots
from bot.telegram.updates.values import Attached, Incoming, Membership, Person, Press, Search, Written
from bot.texts.telegram import languages
from tests.telegram.server import TOKEN

LAN, OWNER = Person(5, "Lan", "vi"), Person(9, "Mai", "vi")
CLUB = -100
ASKED = Written(LAN, CLUB, None, 3, False, "Ai?", None, True, None, edited=False, at=1e12)
PRESSED = Press(LAN, "q", CLUB, 3, None, private=False, data="x:tag:0")
SEARCHED = Search(LAN, "s", "Ai?")
JOINED = Membership(LAN, CLUB, private=False, present=True, before=False)
WAYS: dict[str, Incoming] = {
    "message": ASKED,
    "edit": replace(ASKED, edited=True),
    "command": replace(ASKED, command="help"),
    "button": PRESSED,
    "inline": SEARCHED,
    "membership": JOINED,
}


class _Sender:
    """Hears of chats, and keeps what a press is answered with."""

    def __init__(self, said: list[tuple[Any, ...]]) -> None:
        self.said = said

    def heard(self, chat: int) -> None:
        """Take note of a chat."""
        self.said.append(("pressed in", chat))

    async def answer_callback(self, query: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a press."""
        self.said.append((query, text, alert))


class _Desk:
    """What admission needs of a desk."""

    portrait = None

    def __init__(self, folder: Any, per_minute: int) -> None:  # noqa: ANN401
        self.settings = TelegramSettings(
            SecretStr(TOKEN), folder, open_access=True, owners=frozenset((OWNER.id,)), per_minute=per_minute
        )
        self.access = Access.of(self.settings)
        self.said: list[tuple[Any, ...]] = []
        self.sender = _Sender(self.said)

    def heard(self, chat: int, message: int) -> None:
        """Take note of a message."""
        self.said.append(("heard", chat, message))

    async def say(self, place: Place, text: str) -> None:
        """Say something."""
        self.said.append((place, text))

    def texts_for(self, person: Person) -> object:
        """Speak Vietnamese."""
        return languages()["vi"]


async def work() -> None:
    """Do what was asked."""


Make = Callable[..., Admission]


@pytest.fixture
def admission(tmp_path: Any) -> Make:  # noqa: ANN401
    """Return a maker of admissions on a clock that stands still, unless another is given."""

    def make(per_minute: int = 600, clock: Callable[[], float] = lambda: 1000.0) -> Admission:
        return Admission(cast("Services", _Desk(tmp_path, per_minute)), clock)

    return make


def admitted(admission: Admission, incoming: Incoming) -> bool:
    """Tell whether something may begin, and let it."""
    if admission.admit(incoming, work) is not work:
        return False
    admission.crowd.enter(incoming)
    return True


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("other", ["message", "button", "inline"])
def test_what_waits_of_one_person_is_bounded(admission: Make, way: str, other: str) -> None:
    """After ten that have not ended nothing more begins, in no way; as many as have ended begin then."""
    door = admission()
    assert sum(admitted(door, WAYS[way]) for _ in range(30)) == 10
    assert not admitted(door, WAYS[other])
    for ended in (1, 9):
        for _ in range(ended):
            door.crowd.leave(WAYS[way])
        assert sum(admitted(door, WAYS[other]) for _ in range(30)) == ended
    somebody = replace(ASKED, person=Person(6, "Hà", "vi"), chat=6, private=True)
    assert admitted(door, somebody)


def test_nothing_is_kept_of_what_has_ended() -> None:
    """Memory does not grow with the people who ever asked."""
    crowd = Crowd()
    for incoming in (ASKED, ASKED, SEARCHED):
        crowd.enter(incoming)
    for incoming in (ASKED, ASKED, SEARCHED):
        assert len(crowd._counts) > 0
        crowd.leave(incoming)
    assert len(crowd._counts) == 0


@pytest.mark.parametrize("way", ["message", "edit", "button"])
def test_what_waits_in_one_group_is_bounded(admission: Make, way: str) -> None:
    """However many people bring it; elsewhere they begin at once."""
    door = admission()
    people = [Person(1000 + number, "Lan", "vi") for number in range(30)]
    assert sum(admitted(door, replace(WAYS[way], person=person)) for person in people) == 10
    assert admitted(door, replace(ASKED, person=people[20], chat=people[20].id, private=True))
    assert admitted(door, replace(ASKED, person=people[21], chat=-101))


@pytest.mark.parametrize("data", ["x:tag:0", "a:key:0"])
def test_a_button_that_asks_counts_as_a_question(admission: Make, data: str) -> None:
    """Ten questions at once at 20 a minute, typed or pressed; of presses, thirty in all."""
    press = replace(PRESSED, data=data)
    door = admission(per_minute=20)
    mixed = [press if number % 2 else ASKED for number in range(30)]
    door.crowd = Crowd(100, 100)
    assert sum(admitted(door, incoming) for incoming in mixed) == 10
    assert sum(admitted(door, replace(PRESSED, data="c:key:0")) for _ in range(60)) == 15


def test_typing_inline_has_a_limit(admission: Make) -> None:
    """Thirty at once at 20 questions a minute: nobody types faster."""
    door = admission(per_minute=20)
    door.crowd = Crowd(100, 100)
    assert sum(admitted(door, SEARCHED) for _ in range(60)) == 30


@pytest.mark.parametrize("way", WAYS)
def test_a_limit_is_each_person_s_own(admission: Make, way: str) -> None:
    """After somebody has used up theirs, in whatever way, another has as much as they had."""
    door = admission(per_minute=20)
    free = [
        sum(door.admit(replace(WAYS[way], person=person), work) is work for _ in range(60))
        for person in (LAN, Person(6, "Hà", "vi"))
    ]
    assert free == [30 if way in {"inline", "membership"} else 10] * 2


def test_a_crowd_is_told_once_in_a_while(admission: Make) -> None:
    """The first that finds no room is told so, in the group's own turn; the others are not."""
    door = admission()
    answers = [door.admit(replace(ASKED, person=Person(n, "Lan", "vi")), work) for n in range(1000, 1040)]
    assert answers.count(work) == 40
    for _ in range(10):
        door.crowd.enter(ASKED)
    told = [door.admit(replace(ASKED, person=Person(n, "Lan", "vi")), work) for n in range(2000, 2040)]
    assert work not in told
    assert sum(answer is not None for answer in told) == 1


def test_an_owner_may_send_a_folder(admission: Make) -> None:
    """Files of an owner have no limit: they are read one after the other."""
    door = admission(per_minute=20)
    file = replace(ASKED, person=OWNER, text=None, attached=Attached("f", "a.txt", 4, None))
    assert sum(admitted(door, file) for _ in range(60)) == 60


def test_whoever_waits_holds_no_slot() -> None:
    """With two slots, two that wait for their chats let two others begin and end; then they go on."""

    async def scene() -> list[str]:
        slots, told = Slots(2), list[str]()
        turn = asyncio.Event()

        async def patient(name: str) -> None:
            async with slots.given_back():
                await turn.wait()
            told.append(name)

        async def quick(name: str) -> None:
            told.append(name)

        tasks = [await slots.start(patient(name)) for name in ("a", "b")]
        for name in ("c", "d", "e"):
            tasks.append(await asyncio.wait_for(slots.start(quick(name)), 5))
            await tasks[-1]
        turn.set()
        await asyncio.gather(*tasks)
        return told

    assert asyncio.run(scene()) == ["c", "d", "e", "a", "b"]


def test_those_that_wait_are_bounded_and_a_cancelled_one_costs_no_slot() -> None:
    """Beyond the bound whoever waits keeps the slot; nothing is ever given back twice."""

    async def scene() -> None:
        slots = Slots(2, most_outside=1)
        waiting = [await slots.start(_waits(slots)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slots.start(work()), 0.05)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert [await asyncio.wait_for(slots.start(_waits(slots)), 5) for _ in range(3)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slots.start(work()), 0.05)

    asyncio.run(scene())


async def _waits(slots: Slots) -> None:
    async with slots.given_back():
        await asyncio.sleep(1000)


VI = languages()["vi"]
FULL = "full"
IN_GROUP, ALONE = Place(CLUB, 3, None), Place(LAN.id, None, None)
PRIVATE = replace(ASKED, chat=LAN.id, private=True)
QUESTION = VI.too_many.format(seconds=3)  # of twenty a minute the next one is free after three seconds
PRESS = VI.too_many.format(seconds=1)


def told(door: Admission, incoming: Incoming) -> list[Any]:
    """Do what is done in the place of work; return what was said by it."""
    done = door.admit(incoming, work)
    assert done is not work
    said = cast("_Desk", door.services).said
    said.clear()
    if done is not None:
        asyncio.run(done())
    return said


@pytest.mark.parametrize(
    ("way", "free", "said"),
    [
        (ASKED, 10, (IN_GROUP, QUESTION)),
        (PRIVATE, 10, (ALONE, QUESTION)),
        (replace(PRESSED, data="c:key:0"), 30, ("q", PRESS, False)),
        (ASKED, FULL, (IN_GROUP, VI.busy)),
        (PRIVATE, FULL, (ALONE, VI.busy)),
        (PRESSED, FULL, ("q", VI.busy, False)),
    ],
)
def test_whoever_is_turned_away_is_told_why(
    admission: Make, way: Incoming, free: int | str, said: tuple[Any, ...]
) -> None:
    """Where they asked, and in a group as a reply to them: too fast, or too much at once; and once."""
    door = admission(per_minute=20)
    if free == FULL:
        for _ in range(10):
            door.crowd.enter(way)
    else:
        door.crowd = Crowd(100, 100)
        for _ in range(cast("int", free)):
            assert admitted(door, way)
    assert told(door, way) == [said]
    assert told(door, way) == []


def test_somebody_new_brings_the_bot_into_few_groups_at_once(admission: Make) -> None:
    """As many as they may press buttons; nothing is asked for by leaving, or alone."""
    door = admission(per_minute=20)
    door.crowd = Crowd(100, 100)
    for change in ({"private": True}, {"present": False}, {"before": True}):
        assert door.admit(replace(JOINED, **change), work) is None  # type: ignore[arg-type]
    assert sum(admitted(door, JOINED) for _ in range(60)) == 30
    assert door.admit(JOINED, work) is None


def test_whoever_may_not_ask_is_refused_in_every_way(
    admission: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message and a press; inside of a group that is let in everybody may, and nowhere else."""
    refused: list[Written] = []

    async def refuse(_: object, written: Written) -> None:
        refused.append(written)

    monkeypatch.setattr(admitting, "refuse", refuse)
    door = admission()
    desk = cast("_Desk", door.services)
    desk.access = Access(open=False, owners=frozenset({OWNER.id}), allowed=frozenset({CLUB}))
    elsewhere = replace(ASKED, chat=-101)
    assert admitted(door, ASKED)
    assert admitted(door, PRESSED)
    assert told(door, elsewhere) == []
    assert refused == [elsewhere]
    text = VI.not_allowed_group.format(chat=-101)
    assert told(door, replace(PRESSED, chat=-101)) == [("q", text, True)]
    text = VI.not_allowed.format(user=LAN.id)
    assert told(door, replace(PRESSED, chat=None)) == [("q", text, True)]


@pytest.mark.parametrize(("private", "seconds"), [(True, 5.0), (False, 600.0)])
def test_a_refusal_is_said_once_in_a_while(tmp_path: Any, private: bool, seconds: float) -> None:  # noqa: ANN401
    """In each chat for itself, and soon again to somebody alone."""
    now = [1000.0]
    desk = _Desk(tmp_path, 20)
    desk.access = Access(open=False, owners=frozenset({OWNER.id}), allowed=frozenset())
    door = Admission(cast("Services", desk), lambda: now[0])
    one, other = (replace(ASKED, chat=chat, private=private) for chat in (77, 78))
    assert [door.admit(each, work) is None for each in (one, one, other, other)] == [False, True, False, True]
    now[0] += seconds - 0.5
    assert door.admit(one, work) is None
    now[0] += 0.5
    assert door.admit(one, work) is not None


@pytest.mark.parametrize(
    ("way", "room", "seconds"),
    [
        (PRIVATE, True, 30.0),
        (PRIVATE, False, 60.0),
        (replace(PRESSED, data="c:key:0"), True, 1.0),
        (PRESSED, False, 1.0),
        (SEARCHED, True, 1.0),
        (SEARCHED, False, 1.0),
    ],
)
def test_each_person_is_told_for_themselves(
    admission: Make, way: Incoming, room: bool, seconds: float
) -> None:
    """That somebody else was told just now is no reason to be silent; the same person is told again later."""
    now = [1000.0]
    door = admission(per_minute=20, clock=lambda: now[0])
    people = [
        replace(way, person=person, chat=person.id) if way is PRIVATE else replace(way, person=person)
        for person in (LAN, Person(6, "Hà", "vi"))
    ]
    if not room:
        for one in people * 10:
            door.crowd.enter(one)

    def hears(incoming: Incoming) -> bool:
        done = next(done for _ in range(100) if (done := door.admit(incoming, work)) is not work)
        return done is not None

    assert [hears(one) for one in people * 2] == [True, True, False, False]
    now[0] += seconds - 0.5
    assert [hears(one) for one in people] == [False, False]
    now[0] += 0.5
    assert [hears(one) for one in people] == [True, True]


def test_what_is_heard_moves_the_bot_s_own_messages_on(admission: Make) -> None:
    """A new message in a chat and a press there; an edited one stands where it stood."""
    door = admission()
    said = cast("_Desk", door.services).said
    for incoming in (ASKED, replace(ASKED, edited=True), PRESSED, replace(PRESSED, chat=None)):
        assert admitted(door, incoming)
    assert said == [("heard", CLUB, 3), ("pressed in", CLUB)]


def test_typing_too_fast_inline_is_answered_with_nothing(
    admission: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that Telegram does not go on waiting, and says why; once a second."""
    given: list[tuple[object, ...]] = []

    async def nothing(*arguments: object) -> None:
        given.append(arguments)

    monkeypatch.setattr(inline, "nothing", nothing)
    door = admission()
    for _ in range(10):
        door.crowd.enter(SEARCHED)
    told(door, SEARCHED)
    assert given == [(door.services, SEARCHED, VI.busy)]
    assert door.admit(SEARCHED, work) is None


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        (ASKED, True),
        (replace(ASKED, addressed=False), False),
        (replace(ASKED, text=None), True),
        (replace(ASKED, text=None, edited=True), False),
        (replace(ASKED, command="ask", edited=True), True),
        (replace(ASKED, command="help", edited=True), False),
        (replace(ASKED, at=0), False),
    ],
)
def test_what_is_for_us(admission: Make, written: Written, ours: bool) -> None:
    """What is addressed to the bot and not too old; of what is edited only a question."""
    assert (admission().admit(written, work) is not None) is ours
