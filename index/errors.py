"""The error tree; every message is one sentence that is safe and useful to show to a person.

TrichDanError
├── SourceError             a document cannot be read (missing, empty, binary, broken encoding, bad row)
│   ├── SourceUnreadable    its disk or its rights do not allow it: what it holds is not known
│   └── RemovalHeldBack     what is not found any more was not removed, as something could not be read
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


class TrichDanError(Exception):
    """Root of all errors that a person may see; `str()` is one complete sentence."""


class SourceError(TrichDanError):
    """A document cannot be read."""


class SourceUnreadable(SourceError):  # noqa: N818 - says what is the case, as the tree above does
    """A file or folder that its disk or its rights keep from being read; what it holds is not known."""


class RemovalHeldBack(SourceError):  # noqa: N818
    """Documents that were not found any more are kept, as something could not be read; it may hold them."""


class EncoderError(TrichDanError):
    """An encoder cannot be opened or used."""


class ReaderError(TrichDanError):
    """The reader cannot be opened."""


class StoreError(TrichDanError):
    """The data directory cannot be read or written."""


class StoreBusy(StoreError):  # noqa: N818
    """Another build holds the lock of the data directory."""


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
