"""A question that leans on the talk, spelled out. Pure, and careful: one that stands alone is never bent."""

from bot.followup.completion import complete, leans
from bot.followup.pronouns import Turn, Unclear, needs_its_answer, points_back, resolve

__all__ = ["Turn", "Unclear", "complete", "leans", "needs_its_answer", "points_back", "resolve"]
