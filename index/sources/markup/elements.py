"""What we use of an element of an HTML or XML tree, whatever parsed it."""

from collections.abc import ItemsView, Iterator
from typing import Protocol


class Element(Protocol):
    """What we use of an element of lxml."""

    text: str | None
    tail: str | None

    tag: object
    """Its name, which is no string for comments and the like."""

    def get(self, key: str) -> str | None:
        """Return an attribute."""

    def set(self, key: str, value: str) -> None:
        """Set an attribute."""

    def items(self) -> "ItemsView[str, str]":
        """Return all attributes."""

    def getparent(self) -> "Element | None":
        """Return the element it stands in."""

    def remove(self, element: "Element") -> None:
        """Take an element out that stands directly in it, and what follows it up to the next one."""

    def iter(self) -> "Iterator[Element]":
        """Yield the element and all below it, in the order of the text."""

    def __iter__(self) -> "Iterator[Element]":
        """Yield what stands directly in it."""

    def __reversed__(self) -> "Iterator[Element]":
        """Yield what stands directly in it, last first."""


def local_name(element: Element) -> str:
    """Return the name of an element without its name space, in lower case; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
