"""`trichdan doctor`: what keeps the program from its work, and what to do about it."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from bot.commands.common import DataDir, examples
from bot.system.process import Exit

if TYPE_CHECKING:
    from bot.settings import Settings

EXAMPLES = examples("trichdan doctor", "trichdan doctor --offline")
_GB: Final = 1_000_000_000
_LEAST_DISK: Final = _GB
_LEAST_MIB: Final = 300


class Diagnosis(NamedTuple):
    """What a check found: its sentence in `bot.texts.diagnosis`, what fills it in, whether all is well."""

    sentence: str
    values: dict[str, object]
    well: bool = True


def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", metavar="", help="Do not ask Telegram whether it can be reached.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Look at settings, data directory, models, index, memory, clock and Telegram; say what to do.

    Exit status 1 where something has to be done.
    """
    from bot.settings import env_file, load
    from bot.system.system_language import spoken
    from bot.terminal.screen import Screen
    from bot.texts.diagnosis import diagnosis_texts
    from bot.texts.messages import translate
    from index.errors import SettingsError

    screen, file = Screen(), env_file()
    try:
        settings = load(data_dir=data_dir)
    except SettingsError as error:
        language = spoken("auto")
        found = iter([Diagnosis("settings_bad", {"why": translate(error, language)}, well=False)])
    else:
        language = spoken(settings.language)
        found = _examined(settings, file, offline, language)
    texts, well = diagnosis_texts(language), True
    for each in found:
        well &= each.well
        screen.write(f"{'ok ' if each.well else '!! '} {texts[each.sentence].format(**each.values)}\n")
    raise typer.Exit(Exit.DONE if well else Exit.FAULT)


def _examined(settings: "Settings", file: Path, offline: bool, language: str) -> Iterator[Diagnosis]:
    yield Diagnosis("settings" if file.is_file() else "settings_none", {"file": file})
    yield _disk(settings.data_dir)
    yield from _collection(settings, language)
    if (free := _free_mib()) is not None:
        yield Diagnosis("memory" if free >= _LEAST_MIB else "memory_low", {"free": free}, free >= _LEAST_MIB)
    yield _clock()
    yield from _telegram(settings, offline, language)


def _disk(folder: Path) -> Diagnosis:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    values: dict[str, object] = {"folder": folder, "free": f"{free / _GB:.1f}"}
    if not os.access(there, os.W_OK | os.X_OK):
        return Diagnosis("data_locked", values, well=False)
    if free < _LEAST_DISK:
        return Diagnosis("disk_full", values, well=False)
    return Diagnosis("data" if there == folder.absolute() else "data_none", values)


def _collection(settings: "Settings", language: str) -> Iterator[Diagnosis]:
    from bot.texts.messages import translate
    from bot.wiring import open_judge, open_parts
    from index.errors import StoreError, TrichDanError

    try:
        parts = open_parts(settings)
        open_judge(settings)
    except TrichDanError as error:
        yield Diagnosis("model_bad", {"why": translate(error, language)}, well=False)
        return
    yield Diagnosis("model", {"name": parts.encoder.identity.name})
    try:
        with (parts.remote or parts.store).current(
            parts.encoder.identity, parts.static.revision
        ) as generation:
            counts = {"documents": generation.documents, "sentences": generation.sentences}
            sentence = "index_sample" if generation.is_sample else "index"
            yield Diagnosis(sentence, {"name": generation.name, **counts}, well=not generation.is_sample)
    except StoreError as error:
        yield Diagnosis("index_bad", {"why": translate(error, language)}, well=False)


def _free_mib() -> int | None:
    """Return how much memory a new process can have; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _clock() -> Diagnosis:
    now = dt.datetime.now(dt.UTC)
    made = dt.datetime.fromtimestamp(Path(__file__).stat().st_mtime, dt.UTC)
    right = now >= made - dt.timedelta(days=1)
    return Diagnosis("clock" if right else "clock_wrong", {"now": f"{now:%Y-%m-%d %H:%M} UTC"}, right)


def _telegram(settings: "Settings", offline: bool, language: str) -> Iterator[Diagnosis]:
    from bot.commands.bot import telegram_settings
    from bot.texts.diagnosis import diagnosis_texts
    from bot.texts.messages import translate
    from index.errors import SettingsError

    if settings.telegram_token is None:
        yield Diagnosis("telegram_off", {})
        return
    import asyncio

    from bot.telegram.transport.faults import Fault
    from bot.telegram.transport.http import proxy_for
    from bot.telegram.transport.retry import tried_once

    try:
        chosen = telegram_settings(settings)
        proxy = proxy_for(chosen.api_url)
    except SettingsError as error:
        yield Diagnosis("telegram_bad", {"why": translate(error, language)}, well=False)
        return
    if not offline:
        values: dict[str, object] = {"server": chosen.api_url, "proxy": ""}
        if proxy:  # its host alone: a password may precede it
            values["proxy"] = diagnosis_texts(language)["by_proxy"].format(proxy=proxy.rpartition("@")[2])
        told = asyncio.run(tried_once(chosen))
        if told is Fault.TOKEN:
            yield Diagnosis("telegram_token", values, well=False)
        elif isinstance(told, Fault):
            yield Diagnosis("telegram_away", values | {"why": told}, well=False)
        else:
            yield Diagnosis("telegram", values | {"bot": told.username})
    if not (settings.owners or settings.access == "open"):
        yield Diagnosis("owner_none", {}, well=False)
    elif settings.owners:
        yield Diagnosis("owner", {"owners": ", ".join(map(str, sorted(settings.owners)))})
