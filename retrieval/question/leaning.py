"""Whether a sentence is to be shown with the one before it; pure."""

from index.text.terms import fold, terms
from retrieval.question.question import Question


def leans(question: Question, before: str, text: str) -> bool:
    """Tell whether the sentence before has what this one is about: half of the question's subjects.

    "Nó dài 73 mét" on its own does not show that it answers. A text in another language than the question
    never leans.
    """
    subjects = set(map(fold, question.subjects))
    own, other = (set(map(fold, terms(each))) for each in (text, before))
    return 2 * len(subjects & (other - own)) >= len(subjects) > 0
