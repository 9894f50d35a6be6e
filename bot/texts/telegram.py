"""The sentences that the bot says in Telegram: their shape, and which language a person gets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts.formats import FORMATS, Formats
from bot.texts.telegram_en import EN
from bot.texts.telegram_vi import VI


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """Every sentence in one language; `{name}` in a sentence is filled in by who says it."""

    code: str
    # The answer.
    line: str
    page: str
    paragraph: str
    also: str
    also_more: str
    cut: str
    by_address: str
    by_file_name: str
    by_file: str
    only_quotes: str
    who_is_meant: str
    understood: str
    continued: str
    not_found: str
    nothing: str
    without_filter: str
    about: str
    span_day: str
    related_heading: str
    sample: str
    # While and instead of answering.
    slow: str
    gave_up: str
    failed: str
    busy: str
    too_many: str
    only_text: str
    no_collection: str
    nothing_to_ask: str
    # Buttons and what they say.
    labels: Mapping[str, str]
    icons: Mapping[str, str]
    no_context: str
    related: str
    thanks: str
    sorry: str
    sorry_counted: str
    rated_already: str
    asker_only: str
    small_talk: Mapping[str, str]
    copy_link: str
    ask_again: str
    stale: str
    forgotten: str
    unusable: str
    # Commands.
    start: str
    examples: str
    help: str
    help_inline: str
    new: str
    lang: str
    lang_set: str
    lang_auto: str
    lang_follow: str
    sources: str
    earlier: str
    later: str
    status: str
    status_newest: str
    details: str
    status_details: str
    document_forms: Mapping[str, str]
    sentence_forms: Mapping[str, str]
    access_open: str
    access_listed: str
    quote_gone: str
    group_welcome: str
    # Access.
    not_allowed: str
    not_allowed_group: str
    no_owner: str
    owners_only: str
    # Inline mode.
    inline_hint: str
    inline_nothing: str
    inline_not_allowed: str
    inline_source: str
    # Owners.
    reload_same: str
    reload_new: str
    reload_failed: str
    stats: str
    stats_unanswered: str
    asked_owners: str
    wants_in: str
    group_wants_in: str
    let_in: str
    turn_away: str
    has_let_in: str
    has_turned_away: str
    welcome: str
    access_now: str
    access_owners: str
    access_settings: str
    access_guests: str
    group_moved: str
    private_sent: str
    private_write_first: str
    memory_lost: str
    # The collection, for owners.
    feed_owners_only: str
    feed_off: str
    feed_help: str
    feed_limits: str
    feed_files: str
    feed_received: str
    feed_too_large: str
    feed_too_large_for_telegram: str
    feed_not_fetched: str
    feed_not_readable: str
    feed_going: str
    feed_stages: Mapping[str, str]
    feed_added: str
    feed_replaced: str
    feed_removed: str
    feed_sentences: str
    feed_same: str
    feed_same_as: str
    feed_nothing: str
    feed_left_out: str
    feed_sample_left: str
    feed_now: str
    feed_failed: str
    feed_interrupted: str
    feed_killed: str
    feed_refused: str
    feed_refused_more: str
    feed_refused_advice: str
    feed_list_old: str
    documents_head: str
    remove_pick: str
    remove_sure: str
    remove_yes: str
    remove_no: str
    # BotFather's fields.
    description: str
    short_description: str
    commands: Mapping[str, str]
    owner_commands: Mapping[str, str]

    def documents(self, number: int) -> str:
        """Say how many documents there are."""
        return self.document_forms["one" if number == 1 else "more"].format(number=self.number(number))

    def sentences(self, number: int) -> str:
        """Say how many sentences there are."""
        return self.sentence_forms["one" if number == 1 else "more"].format(number=self.number(number))

    @property
    def formats(self) -> Formats:
        """How the language writes numbers and days."""
        return FORMATS[self.code]

    def number(self, value: int) -> str:
        """Write a whole number the way the language groups it."""
        return self.formats.number(value)

    def day(self, value: dt.date) -> str:
        """Write a day in figures or with the month's name, as the language does."""
        return self.formats.day(value)


def languages() -> dict[str, TelegramTexts]:
    """Return the texts of every language, the default one first."""
    return {"vi": TelegramTexts(**VI), "en": TelegramTexts(**EN)}


def language_of(chosen: str | None, telegram_code: str | None) -> str:
    """Decide a person's language: their choice, else what their Telegram says, else Vietnamese."""
    if chosen in ("vi", "en"):
        return chosen
    if not telegram_code or telegram_code.lower().startswith("vi"):
        return "vi"
    return "en"
