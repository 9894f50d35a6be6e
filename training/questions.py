"""Makes questions out of statements: hides one fact, puts a question word in its place, drops the rest.

There are few human questions in Vietnamese to train on and none across languages. A news sentence with a
number, a date, a place or a name, that fact hidden behind `bao nhiêu`, `khi nào`, `ở đâu` or `ai`, teaches
the encoder which words of a question ask for which words of a sentence. The questions need not be
grammatical: people's own are not either.
"""

import random
import re
from typing import NamedTuple

_VIETNAMESE = (
    (
        re.compile(r"\b[Nn]gày \d{1,2}[/-]\d{1,2}([/-]\d{4})?|\b[Nn]gày \d{1,2} tháng \d{1,2}( năm \d{4})?"),
        ("khi nào", "ngày nào", "hôm nào", "bao giờ"),
    ),
    (
        re.compile(r"\b[Nn]ăm \d{4}|\b[Tt]háng \d{1,2}([/-]\d{4})?|\b[Tt]háng \d{1,2} năm \d{4}"),
        ("khi nào", "năm nào", "bao giờ", "lúc nào"),
    ),
    (
        re.compile(r"\b(ở|tại|đến|từ) (?=[A-ZĐÂÔƠƯÁÀẢÃẠ])\w+( (?=[A-ZĐÂÔƠƯÁÀẢÃẠ])\w+)*"),
        ("ở đâu", "tại đâu", "nơi nào", "nước nào", "thành phố nào"),
    ),
    (
        re.compile(r"\b\d[\d.,]*( (triệu|tỷ|nghìn|ngàn))?( (người|USD|đồng|euro|km|m|kg|phần trăm))?%?"),
        ("bao nhiêu", "mấy", "là bao nhiêu", "bao nhiêu người", "bao nhiêu tiền"),
    ),
    (
        re.compile(r"\b(ông|bà|Tổng thống|Thủ tướng|Bộ trưởng|Chủ tịch|anh|chị)( (?=[A-ZĐÂÔƠƯÁÀẢÃẠ])\w+)+"),
        ("ai", "người nào", "ông nào", "là ai"),
    ),
)
_ENGLISH = (
    (
        re.compile(
            r"\b(on |in )?((January|February|March|April|May|June|July|August|September|October|November|"
            r"December)\b( \d{1,2})?(,? \d{4})?|\d{4}\b|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
            r"Sunday)"
        ),
        ("when", "what day", "what year", "which date"),
    ),
    (re.compile(r"\b(in|at|from|to) (?=[A-Z])\w+( (?=[A-Z])\w+)*"), ("where", "which country", "what place")),
    (
        re.compile(r"\b\d[\d.,]*( (million|billion|thousand))?( (people|dollars|percent|tons))?%?"),
        ("how many", "how much", "what number"),
    ),
    (
        re.compile(
            r"\b(Mr|Mrs|Ms|President|Prime Minister|Minister|Dr)\.?( (?=[A-Z])\w+)+"
            r"|\b(?=[A-Z])\w+ (?=[A-Z])\w+"
        ),
        ("who", "which person", "who is it that"),
    ),
)
_OPEN_QUESTION = {
    "vi": ("gì", "thế nào", "vì sao", "tại sao", "như thế nào", "điều gì", "là gì", "có phải"),
    "en": ("what", "how", "why", "what did", "how did", "what is", "why did", "what happened"),
}
_PATTERNS = {"vi": _VIETNAMESE, "en": _ENGLISH}


class Made(NamedTuple):
    """A question made out of a statement.

    Attributes:
        question: The question.
        fact: What it asks for, as it stands in the statement.
        words: What it names.
    """

    question: str
    fact: str
    words: tuple[str, ...]


def pseudo_question(
    sentence: str, language: str, random_: random.Random, window: tuple[int, int] = (4, 12)
) -> str:
    """Return a question that `sentence` answers; arguments as for `made_question`."""
    return made_question(sentence, language, random_, window).question


def made_question(
    sentence: str, language: str, random_: random.Random, window: tuple[int, int] = (4, 12)
) -> Made:
    """Make a question that `sentence` answers, in the language of the sentence ("vi" or "en").

    Args:
        sentence: What answers.
        language: Its language.
        random_: Source of chance.
        window: Fewest and most words kept on each side of what is asked for.
    """
    facts = [(match, asks) for pattern, asks in _PATTERNS[language] for match in pattern.finditer(sentence)]
    if facts and random_.random() < 0.75:
        match, asks = random_.choice(facts)
        fact = match[0]
        before, after = sentence[: match.start()].split(), sentence[match.end() :].split()
        ask = random_.choice(asks)
    else:
        words = sentence.split()
        hidden = random_.randrange(len(words) + 1)
        end = hidden + random_.randint(1, 4)
        before, fact, after = words[:hidden], " ".join(words[hidden:end]), words[end:]
        ask = random_.choice(_OPEN_QUESTION[language])
    # People name a few things near the one they ask for, not the whole sentence.
    reach = random_.randint(*window)
    words = before[-reach:] + after[:reach]
    kept = [word for word in words if random_.random() < 0.75]
    if random_.random() < 0.2:
        random_.shuffle(kept)
    ask_first = random_.random() < (0.35 if language == "vi" else 0.85)
    return Made(" ".join([ask, *kept] if ask_first else [*kept, ask]), fact, tuple(kept))


def key_words(text: str, random_: random.Random) -> str:
    """Return a few words that stand near each other in `text`, as somebody types who looks for it.

    Scripts without spaces are cut between any two characters.
    """
    words = text.split()
    if unspaced := len(words) < len(text) / 15:
        words = [text[place : place + 2] for place in range(0, len(text), 2)]
    size = random_.randint(4, 10)
    first = random_.randrange(max(1, len(words) - size + 1))
    kept = [word for word in words[first : first + size] if random_.random() < 0.8]
    return ("" if unspaced else " ").join(kept)


def with_typo(text: str, random_: random.Random) -> str:
    """Return `text` with one letter dropped, doubled or swapped with its neighbour."""
    if len(text) < 8:
        return text
    place = random_.randrange(1, len(text) - 2)
    kind = random_.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place] + text[place:]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
