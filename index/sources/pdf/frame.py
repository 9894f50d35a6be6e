"""A page turned so that its text is upright; pure."""

import math
from collections.abc import Sequence


class Frame:
    """Turns points of a page so that text at an angle is upright, with the lower left corner at (0, 0)."""

    def __init__(self, angle: int, box: Sequence[float]) -> None:
        """Turn a page, given as left, lower, right and upper edge."""
        self._cos, self._sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        self._left = self._low = 0.0
        corners = self._corners(*box)
        self._left = min(x for x, _ in corners)
        self._low = min(y for _, y in corners)
        self.angle = angle
        self.height = max(y for _, y in corners) - self._low
        self._box = box

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is when the page is turned."""
        return x * self._cos + y * self._sin - self._left, y * self._cos - x * self._sin - self._low

    def right(self, left: float, low: float, right: float, high: float) -> float:
        """Return the right edge of a box when the page is turned."""
        return max(x for x, _ in self._corners(left, low, right, high))

    def is_outside(self, left: float, low: float, right: float, high: float) -> bool:
        """Tell whether a box lies beyond the edges of the page."""
        page_left, page_low, page_right, page_high = self._box
        return right < page_left or left > page_right or high < page_low or low > page_high

    def turned(self, angle: int) -> "Frame":
        """Return the page turned for text at another angle."""
        return self if angle == self.angle else Frame(angle, self._box)

    def _corners(self, left: float, low: float, right: float, high: float) -> list[tuple[float, float]]:
        return [self.at(x, y) for x in (left, right) for y in (low, high)]
