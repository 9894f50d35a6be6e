"""A question that leans on the talk, spelled out. Pure, and careful: one that stands alone is never bent."""

from bot.followup.completion import leans
from bot.followup.pronouns import Turn, Unclear, needs_its_answer, points_back
from bot.followup.understanding import understand

__all__ = ["Turn", "Unclear", "leans", "needs_its_answer", "points_back", "understand"]
