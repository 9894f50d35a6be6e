"""What the files of office programs say about themselves."""

import datetime as dt
from typing import NamedTuple

# What the templates of python-docx, python-pptx and openpyxl say remains in everything made with them unless
# changed, even after another program has saved it in another format.
_DAYS = (dt.date(2013, 12, 23), dt.date(2013, 1, 27))
_AUTHORS = ("python-docx", "Steve Canny", "openpyxl")
_TITLES = ("PowerPoint Presentation", "Word Document")


class SaidOfItself(NamedTuple):
    """The properties of a document, each None if absent."""

    title: str | None = None
    author: str | None = None
    created: dt.date | None = None
    language: str | None = None

    def without_template(self) -> "SaidOfItself":
        """Return what is said about the document, without what the template of a library says."""
        return SaidOfItself(
            None if self.title in _TITLES else self.title,
            None if self.author in _AUTHORS else self.author,
            None if self.created in _DAYS else self.created,
            self.language,
        )
