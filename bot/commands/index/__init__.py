"""`trichdan index`: build, change, list and check the index; one module per command."""

import typer

from bot.commands.common import register
from bot.commands.index import (
    add,
    build,
    check,
    export,
    generations,
    listing,
    push,
    refresh,
    remove,
    rollback,
    show,
    update,
    upgrade,
)


def application() -> typer.Typer:
    """Put the commands of the family together."""
    app = typer.Typer(
        no_args_is_help=True,
        help="Build, change, list, check and roll back the index.",
        rich_markup_mode="rich",
    )
    register(app, "build", build.build, build.EXAMPLES)
    register(app, "add", add.add, add.EXAMPLES)
    register(app, "update", update.update, update.EXAMPLES)
    register(app, "refresh", refresh.refresh, refresh.EXAMPLES)
    register(app, "remove", remove.remove, remove.EXAMPLES)
    register(app, "list", listing.list_documents, listing.EXAMPLES)
    register(app, "show", show.show, show.EXAMPLES)
    register(app, "export", export.export, export.EXAMPLES)
    register(app, "check", check.check, check.EXAMPLES)
    register(app, "push", push.push, push.EXAMPLES)
    register(app, "upgrade", upgrade.upgrade, upgrade.EXAMPLES)
    register(app, "generations", generations.list_generations, generations.EXAMPLES)
    register(app, "rollback", rollback.rollback, rollback.EXAMPLES)
    return app
