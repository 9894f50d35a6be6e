"""Why a question cannot be asked, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.texts.messages import translate
from index.errors import Message
from retrieval.question.question import LONGEST_QUESTION
from retrieval.records import Refusal

_REFUSALS: Final[Mapping[Refusal, Message]] = MappingProxyType(
    {
        Refusal.EMPTY: Message("The question is empty; write what you want to know."),
        Refusal.TOO_LONG: Message(
            "The question is too long; ask in at most {limit:,} characters.", limit=LONGEST_QUESTION
        ),
        Refusal.NO_WORDS: Message("The question has no words; write what you want to know."),
        Refusal.NO_SUBJECT: Message("The question names nothing to look for; add who or what it is about."),
    }
)


def refusal(reason: Refusal, language: str) -> str:
    """Return the sentence for a reason in a language of the bot."""
    return translate(_REFUSALS[reason], language)
