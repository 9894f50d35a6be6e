"""`trichdan help`: what belongs to no single command; of a command, the command line shows its own help."""

from typing import Annotated

import typer

from bot.commands.common import examples
from bot.texts.topics import SETTINGS, TEXTS

EXAMPLES = examples("trichdan help settings", "trichdan help index build")


def explain(
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", show_default=False, help="A topic, or the words of a command.")
    ],
) -> None:
    """Explain a command, or one of: completion, exit-status, settings."""
    from bot.settings import descriptions, env_file
    from bot.system.system_language import spoken
    from bot.terminal.screen import Screen

    screen = Screen()
    screen.write(TEXTS[spoken("auto")][topic].format(file=env_file()))
    if topic == SETTINGS:
        for name, description in descriptions():
            screen.write(f"\n{name}\n    {description}\n")
