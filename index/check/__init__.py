"""Whether a generation is sound and holds what its documents say."""

from index.check.finding import Finding
from index.check.soundness import check, require_sound

__all__ = ["Finding", "check", "require_sound"]
