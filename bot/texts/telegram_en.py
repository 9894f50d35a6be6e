"""What the bot says in Telegram: in English, and thereby what every language has to say."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from bot.texts.formats import FORMATS, Formats


class TelegramTexts(NamedTuple):
    """Every sentence in one language; `{name}` in a sentence is filled in by who says it."""

    code: str = "en"
    # The answer.
    line: str = "line {line}"
    page: str = "p. {page}"
    paragraph: str = "paragraph {paragraph}"
    also: str = "Also in: "
    also_more: str = "{more} more"
    cut: str = "cut; the whole sentence is {characters} characters"
    by_address: str = "by its address"
    by_file_name: str = "by its file name"
    by_file: str = "the day of the file"
    only_quotes: str = "I only quote: I do not sum up, compare, translate or write. These are the sentences that fit best, in the order of their dates."
    who_is_meant: str = "Who do you mean? Please write the name."
    understood: str = "I understood: {question}"
    continued: str = "(continued)"
    not_found: str = "I found no sure answer."
    nothing: str = "The collection has nothing about this."
    without_filter: str = "You can ask again without that limit."
    about: str = "I know {documents} with {sentences}{newest}. They often mention {names}."
    span_day: str = ", the newest of {day}"
    related_heading: str = "Perhaps related (not an answer):"
    sample: str = "This is the sample collection, five news texts."
    # While and instead of answering.
    slow: str = "This one takes longer than usual, just a moment…"
    gave_up: str = "I searched too long and stopped. Could you ask again, a little more briefly?"
    failed: str = (
        "Something went wrong on my side and this stayed unanswered. Please try again in a few minutes."
    )
    busy: str = "Many people are asking right now. Please try again in a few seconds."
    too_many: str = "You are asking faster than I can follow. Please go on in {seconds} s."
    only_text: str = "I can only read words, those below a photo or video too. Could you write your question?"
    no_collection: str = "I have no collection that can be opened right now, so I cannot answer. The owner can send documents here, or has to look into it."
    nothing_to_ask: str = "Write the question right after the command, for example: /ask {example}"
    # Buttons and what they say.
    labels: Mapping[str, str] = {
        "context": "In context",
        "close": "Close",
        "more": "More results",
        "share": "Share",
        "helpful": "👍 Helpful",
        "not_helpful": "👎 Not helpful",
    }
    icons: Mapping[str, str] = {
        "context": "📖",
        "close": "📕",
        "more": "➕",
        "helpful": "👍",
        "not_helpful": "👎",
    }
    no_context: str = "This sentence stands alone: there is none before or after it."
    related: str = "Show what is perhaps related"
    thanks: str = "Thank you!"
    sorry: str = "Thank you. I noted it for the owner."
    sorry_counted: str = "Thank you. I counted it as not helpful."
    rated_already: str = "You have rated it so already."
    asker_only: str = "Only the person who asked can rate this answer."
    small_talk: Mapping[str, str] = {
        "thanks": "You are welcome!",
        "greeting": "Hello! Just write your question.",
        "praise": "Glad to help!",
        "blame": "Sorry. Try asking in another way, or press 👎 below the answer.",
        "laughter": "😄",
        "who": "I am a bot that answers only with exact quotes, each with its source. Just write your question.",
    }
    copy_link: str = "Copy link"
    ask_again: str = "Ask again"
    stale: str = "The collection has changed since. Press “Ask again” for a fresh answer."
    forgotten: str = "This answer is too old for me to remember. Please send the question again."
    unusable: str = "This button no longer works."
    # Commands.
    start: str = (
        "Hello! I answer by quoting a collection word for word, each quote with its source. "
        "When I find none, I say so and never guess."
    )
    examples: str = "Just write a question, in English or Vietnamese. For example:"
    help: str = (
        "How to ask\n"
        "• Here: just write your question.\n"
        "• In a group: mention @{bot}, reply to one of my messages, or use /ask question.\n"
        "{inline}"
        "• Follow up: “what about Germany?”, or reply to my answer.\n"
        "• Only some days or one outlet: begin with since:2024-04-01, until:30/4/2024, source:outlet.\n"
        "• A typo? Edit your question and I will change my answer.\n\n"
        "Commands\n{commands}"
    )
    help_inline: str = "• Anywhere: type @{bot} and a question, then pick a quote to send.\n"
    new: str = "All right, I forgot what we talked about. Ask me something new."
    lang: str = "Which language shall I speak? Quotes stay in the language of their source."
    lang_set: str = "From now on I speak English with you."
    lang_auto: str = "As in my Telegram"
    lang_follow: str = "From now on I follow the language of your Telegram."
    sources: str = "The collection has {documents} with {sentences}{newest}."
    earlier: str = "← Back"
    later: str = "Next →"
    status: str = "The collection has {documents} with {sentences}.\n{newest}Who may ask: {access}."
    status_newest: str = "The newest document is of {day}.\n"
    details: str = "Details"
    status_details: str = "Generation: {generation}\nEncoder: {encoder}\nRunning for: {uptime}"
    document_forms: Mapping[str, str] = {"one": "{number} document", "more": "{number} documents"}
    sentence_forms: Mapping[str, str] = {"one": "{number} sentence", "more": "{number} sentences"}
    access_open: str = "everybody"
    access_listed: str = "the owners, and those they let in"
    quote_gone: str = "This sentence is no longer in the collection."
    group_welcome: str = (
        "Hello everyone! To ask me, mention @{bot}, reply to one of my messages, or write /ask question."
    )
    # Access.
    not_allowed: str = "Sorry, this bot answers only people on its list. Your number is {user}: please ask the owner to add it."
    not_allowed_group: str = (
        "Sorry, this group is not on the list. Its number is {chat}: please ask the owner to add it."
    )
    no_owner: str = (
        "This bot has no owner yet. If it is yours, put TRICHDAN_OWNERS={user} into the .env file and restart it, "
        "or TRICHDAN_ACCESS=open to let everybody ask."
    )
    owners_only: str = "This command is for the owner of the bot."
    # Inline mode.
    inline_hint: str = "Write a question to find a quote…"
    inline_nothing: str = "No sure answer was found"
    inline_not_allowed: str = "This bot answers only people on its list"
    inline_source: str = "Open source"
    # Owners.
    reload_same: str = "Still generation {generation}, nothing new."
    reload_new: str = "Now on generation {generation}: {documents}, {sentences}."
    reload_failed: str = (
        "The new generation could not be opened, the old one goes on answering. Reason: {reason}"
    )
    stats: str = (
        "Last 30 days: {asked} questions\nFound: {found}\nWithout a sure answer: {not_found}\n"
        "Helpful: {helpful} · Not helpful: {not_helpful}\nSearch time, median: {median} ms"
    )
    stats_unanswered: str = "Recent questions left unanswered (kept {days} days):"
    asked_owners: str = "I have asked the owner for you."
    wants_in: str = "{name} ({id}) would like to ask."
    group_wants_in: str = "{by} would like to ask in the group “{name}” ({id})."
    let_in: str = "Allow"
    turn_away: str = "No"
    has_let_in: str = "{name} ({id}) may ask now. To see and undo it: /access"
    has_turned_away: str = "{name} ({id}) may not ask."
    welcome: str = "The owner has let you in. Just write your question."
    access_now: str = "Who may ask: {who}."
    access_owners: str = "Owners: {ids}"
    access_settings: str = "By the file .env: {ids}"
    access_guests: str = "Let in by a button (press to undo):"
    group_moved: str = "The group “{name}” has become a supergroup with a new number. I go on answering there; please change the line TRICHDAN_GROUPS in the file .env: {new} instead of {old}."
    private_sent: str = "I have sent it to you in private: it is about other people."
    private_write_first: str = "This is about other people. Write to me in private first, then ask again."
    memory_lost: str = "My memory (state.sqlite) was damaged. I put it aside as state.damaged and began anew: earlier buttons and follow-ups no longer work. Please have a look at the disk."
    # The collection, for owners.
    feed_owners_only: str = "Only the owner can add documents. Please write your question in words."
    feed_off: str = "The collection of this bot cannot be changed in Telegram."
    feed_help: str = "To add a document, send its file here; its caption becomes the title, and a file with the same name takes the place of the earlier one.\n{limits}"
    feed_limits: str = "At most {limit} a file; kinds: {kinds}."
    feed_files: str = "{number} files ({names})"
    feed_received: str = "Got {name}, reading it now. {limits}"
    feed_too_large: str = "{name} has {size}, more than the limit of {limit} a file. Please divide it, or add it on the command line."
    feed_too_large_for_telegram: str = (
        "{name} is larger than Telegram lets a bot fetch. Please divide it, or add it on the command line."
    )
    feed_not_fetched: str = "{name} could not be fetched from Telegram, the collection is as it was. Please send it again in a few minutes."
    feed_not_readable: str = "{name}: your Bot API server has the file, but the bot may not read it on the disk, so sending it again will not help. Whoever runs the machine should give the account of the bot the right to read the folder of that server (with containers, share the folder), or run it without --local."
    feed_going: str = "{what}: {stage}…"
    feed_stages: Mapping[str, str] = {
        "waiting": "waiting for the file before it",
        "starting": "starting",
        "fetching": "fetching",
        "reading": "reading",
        "indexing": "indexing",
        "publishing": "checking and saving",
    }
    feed_added: str = "Added {documents}: {names}"
    feed_replaced: str = "Replaced the earlier version of {documents}: {names}"
    feed_removed: str = "Removed {documents}: {names}"
    feed_sentences: str = "Read {sentences}."
    feed_same: str = "{name} is there already, nothing changed."
    feed_same_as: str = "The text of {name} is there already as {known}, so it was not added again."
    feed_nothing: str = "Nothing was added."
    feed_left_out: str = "Left out ({number}):"
    feed_sample_left: str = "The sample collection has given way to your own documents."
    feed_now: str = "The collection now has {documents}, {sentences}."
    feed_failed: str = "{what}: that did not work, the collection is as it was. Reason: {reason}"
    feed_interrupted: str = "{what}: the bot stopped before it was done. Please do it again."
    feed_killed: str = "{what}: the bot was ended in the middle of it. Please look at /documents, and do it again where nothing has changed."
    feed_refused: str = "{what}: the collection is as it was. The new one answers only {found} of the {count} test questions, at least {least} % are agreed. These would be lost:"
    feed_refused_more: str = "… and {number} more"
    feed_refused_advice: str = "Please mend the documents and send them again. If this is what you want, do it on the command line with --force."
    feed_list_old: str = "The collection has changed since. Please send /remove or /documents again."
    documents_head: str = "The collection: {documents} (page {page} of {pages})"
    remove_pick: str = "Which document shall I take out? There are {documents} (page {page} of {pages})"
    remove_sure: str = "Take {name} ({sentences}) out of the collection?"
    remove_yes: str = "Take out"
    remove_no: str = "Keep"
    # BotFather's fields.
    description: str = (
        "Ask in Vietnamese or English. The bot answers with the very sentences of its collection, each with a source "
        "that opens at the place. When the answer is not there it says so, and never makes anything up."
    )
    short_description: str = "Quotes word for word, always with the source; says so when it is not there."
    commands: Mapping[str, str] = {
        "ask": "Ask a question",
        "help": "How to ask",
        "sources": "Which documents there are",
        "status": "How new the collection is",
        "new": "Forget what we talked about",
        "lang": "Change the language",
        "start": "Begin",
    }
    owner_commands: Mapping[str, str] = {
        "access": "Who may ask",
        "documents": "List the documents",
        "remove": "Take a document out",
        "reload": "Open a new generation of the collection",
        "stats": "Figures and unanswered questions",
    }

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
