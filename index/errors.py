"""Messages, and the error tree: each is one sentence that is safe and useful to show to a person.

TrichDanError
├── SourceError             a document cannot be read (missing, empty, binary, broken encoding, bad row)
│   ├── SourceUnreadable    its disk or its rights do not allow it: what it holds is not known
│   └── RemovalHeldBack     what is no longer found was not removed, as something could not be read
├── EncoderError            an encoder cannot be opened or used
├── ReaderError             the reader cannot be opened
├── StoreError              the data directory cannot be read or written
│   ├── StoreBusy           another build holds the lock
│   ├── NoGeneration        nothing has been published here yet
│   ├── GenerationCorrupt   a file is missing, damaged or inconsistent
│   │   └── MisquotedError  a sentence is not what its document says at its place
│   ├── GenerationRefused   a new index does not answer what the operator's questions ask
│   └── GenerationMismatch  made by another encoder, segmenter, analysis or format
└── SettingsError           a setting has a value that cannot be used
"""

import re
from collections.abc import Callable, Mapping
from typing import Self, Union

Value = Union[str, int, float, "Message"]
"""What fills a blank: a name as it is, a number, or a message within the message."""
_BLANK = re.compile(r"\{(\w+)(?::([,g]|\.\d+f))?\}")

_DEEPEST = 4
_LARGEST = 1 << 62


Name = Union[str, "Message"]
"""What a sentence calls something: by its own name, or by its place in another."""


class Message:
    """A sentence, or a part of one, as a template in English and the values of its blanks; never changed.

    A blank is `{name}`, or `{name:,}`, `{name:g}` or `{name:.2f}` for a number as people write it. What a
    value holds is never taken for a template: a file may be called `{name}`.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values: Mapping[str, Value] = {name: _value(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.fill(self.template, _written)

    def fill(self, template: str, write: Callable[[Value, str], str]) -> str:
        """Fill the blanks of a template, each with what `write` makes of its value and format."""

        def blank(found: re.Match[str]) -> str:
            name, form = found.groups(default="")
            return write(self.values[name], form) if name in self.values else found[0]

        return _BLANK.sub(blank, template)

    def plain(self) -> dict[str, object]:
        """Return it as JSON has it; `parse` takes it back."""
        values = {
            name: value.plain() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return {"template": self.template, "values": values}

    @classmethod
    def parse(cls, data: object, deepest: int = _DEEPEST) -> Self:
        """Return the message that `plain` wrote, of which each value has one blank.

        Raises:
            ValueError: It is none. Who reads hostile files is not believed to be sound itself.
        """
        if not isinstance(data, dict) or data.keys() != {"template", "values"} or not deepest:
            raise ValueError("no message")
        template, values = data["template"], data["values"]
        if not isinstance(template, str) or not isinstance(values, dict):
            raise ValueError("no message")
        if values and sorted(found[1] for found in _BLANK.finditer(template)) != sorted(values):
            raise ValueError("no values")
        return cls(template, **{name: cls._parse(value, deepest - 1) for name, value in values.items()})

    @classmethod
    def _parse(cls, value: object, deepest: int) -> Value:
        if isinstance(value, dict):
            return cls.parse(value, deepest)
        if (isinstance(value, int) and abs(value) >= _LARGEST) or not isinstance(value, str | int | float):
            raise ValueError("no value")
        return value

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash((self.template, *self.values.items()))


def _value(value: object) -> Value:
    if isinstance(value, TrichDanError):
        return value.message
    return value if isinstance(value, str | int | float | Message) else str(value)


def _written(value: Value, form: str) -> str:
    return format(value, form) if form and isinstance(value, int | float) else str(value)


def of_system(error: OSError) -> Message:
    """Return why the system refused something, as it says it: a part of a sentence."""
    return Message(error.strerror or type(error).__name__)


class TrichDanError(Exception):
    """Root of all errors that a person may see; `str()` is one complete sentence.

    Attributes:
        message: Its template and values, by which another language says it.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.message = Message(template, **values)

    def __str__(self) -> str:
        return str(self.message)

    @classmethod
    def of(cls, message: Message) -> Self:
        """Return the error that says a message."""
        return cls(message.template, **message.values)


class SourceError(TrichDanError):
    """A document cannot be read."""


class SourceUnreadable(SourceError):  # noqa: N818 - says what is the case, as the tree above does
    """A file or folder that its disk or its rights keep from being read; what it holds is not known."""


class RemovalHeldBack(SourceError):  # noqa: N818
    """Documents that were no longer found are kept, as something could not be read; it may hold them."""


class EncoderError(TrichDanError):
    """An encoder cannot be opened or used."""


class ReaderError(TrichDanError):
    """The reader cannot be opened."""


class StoreError(TrichDanError):
    """The data directory cannot be read or written."""


class StoreBusy(StoreError):  # noqa: N818
    """Another build holds the lock of the data directory."""


class CollectionUnreachable(StoreError):  # noqa: N818
    """The server of the collection does not answer."""


class NoGeneration(StoreError):  # noqa: N818
    """No generation has been published in the data directory yet."""


class GenerationCorrupt(StoreError):  # noqa: N818
    """A file of the generation is missing, damaged or inconsistent with the others."""


class MisquotedError(GenerationCorrupt):
    """A quote would not have been what its document says; it is not shown."""


class GenerationMismatch(StoreError):  # noqa: N818
    """The generation was made by another encoder, segmenter, analysis or format."""


class GenerationRefused(StoreError):  # noqa: N818
    """A new generation is sound, but does not answer what the operator's questions ask."""


class SettingsError(TrichDanError):
    """A setting has a value that cannot be used."""


GO_BACK = Message("go back to an earlier index, or build it again")
UPGRADE = Message("upgrade it")
BUILD_AGAIN = Message("build one from your documents")
