"""What the bot says in Telegram, and in which language it speaks to a person."""

from bot.texts.telegram_en import TelegramTexts
from bot.texts.telegram_vi import VI

__all__ = ["TelegramTexts", "language_of", "languages"]


def languages() -> dict[str, TelegramTexts]:
    """Return the texts of every language, the default one first."""
    return {"vi": VI, "en": TelegramTexts()}


def language_of(chosen: str | None, telegram_code: str | None) -> str:
    """Decide a person's language: their choice, else what their Telegram says, else Vietnamese."""
    if chosen in ("vi", "en"):
        return chosen
    if not telegram_code or telegram_code.lower().startswith("vi"):
        return "vi"
    return "en"
