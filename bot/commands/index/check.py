"""`trichdan index check`."""

import typer

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import texts_of
from bot.system.process import Exit, cores

EXAMPLES = examples("trichdan index check", "trichdan index check --data-dir /srv/trichdan")


def check(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Prove that the index is sound: every byte, every offset, every vector. Exit status 1 when it is not."""
    from bot.settings import load
    from bot.terminal.answer_json import check_json
    from bot.terminal.screen import Screen
    from bot.wiring import open_parts
    from index.check import check as find_faults

    screen = Screen()
    settings = load(data_dir=data_dir)
    parts = open_parts(settings)
    with parts.store.current(parts.encoder.identity, parts.static.revision, full=True) as generation:
        findings = find_faults(generation, encoder=parts.encoder, tokens=parts.static, workers=cores())
        if as_json:
            told = check_json(
                generation.name, generation.documents, generation.sentences, [*map(str, findings)]
            )
            screen.write(f"{told}\n")
            raise typer.Exit(Exit.FAULT if findings else Exit.DONE)
        for finding in findings:
            screen.warn(str(finding))
        verdict = texts_of(settings).sound(generation.documents, generation.sentences, len(findings))
        screen.write(f"{generation.name}: {verdict}\n")
    raise typer.Exit(Exit.FAULT if findings else Exit.DONE)
