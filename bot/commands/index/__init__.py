"""`trichdan index`: build, change, list and check what is known; one module a command."""

import typer

from bot.commands.index import (
    add,
    build,
    check,
    export,
    generations,
    listing,
    refresh,
    remove,
    rollback,
    show,
    update,
)


def application() -> typer.Typer:
    """Put the commands of the family together."""
    app = typer.Typer(
        no_args_is_help=True,
        help="Build, change, list, check and roll back the index.",
        rich_markup_mode="rich",
    )
    app.command("build", epilog=build.EXAMPLES)(build.build)
    app.command("add", epilog=add.EXAMPLES)(add.add)
    app.command("update", epilog=update.EXAMPLES)(update.update)
    app.command("refresh", epilog=refresh.EXAMPLES)(refresh.refresh)
    app.command("remove", epilog=remove.EXAMPLES)(remove.remove)
    app.command("list", epilog=listing.EXAMPLES)(listing.list_documents)
    app.command("show", epilog=show.EXAMPLES)(show.show)
    app.command("export", epilog=export.EXAMPLES)(export.export)
    app.command("check", epilog=check.EXAMPLES)(check.check)
    app.command("generations", epilog=generations.EXAMPLES)(generations.list_generations)
    app.command("rollback", epilog=rollback.EXAMPLES)(rollback.rollback)
    return app
