"""The command line: `trichdan`, its commands, its errors and exit statuses."""

import resource
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from bot.commands import ask, bot, chat, doctor, evaluate, help_topic, index, init
from bot.commands.common import MisuseError, examples, register
from bot.commands.usage import usage
from bot.system.env_file import exposed
from bot.system.process import Exit, one_thread_a_product
from bot.terminal.screen import OutputClosed, Screen, abandon_output, prepare_streams
from bot.texts.topics import TOPICS
from index.errors import Message, SettingsError, SourceError, TrichDanError

if TYPE_CHECKING:
    from bot.settings import Settings

HELP = frozenset({"-h", "--help"})
EXAMPLES = examples(
    'trichdan ask "Hội nghị thượng đỉnh NATO năm 2025 tổ chức ở đâu?"',
    "trichdan index build articles/",
    "trichdan chat",
)


def main() -> None:
    """Run the command line and leave with its exit status."""
    prepare_streams()
    allow_open_files()
    one_thread_a_product()
    sys.exit(run(sys.argv[1:]))


def allow_open_files() -> None:
    """Raise the limit of open files as far as the system grants: each part of a large collection holds six.

    The low initial limit is for programs that still use `select`.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError):  # macOS grants less than it claims
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; what goes wrong is reported in one sentence."""
    arguments = _spelled_out(arguments)
    try:
        # Not `standalone_mode`: every complaint then has the same form, and rich is not imported for it.
        status = _command(arguments)(arguments, prog_name="trichdan", standalone_mode=False, obj=arguments)
        sys.stdout.flush()
        return int(status or Exit.DONE)
    except typer.TyperException as error:
        if error.format_message().strip():  # empty where the help has just been shown
            Screen().warn(_told(usage(error)))
        return Exit.MISUSE
    except (MisuseError, SettingsError, SourceError) as error:
        Screen().warn(_told(error))
        return Exit.MISUSE
    except TrichDanError as error:
        Screen().warn(_told(error))
        return Exit.FAULT
    except (OutputClosed, BrokenPipeError) as error:
        abandon_output()
        if isinstance(error, OutputClosed) and error.message:
            Screen().warn(_told(error.message))
            return Exit.FAULT
        return Exit.BROKEN_PIPE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def application() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(
        name="trichdan",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,  # they print local variables, and those may hold a secret
        context_settings={"help_option_names": sorted(HELP, key=len)},
    )
    app.callback(epilog=EXAMPLES)(_about)
    register(app, "ask", ask.ask, ask.EXAMPLES)
    register(app, "chat", chat.chat, chat.EXAMPLES)
    register(app, "bot", bot.bot, bot.EXAMPLES)
    register(app, "eval", evaluate.evaluate_file, evaluate.EXAMPLES)
    register(app, "init", init.init, init.EXAMPLES)
    register(app, "doctor", doctor.doctor, doctor.EXAMPLES)
    register(app, "help", help_topic.explain, help_topic.EXAMPLES)
    app.add_typer(index.application(), name="index")
    return app


def _spelled_out(arguments: Sequence[str]) -> Sequence[str]:
    """Return what `help COMMAND` means: the command with its option for help."""
    if arguments[:1] and arguments[0] == "help" and not set(arguments[1:]) & {*TOPICS, *HELP}:
        return [*arguments[1:], "--help"]
    return arguments


def _command(arguments: Sequence[str]) -> TyperGroup:
    """Return the application as a typer command, with its help in the language of the system."""
    command = cast(TyperGroup, typer.main.get_command(application()))
    if not HELP.isdisjoint(arguments) or set(arguments) <= {"index"}:  # else nobody will see it
        from bot.system.system_language import spoken
        from bot.texts.catalogue import ENGLISH, catalogue

        if (language := spoken("auto")) != ENGLISH:
            _translate(command, None, catalogue(language))
    return command


def _translate(
    command: TyperCommand | TyperGroup, above: typer.Context | None, said: Mapping[str, str]
) -> None:
    def in_words(english: str | None) -> str:
        return said.get(english or "", english or "")

    context = cast(typer.Context, command.make_context(command.name, [], above, resilient_parsing=True))
    command.help = in_words(command.help)
    command.epilog = (command.epilog or "").replace("Examples", in_words("Examples"))
    command.rich_help_panel = in_words("Commands")
    # Among the parameters is the option for help, which is made when it is asked for.
    for parameter in cast(Iterable[TyperArgument | TyperOption], command.get_params(context)):
        parameter.help = in_words(parameter.help)
        parameter.rich_help_panel = in_words(f"{parameter.param_type_name.capitalize()}s")
    for below in getattr(command, "commands", {}).values():
        _translate(below, context, said)


def _about(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar="",
            is_eager=True,
            callback=lambda wanted: _version(wanted),
            help="Print the version.",
        ),
    ] = False,
    env_file: Annotated[
        Path | None,
        typer.Option(
            "--env-file", metavar="FILE", help="File of settings. Default: TRICHDAN_ENV_FILE, or .env."
        ),
    ] = None,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", metavar="", help="Log each step, as with TRICHDAN_LOG_LEVEL=debug."),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", metavar="", help="Log nothing but errors, as with TRICHDAN_LOG_LEVEL=error."),
    ] = False,
) -> None:
    """Ask a collection of documents; it answers only with its sentences, word for word, each cited.

    Where it finds no sure answer it says so.
    """
    if not HELP.isdisjoint(context.obj):  # nothing is read for it
        return
    from bot import settings

    if env_file:
        settings.use_env_file(env_file)
    if warning := exposed(settings.env_file()):
        Screen().warn(_told(warning))
    if verbose and quiet:
        raise MisuseError("--verbose and --quiet exclude each other; keep one.")
    if verbose or quiet:
        settings.use_log_level("debug" if verbose else "error")
    with suppress(SettingsError):  # the command says so if it needs them
        _log_as_set(settings.load())


def _log_as_set(settings: "Settings") -> None:
    """Set up the log where the settings ask for it; else Python writes warnings as bare sentences."""
    if settings.log_level or settings.log_format != "text":
        import logging

        from bot.logs.logging_setup import install, level_of
        from bot.logs.redaction import Redactor

        level = level_of(settings.log_level, logging.WARNING)
        install(Redactor(*settings.secrets()), level, log_format=settings.log_format)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"trichdan {version('trichdan')}")
        raise typer.Exit


def _told(said: TrichDanError | Message) -> str:
    from bot.settings import load
    from bot.system.system_language import spoken
    from bot.texts.messages import translate

    try:
        language = spoken(load().language)
    except SettingsError:
        language = spoken("auto")
    return translate(said, language)
