"""What was asked: its words, concepts, synonyms, and the kind of answer it wants."""

from retrieval.question.question import Question, QuestionRefused, read_question

__all__ = ["Question", "QuestionRefused", "read_question"]
