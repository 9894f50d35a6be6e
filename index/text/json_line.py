"""JSON on one line that is safe to look at: what a terminal would obey is written as an escape."""

import json
import re
from collections.abc import Callable

# Legal in JSON as they are, but a terminal obeys them (C1 controls), or turns the letters around them, a
# reader by lines stops at them, or UTF-8 has none (half of a surrogate pair).
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_line(value: object, default: Callable[[object], object] | None = None) -> str:
    """Return JSON without a line break, with letters of every script as themselves; it reads back equal.

    `default`, where given, makes something JSON has of what it has not.
    """
    written = json.dumps(value, ensure_ascii=False, default=default)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)
