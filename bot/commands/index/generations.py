"""`trichdan index generations`."""

from typing import TYPE_CHECKING

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import texts_of
from index.errors import BUILD_AGAIN, NoGeneration

if TYPE_CHECKING:
    from index.store import Stored

EXAMPLES = examples("trichdan index generations")
_NUMBERS = (2, 3)


def list_generations(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the generations of the index, oldest first; * marks the one that answers."""
    from bot.settings import load
    from bot.terminal.answer_json import generation_json
    from bot.terminal.screen import Screen
    from index.store import Store

    settings = load(data_dir=data_dir)
    stored = Store(settings.data_dir).generations()
    if not stored:
        raise NoGeneration(
            "{name} holds no index yet; {advice}.",
            name=settings.data_dir,
            advice=BUILD_AGAIN,
        )
    if as_json:
        Screen().write("".join(f"{generation_json(generation)}\n" for generation in stored))
        return
    texts = texts_of(settings)
    rows = [_row(generation, texts.damaged) for generation in stored]
    Screen().table(texts.generations, rows, numbers=_NUMBERS)


def _row(stored: "Stored", damaged: str) -> list[str]:
    mark = "*" if stored.current else ""
    manifest = stored.manifest
    if manifest is None:
        return [mark, stored.name, "", "", "", damaged]
    newest = manifest.newest.isoformat() if manifest.newest else ""
    encoder = manifest.recipe.encoder.name
    return [mark, stored.name, str(manifest.documents), str(manifest.sentences), newest, encoder]
