"""Who may ask: every place on the lists, in every kind of chat."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.telegram.access import Access
from bot.telegram.telegram_settings import TelegramSettings
from bot.texts.telegram import languages
from tests.bot.test_settings import TOKEN

OWNER, USER, STRANGER = 1, 2, 3
GROUP, OTHER_GROUP = -4, -5
LISTED = Access(open=False, owners=frozenset({OWNER}), allowed=frozenset({USER, GROUP}))


@pytest.mark.parametrize("person", [OWNER, USER, STRANGER])
@pytest.mark.parametrize("chat", ["own", None, GROUP, OTHER_GROUP])
def test_may_ask(person: int, chat: int | str | None) -> None:
    """Owners and users anywhere, everybody in a group of the list, everybody where the bot is open."""
    where = person if chat == "own" else chat
    assert isinstance(where, int | None)
    assert LISTED.may_ask(person, where) is (person in (OWNER, USER) or where == GROUP)
    assert replace(LISTED, open=True).may_ask(person, where) is True
    nobody = Access(open=False, owners=frozenset(), allowed=frozenset())
    assert nobody.may_ask(person, where) is False


def test_inline_has_no_chat() -> None:
    """Without a chat only the person counts."""
    assert [LISTED.may_ask(person) for person in (OWNER, USER, STRANGER)] == [True, True, False]


def test_owners() -> None:
    """Only those of the list, even where the bot is open."""
    for access in (LISTED, replace(LISTED, open=True)):
        assert [access.owner(person) for person in (OWNER, USER, STRANGER, GROUP)] == [True, *[False] * 3]


@pytest.mark.parametrize(("is_open", "code"), list(itertools.product([False, True], ["vi", "en"])))
def test_the_lists_are_those_of_the_settings(is_open: bool, code: str, tmp_path: Path) -> None:
    """Each in its place; the refusal has the numbers and says whether there is an owner."""
    settings = TelegramSettings(
        SecretStr(TOKEN), tmp_path, open_access=is_open, owners=frozenset({OWNER}), allowed=frozenset({USER})
    )
    access = Access.of(settings)
    assert access == Access(is_open, frozenset({OWNER}), frozenset({USER}))
    texts = languages()[code]
    alone = replace(access, owners=frozenset())
    in_group = texts.not_allowed_group.format(chat=OTHER_GROUP)
    assert (
        access.refusal(texts, STRANGER, OTHER_GROUP)
        == alone.refusal(texts, STRANGER, OTHER_GROUP)
        == in_group
    )
    assert access.refusal(texts, STRANGER, STRANGER) == texts.not_allowed.format(user=STRANGER)
    assert alone.refusal(texts, STRANGER, STRANGER) == texts.no_owner.format(user=STRANGER)
    assert len({texts.not_allowed_group, texts.not_allowed, texts.no_owner}) == 3


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("owners", [frozenset(), frozenset({OWNER})])
def test_no_group_learns_how_to_own_the_bot(code: str, owners: frozenset[int]) -> None:
    """In a group the number of the group is named, and neither a person's nor the setting of the owners."""
    told = Access(False, owners, frozenset()).refusal(languages()[code], 987654, OTHER_GROUP)
    assert str(OTHER_GROUP) in told
    assert "987654" not in told and "OWNERS" not in told


def test_the_number_zero_is_nobody_and_no_group() -> None:
    """Telegram gives it to nobody; a list that holds it by mistake lets nobody in."""
    listed = Access(open=False, owners=frozenset({0}), allowed=frozenset({0}))
    assert listed.may_ask(0, None) is False
    assert listed.may_ask(0, OTHER_GROUP) is False
    texts = languages()["vi"]
    assert listed.refusal(texts, 0, 0) == texts.not_allowed.format(user=0)
