"""What the files of office programs say about themselves."""

import datetime as dt
from typing import NamedTuple

# What the templates of python-docx, python-pptx and openpyxl say stands in all that was made with them and
# left so, also after another program has saved it in another form.
_DAYS = (dt.date(2013, 12, 23), dt.date(2013, 1, 27))
_AUTHORS = ("python-docx", "Steve Canny", "openpyxl")
_TITLES = ("PowerPoint Presentation", "Word Document")


class SaidOfItself(NamedTuple):
    """What the properties of a document say, each None where they do not."""

    title: str | None = None
    author: str | None = None
    created: dt.date | None = None
    language: str | None = None

    def without_template(self) -> "SaidOfItself":
        """Return what is said of the document, not of the template of the library that wrote it."""
        return SaidOfItself(
            None if self.title in _TITLES else self.title,
            None if self.author in _AUTHORS else self.author,
            None if self.created in _DAYS else self.created,
            self.language,
        )
