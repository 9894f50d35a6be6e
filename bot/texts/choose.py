"""Which language the bot speaks to a person: the one of the question, or the one that is set."""

from bot.texts.en import EN, Texts
from bot.texts.explain import EN as EXPLAIN_EN
from bot.texts.explain import VI as EXPLAIN_VI
from bot.texts.explain import ExplainTexts
from bot.texts.vi import VI
from retrieval.question.vietnamese import looks_vietnamese


def texts_for(question: str, language: str = "auto") -> Texts:
    """Choose the language of what the bot says itself: `language`, or with "auto" the question's."""
    if language == "auto":
        return VI if looks_vietnamese(question) else EN
    return VI if language == "vi" else EN


def explain_texts_for(question: str, language: str = "auto") -> ExplainTexts:
    """Choose the language of explanations, by the same rule."""
    return EXPLAIN_VI if texts_for(question, language) is VI else EXPLAIN_EN
