"""`trichdan init`: the file of settings and the first index, from three answers."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import MisuseError, examples
from bot.commands.index.shared import change
from index.errors import SettingsError, of_system

if TYPE_CHECKING:
    from index.indexer import BuildReport, Indexer

_MEANT_OTHERWISE = (os.pathsep, "${")
"""What parts one path from the next in the file of settings, and what begins the name of a variable."""
EXAMPLES = examples("trichdan init", "trichdan init --documents /srv/articles --language vi --no-build")


def init(
    documents: Annotated[
        list[Path] | None,
        typer.Option("--documents", metavar="PATH", help="A file or folder of documents; may be repeated."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en|auto", help="Language of the program itself.")
    ] = None,
    token: Annotated[
        bool, typer.Option("--token", metavar="", help="Read the token of the bot from standard input.")
    ] = False,
    build: Annotated[bool, typer.Option(help="Build the index at once.")] = True,
) -> None:
    """Write the file of settings, build the index, and say the next command; asks for what is not given."""
    from bot.settings import env_file, load
    from bot.system.system_language import spoken
    from bot.terminal.screen import Screen
    from bot.texts.diagnosis import asking_texts

    file, screen = env_file(), Screen()
    if file.exists():
        raise MisuseError("There is a file of settings already, {name}; change it with an editor.", name=file)
    texts = asking_texts(spoken(language or "auto"))
    paths, language = _documents(documents, texts), _language(language, texts)
    secret = _token(token, texts)
    _write(file, paths, language, secret)
    screen.say(texts["wrote"].format(file=file))
    settings = load()
    if build:

        def work(indexer: "Indexer") -> "BuildReport":
            return indexer.build_paths(settings.sources)

        change(settings, screen, force=False, work=work)
    command = "bot" if secret else 'ask "…"' if build else "index build"
    screen.say(texts["next"].format(command=command))


def _documents(given: Sequence[Path] | None, texts: Mapping[str, str]) -> Sequence[Path]:
    if not given and sys.stdin.isatty():
        given = [Path(typer.prompt(texts["documents"], err=True)).expanduser()]
    if not given:
        raise MisuseError("Name your documents with --documents.")
    for path in given:
        if not path.exists():
            raise MisuseError("{name} does not exist; check the path.", name=path)
        for sign in _MEANT_OTHERWISE:
            if sign in str(path.absolute()):
                raise MisuseError(
                    "{name} cannot stand in a file of settings, where {sign} means something; rename it.",
                    name=path.absolute(),
                    sign=sign,
                )
    return given


def _language(given: str | None, texts: Mapping[str, str]) -> str:
    asks = given is None and sys.stdin.isatty()
    language = str(typer.prompt(texts["language"], "auto", err=True)) if asks else given or "auto"
    if language not in ("auto", "vi", "en"):
        raise MisuseError("The language is vi, en or auto.")
    return language


def _token(piped: bool, texts: Mapping[str, str]) -> str:
    """Return the token of the bot, from where it stands in no history of commands; empty for none."""
    from pydantic import SecretStr

    from bot.telegram.telegram_settings import TelegramSettings

    secret = ""
    if piped:
        secret = sys.stdin.readline().strip()
    elif sys.stdin.isatty():
        secret = typer.prompt(texts["token"], "", hide_input=True, show_default=False, err=True).strip()
    if piped or secret:
        TelegramSettings(SecretStr(secret), Path())  # says what is wrong with it
    return secret


def _write(file: Path, documents: Sequence[Path], language: str, secret: str) -> None:
    from bot.system.private import private_file

    lines = [
        f"TRICHDAN_SOURCES={_quoted(os.pathsep.join(str(path.absolute()) for path in documents))}",
        f"TRICHDAN_LANGUAGE={language}",
        *([f"TRICHDAN_TELEGRAM_TOKEN={secret}"] if secret else []),
    ]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(private_file(file, os.O_WRONLY | os.O_EXCL), "w", encoding="utf-8") as written:
            written.write("\n".join(lines) + "\n")
    except OSError as error:
        raise SettingsError(
            "{name} cannot be written ({why}); check rights and space.", name=file, why=of_system(error)
        ) from error


def _quoted(value: str) -> str:
    """Write a value so that the file of settings gives it back, spaces and signs included."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
