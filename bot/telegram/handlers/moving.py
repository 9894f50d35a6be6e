"""A group that becomes a supergroup gets a new number: access, memory and waiting work follow it."""

import asyncio
import logging
from typing import Final

from bot.telegram.memory.guests import Standing
from bot.telegram.services import Services
from bot.telegram.transport.calls import Place

_LOG: Final = logging.getLogger(__name__)


async def follow(services: Services, old: int, new: int, title: str = "") -> None:
    """Take the new number in place of the old one, once, and tell the owners what to change."""
    if not services.state.guests.move(old, new):
        return
    _LOG.info("a group has a new number")
    services.state.answers.move(old, new)
    listed = old in services.access.allowed
    if listed:
        services.state.guests.decide(new, Standing.LET_IN, title or str(new))
    services.moved[old] = new
    services.renew_access()
    for owner in sorted(services.access.owners) if listed else ():
        text = services.texts_of(owner).group_moved.format(name=title or old, old=old, new=new)
        await services.say(Place(owner), text)


def follow_refusals(services: Services) -> None:
    """Follow also when a refusal is the first to mention the new number."""
    following: set[asyncio.Task[None]] = set()

    def begin(old: int, new: int) -> None:
        task = asyncio.get_running_loop().create_task(follow(services, old, new))
        following.add(task)
        task.add_done_callback(following.discard)

    services.sender.moved_to = begin
