"""Which paragraphs of a page are its main text: those that an extractor finds, with the lists around them.

An extractor knows prose from menus, but loses lists, headings and definitions where no element of the page
says that it is the article, and joins what is short. So what it finds only says where the main text is; the
paragraphs themselves are those of the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from index.sources.markup.elements import Element, local_name
from index.sources.markup.trees import MarkupBlock

_NOT_WORDS = re.compile(r"[\W_]+")
_NEAR = 5_000  # letters behind what was found last
_LONG = 25  # letters and figures that say where a paragraph stands
_LOCATED = 0.7
_MOST_LINKED = 0.4
_MOSTLY_LINKED = 0.8
_PROSE = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_STRUCTURE = frozenset({"li", "dt", "dd", "tr", "pre", "blockquote", "caption", "td", "th"})
_BESIDE = frozenset({"nav", "aside", "footer", "form", "menu", "button", "select", "dialog", "label"})
_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "banner", "menu", "menubar", "dialog"}
)
_HINTS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|share|sharing|social|related|recommend\w*|"
    r"promo\w*|advert\w*|ads?|banner|comments?|newsletter|subscribe|tags?|tag-list|cookie\w*|popup|modal|"
    r"pagination|pager|toc|author-box|lien-quan|tin-lien-quan|binh-luan|chia-se|quang-cao)(?:$|[\s_-])",
    re.IGNORECASE,
)


def main_text(blocks: Sequence[MarkupBlock], found: str) -> list[MarkupBlock] | None:
    """Return the paragraphs of the main text; none if it is too short to be distinguished from the rest.

    None stands for what was found and stands nowhere in the page.

    Args:
        blocks: The paragraphs of the page.
        found: What an extractor has found.
    """
    plain = [_plain(block.text) for block in blocks]
    wanted = _plain(found)
    was_found = _was_found(plain, wanted)
    counts = Counter(words for words, is_there in zip(plain, was_found, strict=True) if is_there)
    times = {words: min(count, wanted.count(words)) if count > 1 else 1 for words, count in counts.items()}
    if sum(len(words) * count for words, count in times.items()) < _LOCATED * len(wanted):
        return None
    kept = _kept(blocks, plain, times)
    if not kept:
        return []
    region, first, last = _region(blocks, kept), min(kept), max(kept)
    parents = {blocks[place].element.getparent() for place in kept}
    taken = set(kept)
    for place, block in enumerate(blocks):
        if place in kept or not plain[place] or not _may_belong(block, region):
            continue
        is_beside_it = place < last or block.element.getparent() in parents
        is_prose = len(plain[place]) >= _LONG and block.linked == 0 and bool(_PROSE.search(block.text))
        is_missing = place > first and (_is_structure(block.element, region) or (is_prose and is_beside_it))
        is_short = place < last and was_found[place] and local_name(block.element) not in _TITLES
        if is_missing or is_short:
            taken.add(place)
    taken |= _headings(blocks, taken, region)
    return [blocks[place] for place in sorted(taken)]


def whole_text(blocks: Sequence[MarkupBlock], *, is_short: bool = False) -> list[MarkupBlock]:
    """Return the paragraphs of a page without menus and the like.

    Args:
        blocks: The paragraphs of the page.
        is_short: Whether there may be no prose among them.
    """
    taken = [
        block for block in blocks if block.linked <= _MOST_LINKED and not _is_beside(block.element, None)
    ]
    has_prose = any(len(_plain(block.text)) >= _LONG for block in taken)
    return taken if has_prose or is_short else []


def _was_found(plain: Sequence[str], wanted: str) -> list[bool]:
    """Tell for each paragraph whether it was found, looking first where the last one was."""
    at, found = 0, []
    for words in plain:
        place = wanted.find(words, at, at + len(words) + _NEAR) if words else -1
        if place < 0 and words:
            place = wanted.find(words)
        found.append(place >= 0)
        at = max(place, 0) or at
    return found


def _kept(blocks: Sequence[MarkupBlock], plain: Sequence[str], times: Mapping[str, int]) -> set[int]:
    """Return the places of what was found, as often as it was, rather in the text than beside it."""
    places: dict[str, list[int]] = {}
    for place, words in enumerate(plain):
        if len(words) >= _LONG and words in times and blocks[place].linked <= _MOSTLY_LINKED:
            places.setdefault(words, []).append(place)
    beside = {place for at in places.values() for place in at if _is_beside(blocks[place].element, None)}
    kept = set()
    for words, at in places.items():
        kept.update(([place for place in at if place not in beside] or at)[: times[words]])
    return kept - beside or kept


def _region(blocks: Sequence[MarkupBlock], kept: set[int]) -> Element:
    """Return the element in which all that was found stands."""
    first, *others = (blocks[place].element for place in sorted(kept))
    common = [first, *_above(first)]
    if not others:
        return common[1] if len(common) > 1 else first
    for element in others:
        around = {element, *_above(element)}
        common = [each for each in common if each in around]
    return common[0]


def _may_belong(block: MarkupBlock, region: Element) -> bool:
    """Tell whether a paragraph stands in a region, and in no menu or margin there."""
    is_inside = block.element is region or any(each is region for each in _above(block.element))
    return is_inside and block.linked <= _MOST_LINKED and not _is_beside(block.element, region)


def _is_structure(element: Element, region: Element) -> bool:
    """Tell whether an element is, or stands in, an item of a list, a definition or a row of a region."""
    for each in (element, *_above(element)):
        if each is region:
            return False
        if local_name(each) in _STRUCTURE:
            return True
    return False


def _headings(blocks: Sequence[MarkupBlock], taken: set[int], region: Element) -> set[int]:
    """Return the headings right above what was taken, and those right above them."""
    found: set[int] = set()
    is_followed = False
    for place in range(max(taken), -1, -1):
        block = blocks[place]
        if local_name(block.element) not in _TITLES:
            is_followed = place in taken
        elif is_followed and _may_belong(block, region):
            found.add(place)
        else:
            is_followed = False
    return found


def _is_beside(element: Element, region: Element | None) -> bool:
    """Tell whether an element stands in a menu, a margin or the like inside a region."""
    for each in (element, *_above(element)):
        if each is region:
            return False
        name = local_name(each)
        if name in _BESIDE or (name == "header" and region is None) or each.get("role") in _ROLES:
            return True
        if name not in ("html", "body") and _HINTS.search(
            f"{each.get('class') or ''} {each.get('id') or ''}"
        ):
            return True
    return False


def _above(element: Element) -> Iterator[Element]:
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()
