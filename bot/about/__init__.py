"""What a collection is about, and what may be asked of it, told from its own words. Pure."""

from bot.about.examples import questions
from bot.about.subject import Subject, subject

__all__ = ["Subject", "questions", "subject"]
