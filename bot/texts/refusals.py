"""Why a question cannot be asked, and what to do, a sentence a language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.texts.formats import FORMATS
from retrieval.question.question import LONGEST_QUESTION
from retrieval.records import Refusal

_LONGEST: Final = {code: each.number(LONGEST_QUESTION) for code, each in FORMATS.items()}
_REFUSALS: Final[Mapping[str, Mapping[Refusal, str]]] = MappingProxyType(
    {
        "vi": {
            Refusal.EMPTY: "Câu hỏi đang trống; bạn viết điều muốn biết nhé.",
            Refusal.TOO_LONG: f"Câu hỏi dài quá; bạn hỏi trong tối đa {_LONGEST['vi']} ký tự nhé.",
            Refusal.NO_WORDS: "Câu hỏi không có chữ nào; bạn viết điều muốn biết nhé.",
            Refusal.NO_SUBJECT: "Câu hỏi chưa nói về ai hay cái gì; bạn viết thêm giúp mình nhé.",
        },
        "en": {
            Refusal.EMPTY: "The question is empty; write what you want to know.",
            Refusal.TOO_LONG: f"The question is too long; ask in at most {_LONGEST['en']} characters.",
            Refusal.NO_WORDS: "The question has no words; write what you want to know.",
            Refusal.NO_SUBJECT: "The question names nothing to look for; add who or what it is about.",
        },
    }
)


def refusal(reason: Refusal, language: str) -> str:
    """Return the sentence for a reason in a language of the bot."""
    return _REFUSALS[language][reason]
