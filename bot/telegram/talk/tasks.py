"""What is asked of the bot beside an answer: to sum up, compare, translate or write. Pure.

It only quotes, so of such a task it takes the subject. Only a text that begins with the task and asks nothing
counts: "dịch" is also an epidemic, and who asks who wrote something wants an answer.
"""

import re
import unicodedata
from typing import Final

from index.text.terms import fold

# Patterns for a text without accents, since many type without, and with single spaces; what is longer stands
# first.
_POLITE: Final = (
    r"(?:(?:vui long|lam on|co the|can you|could you|please|ban|bot|em|ad|hay|xin|giup|gium|ho|nho|minh"
    r"|toi) )*"
)
_TASKS: Final = (
    r"(?:tom tat|tom luoc|tong hop|tong ket|so sanh|phan tich|binh luan|danh gia"
    r"|summari[sz]e|sum up|compare|analy[sz]e"
    r"|(?:dich|translate)(?=.*\b(?:sang|ra|thanh|into|to) (?:tieng|english|vietnamese|french|chinese))"
    r"|(?:dich|translate)(?= (?:cau|doan|bai|van ban|giup|ho|cho|this|the)\b)"
    r"|(?:viet|soan|write|draft)"
    r"(?= (?:lai|mot|cho|giup|ho|bai|doan|thu|bao cao|tin|email|tho|ve|a|an|me|about)\b)) "
)
_FILLERS: Final = (
    r"(?:(?:bai viet|bai bao|bai van|doan van|bao cao|ban tin|ngan gon|chi tiet|noi dung|tin tuc|thong tin"
    r"|tinh hinh|giup|gium|ho|cho|minh|toi|em|lai|mot|bai|doan|thu|email|tin|ngan|nhanh|nhung|cac|cau|nay|ve"
    r"|giua|me|a|an|the|short|brief|article|report|letter|text|news|about|on|of|between|this) )*"
)
_ENDINGS: Final = (
    r"(?: (?:sang|ra|thanh|into|to) (?:tieng \w+|english|vietnamese|french|chinese)"
    r"| (?:trong|bang|in) \d+ \w+| (?:giup|ho|cho) (?:minh|toi|em|voi)"
    r"| (?:voi|nhe|nha|di|a|please)){0,6} ?[.!…]{0,8}$"
)
_TASK: Final = re.compile(_POLITE + _TASKS + _FILLERS + r"(?P<subject>.+?)" + _ENDINGS, re.IGNORECASE)
_LONGEST: Final = 300


def subject(text: str) -> str | None:
    """Return what a task is about; None for a text that is no task."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    folded = fold(plain)
    if "?" in plain or len(plain) > _LONGEST or len(folded) != len(plain):
        return None
    found = _TASK.match(folded)
    return plain[slice(*found.span("subject"))].strip(" ,:;.“”\"'") or None if found else None
