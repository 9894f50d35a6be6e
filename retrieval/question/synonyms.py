"""Synonyms: names and short forms with the same meaning. They apply to questions, never to an index.

A file has one group per line, `Kiev = Kyiv = Киев`; `#` begins a comment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from index.errors import SettingsError, of_system
from index.text.terms import fold, terms
from retrieval.question.question import Alternative, Question

Phrase = tuple[str, ...]
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of phrases that mean the same.

    Attributes:
        others: For each phrase, the others of its group, by their accented terms.
        folded: The same, by phrases without accents.
        longest: By the first term without accents, the number of terms of the longest phrase.
    """

    others: Mapping[Phrase, tuple[Phrase, ...]]
    folded: Mapping[Phrase, tuple[Phrase, ...]]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "Synonyms":
        """Make them from groups; groups that share a phrase become one."""
        joined: dict[Phrase, list[Phrase]] = {}
        for group in groups:
            members = [tuple(terms(phrase)) for phrase in group]
            for known in [joined[phrase] for phrase in members if phrase in joined]:
                members += known
            members = list(dict.fromkeys(members))
            joined |= dict.fromkeys(members, members)
        others = {phrase: tuple(p for p in group if p != phrase) for phrase, group in joined.items()}
        folded = {tuple(map(fold, phrase)): same for phrase, same in others.items()}
        longest: dict[str, int] = {}
        for phrase in folded:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return cls(others, folded, longest)

    def expand(self, question: Question) -> Question:
        """Return the question with the synonyms of its phrases; accents count if any were typed.

        A repeated phrase is looked up once, since each costs searches of its own.
        """
        read = terms(question.text)
        folded = list(map(fold, read))
        named, keys = (self.others, read) if question.accented else (self.folded, folded)
        found: dict[Phrase, tuple[Phrase, ...]] = {}
        place = 0
        while place < len(read):
            most = min(self.longest.get(folded[place], 0), len(read) - place)
            for length in range(most, 0, -1):
                if others := named.get(tuple(keys[place : place + length])):
                    phrase = tuple(read[place : place + length])
                    found.pop(phrase, None)  # the last place counts, as where phrases share a term
                    found[phrase] = others
                    place += length
                    break
            else:
                place += 1
        alternatives = tuple(Alternative(phrase, others) for phrase, others in found.items())
        return replace(question, alternatives=alternatives) if found else question


def parse(text: str, name: str) -> list[list[str]]:
    """Read the groups of a file.

    Raises:
        SettingsError: A line is not a group; the sentence says which and why.
    """
    groups = []
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        phrases = [phrase.strip() for phrase in written.split("=")]
        if len(phrases) < 2:
            raise SettingsError(
                "Line {number} of {name} names one thing only; write `one = another`.",
                number=number,
                name=name,
            )
        if not all(map(terms, phrases)):
            raise SettingsError(
                "Line {number} of {name} has nothing on one side of a `=`.", number=number, name=name
            )
        groups.append(phrases)
        if len(groups) > _MOST:
            raise SettingsError(
                "{name} has more than {limit:,} groups; leave out what nobody asks for.",
                name=name,
                limit=_MOST,
            )
    return groups


@cache
def bundled() -> Synonyms:
    """Return the synonyms of this package."""
    return Synonyms.of(_bundled_groups())


def load(file: Path | None) -> Synonyms:
    """Return the synonyms of this package and those of the operator's file.

    Raises:
        SettingsError: The file cannot be read, or one of its lines is not a group.
    """
    if file is None:
        return bundled()
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        problem = SettingsError("{name} is not UTF-8 text, so no synonyms can be read from it.", name=file)
    except OSError as error:
        problem = SettingsError("The synonyms {name} cannot be read: {why}.", name=file, why=of_system(error))
    else:
        return Synonyms.of([*_bundled_groups(), *parse(text, str(file))])
    raise problem


def _bundled_groups() -> list[list[str]]:
    text = resources.files("retrieval.question").joinpath("synonyms.txt").read_text("utf-8")
    return parse(text, "synonyms.txt")
