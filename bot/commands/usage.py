"""What the command-line library says about a wrong command, as one of our messages."""

import re
from typing import Final

import typer

from index.errors import Message

# The library gives finished sentences only. Of two that match, the first counts.
_TEMPLATES: Final = (
    "Missing argument {name}",
    "Missing option {name}",
    "No such option: {name} (Possible options: {near})",
    "No such option: {name}",
    "No such command {name}. Did you mean {near}",
    "No such command {name}",
    "Option {name} requires an argument",
    "Option {name} does not take a value",
    "Got unexpected extra argument(s) ({name})",
    "Invalid value for {name}: Input {why}",
    "Invalid value for {name}: {why}",
)
_BLANK: Final = re.compile(r"\\\{(\w+)\\\}")


def usage(error: typer.TyperException) -> Message:
    """Return what is wrong, and which help to ask for."""
    said = error.format_message().strip().rstrip(".")
    command = getattr(getattr(error, "ctx", None), "command_path", "trichdan")
    why = _recognised(said.removesuffix("?"), error)
    if said.endswith("?"):
        return Message("{why}? `{command} --help` shows what there is.", why=why, command=command)
    return Message("{why}; `{command} --help` shows what there is.", why=why, command=command)


def _recognised(said: str, error: typer.TyperException) -> Message:
    for template in _TEMPLATES:
        if found := re.fullmatch(_BLANK.sub(r"(?P<\1>.+?)", re.escape(template)), said, re.DOTALL):
            return Message(template, **(found.groupdict() | _refusal(error)))
    return Message(said)


def _refusal(error: typer.TyperException) -> dict[str, Message]:
    """Return why a value was refused, where the library that reads values says it."""
    from bot.settings import refusal

    errors = getattr(error.__cause__, "errors", None)
    return {"why": refusal(errors()[0])} if errors else {}
