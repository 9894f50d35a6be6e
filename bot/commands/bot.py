"""`trichdan bot`: the same answers in Telegram."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import DataDir, examples

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.telegram.telegram_settings import TelegramSettings

EXAMPLES = examples("trichdan bot", "trichdan bot --debug", "trichdan bot --sample")


def bot(
    debug: Annotated[
        bool, typer.Option("--debug", metavar="", help="Log every request too, still without the token.")
    ] = False,
    sample: Annotated[
        bool,
        typer.Option("--sample", metavar="", help="Answer from the sample collection, to try the bot."),
    ] = False,
    data_dir: DataDir = None,
) -> int:
    """Answer in Telegram until a signal ends it; needs TRICHDAN_TELEGRAM_TOKEN."""
    import logging

    from bot.logs.logging_setup import level_of
    from bot.settings import load
    from bot.system.process import be_modest, end_past_threads
    from bot.telegram.app import run_bot
    from bot.telegram.collection.live import OpenGeneration
    from bot.terminal.screen import Screen
    from bot.wiring import bring_up_to_date, build_first, open_answerers, open_parts
    from index.errors import NoGeneration, StoreError

    be_modest()  # before the first build, which begins with threads
    settings = load(data_dir=data_dir)
    chosen = telegram_settings(settings)  # before anything slow: without a token there is nothing to do
    screen = Screen()
    parts = open_parts(settings)
    answerer_of = open_answerers(settings, parts)

    def open_generation() -> OpenGeneration:
        generation = parts.generation(screen)
        try:
            if generation.is_sample and not sample:
                raise NoGeneration(
                    "There are no documents of your own yet: send files to the bot as its owner, run "
                    "`trichdan index add` with a folder, or try the bot with `trichdan bot --sample`."
                )
            answerer = answerer_of(generation)
        except BaseException:
            generation.close()
            raise
        return OpenGeneration(answerer, generation, parts.encoder.identity.name, generation.is_sample)

    def current() -> str | None:
        try:
            return (parts.remote or parts.store).live_name()
        except StoreError as error:
            return str(error)  # the name of no generation, so one is opened, which says so once

    bring_up_to_date(parts, screen)
    if current() is None and (settings.sources or sample):
        build_first(settings, parts, screen)
    level = logging.DEBUG if debug else level_of(settings.log_level, logging.INFO)

    def reread() -> "TelegramSettings":
        nonlocal answerer_of
        now = load(data_dir=data_dir)
        told, answerer_of = telegram_settings(now), open_answerers(now, parts)
        return told

    status = run_bot(
        chosen, open_generation, current, level=level, log_format=settings.log_format, reread=reread
    )
    end_past_threads(status)
    return status


def telegram_settings(settings: "Settings") -> "TelegramSettings":
    """Return the settings for the Telegram front end.

    Raises:
        SettingsError: There is no token, or something of it cannot be used.
    """
    from pydantic import SecretStr

    from bot.telegram.telegram_settings import TelegramSettings, Webhook

    webhook = None
    if settings.telegram_webhook_url:
        secret = settings.telegram_webhook_secret or SecretStr("")
        host, _, port = settings.telegram_webhook_listen.rpartition(":")
        webhook = Webhook(settings.telegram_webhook_url, secret, host, int(port))
    told_at, _, told_on = (settings.monitor_listen or "").rpartition(":")
    return TelegramSettings(
        token=settings.telegram_token,
        folder=settings.data_dir / "telegram",
        api_url=settings.telegram_api_url,
        proxy=settings.telegram_proxy,
        open_access=settings.access == "open",
        owners=settings.owners,
        allowed=settings.users | settings.groups,
        webhook=webhook,
        per_minute=settings.questions_per_minute,
        unanswered_days=settings.unanswered_days,
        unanswered_names=settings.unanswered_names,
        data_dir=settings.data_dir,
        monitor=(told_at, int(told_on)) if settings.monitor_listen else None,
    )
