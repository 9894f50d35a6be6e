"""Whether a sentence is to be shown with the one before it; pure."""

from index.text.terms import fold, terms
from retrieval.question.question import Question


def leans(question: Question, before: str, text: str) -> bool:
    """Tell whether the sentence before says what a sentence is about: half of the subjects of the question.

    Whoever reads "Nó dài 73 mét" alone cannot see that it answers. What is in another language than the
    question is never taken to lean.
    """
    subjects = set(map(fold, question.subjects))
    own, other = (set(map(fold, terms(each))) for each in (text, before))
    return 2 * len(subjects & (other - own)) >= len(subjects) > 0
