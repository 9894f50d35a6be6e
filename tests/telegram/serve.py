"""The bot over the small collection, as a process of its own, with the variables of `trichdan bot`."""

import logging
import os
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.telegram.app import run_bot
from bot.telegram.telegram_settings import TelegramSettings, Webhook
from index.errors import SettingsError, TrichDanError
from tests.telegram.fake import FakeStore


def numbers(text: str) -> frozenset[int]:
    """Read ids apart by commas."""
    return frozenset(int(part) for part in text.split(",") if part.strip())


def settings() -> TelegramSettings:
    """Read the settings of the front end."""
    env = os.environ
    folder = Path(env["TRICHDAN_DATA_DIR"]) / "telegram"
    webhook = None
    if env.get("TRICHDAN_TELEGRAM_WEBHOOK_URL"):
        host, port = env["TRICHDAN_TELEGRAM_WEBHOOK_LISTEN"].rsplit(":", 1)
        secret = SecretStr(env.get("TRICHDAN_TELEGRAM_WEBHOOK_SECRET", ""))
        webhook = Webhook(env["TRICHDAN_TELEGRAM_WEBHOOK_URL"], secret, host, int(port))
    token = env.get("TRICHDAN_TELEGRAM_TOKEN")
    told_at, _, told_on = env.get("TRICHDAN_MONITOR_LISTEN", "").rpartition(":")

    def said(name: str, variable: str, otherwise: str = "") -> str:
        """Read a setting that a file may change while the bot runs, as `.env` may."""
        file = Path(env["TRICHDAN_DATA_DIR"]) / name
        return file.read_text() if file.exists() else env.get(variable, otherwise)

    return TelegramSettings(
        SecretStr(token) if token else None,
        folder,
        api_url=env.get("TRICHDAN_TELEGRAM_API_URL", "https://api.telegram.org"),
        open_access=env.get("TRICHDAN_ACCESS") == "open",
        owners=numbers(said("owners", "TRICHDAN_OWNERS")),
        allowed=numbers(env.get("TRICHDAN_USERS", "")) | numbers(env.get("TRICHDAN_GROUPS", "")),
        webhook=webhook,
        per_minute=int(said("per_minute", "TRICHDAN_TELEGRAM_PER_MINUTE", "20")),
        max_age_s=float(env.get("TRICHDAN_TELEGRAM_MAX_AGE_S", "3600")),
        slow_s=float(env.get("TRICHDAN_TELEGRAM_SLOW_S", "3")),
        limit_s=float(env.get("TRICHDAN_TELEGRAM_LIMIT_S", "60")),
        unanswered_days=int(env.get("TRICHDAN_UNANSWERED_DAYS", "90")),
        unanswered_names=said("names", "TRICHDAN_UNANSWERED_NAMES") == "true",
        monitor=(told_at, int(told_on)) if told_on else None,
    )


def main() -> int:
    """Run the bot."""
    store = FakeStore(Path(os.environ["TRICHDAN_DATA_DIR"]) / "CURRENT")
    level = logging.DEBUG if "--debug" in sys.argv else logging.INFO
    try:
        chosen = settings()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - what a command line does
        return 2
    conflict_s = float(os.environ.get("TEST_CONFLICT_S", "35"))
    try:
        return run_bot(chosen, store.open, store.current, level=level, conflict_s=conflict_s, reread=settings)
    except TrichDanError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
