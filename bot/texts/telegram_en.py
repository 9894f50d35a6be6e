"""What the bot says in Telegram, in English."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
from typing import Any, Final

EN: Final[dict[str, Any]] = {
    "code": "en",
    "line": "line {line}",
    "page": "p. {page}",
    "also": "Also in: ",
    "by_address": "by its address",
    "by_file_name": "by its file name",
    "also_more": "{more} more",
    "understood": "I understood: {question}",
    "continued": "(continued)",
    "not_found": "The collection does not hold an answer to this.",
    "without_filter": "You can ask again without that limit.",
    "about": "I know {documents} with {sentences}{newest}. They often mention {names}.",
    "span_day": ", the newest of {day}",
    "related_heading": "Perhaps related (not an answer):",
    "slow": "This one takes longer than usual, just a moment…",
    "gave_up": "I searched too long and stopped. Could you ask again, a little more briefly?",
    "failed": "Something went wrong on my side and this stayed unanswered. Please try again in a few minutes.",
    "busy": "Many people are asking right now. Please try again in a few seconds.",
    "too_many": "You are asking faster than I can follow. Please go on in {seconds} s.",
    "only_text": "I can only read words, those below a photo or video too. Could you write your question?",
    "no_collection": "I cannot open the collection right now, so I cannot answer. The owner has to look into it.",
    "nothing_to_ask": "Write the question right after the command, for example: /ask {example}",
    "labels": {
        "context": "In context",
        "close": "Close",
        "more": "More results",
        "share": "Share",
        "helpful": "👍 Helpful",
        "not_helpful": "👎 Not helpful",
    },
    "icons": {
        "context": "📖",
        "close": "📕",
        "more": "➕",
        "share": "↗️",
        "helpful": "👍",
        "not_helpful": "👎",
    },
    "no_context": "This sentence stands alone: there is none before or after it.",
    "related": "Show what is perhaps related",
    "thanks": "Thank you!",
    "sorry": "Thank you. I noted it for the owner.",
    "sorry_counted": "Thank you. I counted it as not helpful.",
    "rated_already": "You have rated it so already.",
    "asker_only": "Only the person who asked can rate this answer.",
    "small_talk": {
        "thanks": "You are welcome!",
        "greeting": "Hello! Just write your question.",
        "praise": "Glad to help!",
        "blame": "Sorry. Try asking in another way, or press 👎 below the answer.",
        "laughter": "😄",
        "who": "I am a bot that answers only with exact quotes, each with its source. Just write your question.",
    },
    "copy_link": "Copy link",
    "ask_again": "Ask again",
    "stale": "The collection has changed since. Press “Ask again” for a fresh answer.",
    "forgotten": "This answer is too old for me to remember. Please send the question again.",
    "unusable": "This button no longer works.",
    "start": (
        "Hello! I answer by quoting a collection word for word, each quote with its source. "
        "When it is not there, I say so and never guess."
    ),
    "examples": "Just write a question, in English or Vietnamese. For example:",
    "help": (
        "How to ask\n"
        "• Here: just write your question.\n"
        "• In a group: mention @{bot}, reply to one of my messages, or use /ask question.\n"
        "{inline}"
        "• Follow up: “what about Germany?”, or reply to my answer.\n"
        "• Only some days or one outlet: begin with since:2024-04-01, until:30/4/2024, source:outlet.\n"
        "• A typo? Edit your question and I will change my answer.\n\n"
        "Commands\n{commands}"
    ),
    "help_inline": "• Anywhere: type @{bot} and a question, then pick a quote to send.\n",
    "new": "All right, I forgot what we talked about. Ask me something new.",
    "lang": "Which language shall I speak? Quotes stay in the language of their source.",
    "lang_set": "From now on I speak English with you.",
    "lang_auto": "As in my Telegram",
    "lang_follow": "From now on I follow the language of your Telegram.",
    "sources": "The collection has {documents} with {sentences}{newest}.",
    "earlier": "← Back",
    "later": "Next →",
    "status": "The collection has {documents} with {sentences}.\n{newest}Who may ask: {access}.",
    "status_newest": "The newest document is of {day}.\n",
    "details": "Details",
    "status_details": "Generation: {generation}\nEncoder: {encoder}\nRunning for: {uptime}",
    "document_forms": ("{number} document", "{number} documents"),
    "sentence_forms": ("{number} sentence", "{number} sentences"),
    "access_open": "everybody may ask",
    "access_listed": "the owners, and those they let in",
    "quote_gone": "This sentence is no longer in the collection.",
    "group_welcome": "Hello everyone! To ask me, mention @{bot}, reply to one of my messages, or write /ask question.",
    "not_allowed": "Sorry, this bot answers only people on its list. Your number is {user}: please ask the owner to add it.",
    "not_allowed_group": "Sorry, this group is not on the list. Its number is {chat}: please ask the owner to add it.",
    "no_owner": (
        "This bot has no owner yet. If it is yours, put TRICHDAN_OWNERS={user} into the .env file and restart it, "
        "or TRICHDAN_ACCESS=open to let everybody ask."
    ),
    "no_owner_group": (
        "This bot has no owner yet. Its owner should put TRICHDAN_OWNERS={user} into the .env file; "
        "to let the whole group ask, add TRICHDAN_GROUPS={chat}."
    ),
    "owners_only": "This command is for the owner of the bot.",
    "inline_hint": "Write a question to find a quote…",
    "inline_nothing": "The collection does not hold an answer",
    "inline_not_allowed": "This bot answers only people on its list",
    "inline_source": "Open source",
    "reload_same": "Still generation {generation}, nothing new.",
    "reload_new": "Now on generation {generation}: {documents}, {sentences}.",
    "reload_failed": "The new generation could not be opened, the old one goes on answering. Reason: {reason}",
    "stats": (
        "Last 30 days: {asked} questions\nFound: {found}\nNot in the collection: {not_found}\n"
        "Helpful: {helpful} · Not helpful: {not_helpful}\nSearch time, median: {median} ms"
    ),
    "stats_unanswered": "Recent questions left unanswered (kept {days} days):",
    "stats_sent": "I have sent it to you in private: it quotes what people asked there.",
    "stats_write_first": "This quotes what people asked in private. Write to me in private first, then ask again.",
    "memory_lost": "My memory (state.sqlite) was damaged. I put it aside as state.damaged and began anew: earlier buttons and follow-ups no longer work. Please have a look at the disk.",
    "feed_owners_only": "Only the owner can add documents. Please write your question in words.",
    "feed_off": "The collection of this bot cannot be changed in Telegram.",
    "feed_help": "To add a document, send its file here; its caption becomes the title, and a file with the same name takes the place of the earlier one.\n{limits}",
    "feed_limits": "At most {limit} a file; kinds: {kinds}.",
    "feed_files": "{number} files ({names})",
    "feed_received": "Got {name}, reading it now. {limits}",
    "feed_too_large": "{name} has {size}, more than the limit of {limit} a file. Please divide it, or add it on the command line.",
    "feed_too_large_for_telegram": "{name} is larger than Telegram lets a bot fetch. Please divide it, or add it on the command line.",
    "feed_not_fetched": "{name} could not be fetched from Telegram, the collection is as it was. Please send it again in a few minutes.",
    "feed_going": "{what}: {stage}…",
    "feed_stages": {
        "waiting": "waiting for the file before it",
        "starting": "starting",
        "fetching": "fetching",
        "reading": "reading",
        "indexing": "indexing",
        "publishing": "checking and saving",
    },
    "feed_added": "Added {documents}: {names}",
    "feed_replaced": "Replaced the earlier version of {documents}: {names}",
    "feed_removed": "Removed {documents}: {names}",
    "feed_sentences": "Read {sentences}.",
    "feed_same": "{name} is there already, nothing changed.",
    "feed_same_as": "The text of {name} is there already as {known}, so it was not added again.",
    "feed_nothing": "Nothing was added.",
    "feed_left_out": "Left out ({number}):",
    "feed_now": "The collection now has {documents}, {sentences}.",
    "feed_failed": "{what}: that did not work, the collection is as it was. Reason: {reason}",
    "feed_interrupted": "{what}: the bot stopped before it was done. Please do it again.",
    "feed_killed": "{what}: the bot was ended in the middle of it. Please look at /documents, and do it again where nothing has changed.",
    "feed_refused": "{what}: the collection is as it was. The new one answers only {found} of the {count} test questions, at least {least} % are agreed. These would be lost:",
    "feed_refused_more": "… and {number} more",
    "feed_refused_advice": "Please mend the documents and send them again. If this is what you want, do it on the command line with --force.",
    "feed_list_old": "The collection has changed since. Please send /remove or /documents again.",
    "documents_head": "The collection: {documents} (page {page} of {pages})",
    "remove_pick": "Which document shall I take out? There are {documents} (page {page} of {pages})",
    "remove_sure": "Take {name} ({sentences}) out of the collection?",
    "remove_yes": "Take out",
    "remove_no": "Keep",
    "description": (
        "Ask in Vietnamese or English. The bot answers with the very sentences of its collection, each with a source "
        "that opens at the place. When the answer is not there it says so, and never makes anything up."
    ),
    "short_description": "Quotes word for word, always with the source; says so when it is not there.",
    "commands": {
        "ask": "Ask a question",
        "help": "How to ask",
        "sources": "Which documents there are",
        "status": "How new the collection is",
        "new": "Forget what we talked about",
        "lang": "Change the language",
        "start": "Begin",
    },
    "owner_commands": {
        "documents": "List the documents",
        "remove": "Take a document out",
        "reload": "Open a new generation of the collection",
        "stats": "Figures and unanswered questions",
    },
}
