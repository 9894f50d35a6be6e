"""Making the parts of a generation: those that are there already are taken, the others are made."""

from collections.abc import Iterable, Iterator, Sequence

from index.arrays import map_ints
from index.assembly import Piece, pieces_of
from index.division import Entry, part_name
from index.encoder import Encoder
from index.errors import SourceError
from index.generation import Generation
from index.manifest import PartEntry, Recipe
from index.part import PLACES, TOKENS, VECTORS
from index.part_files import row_files
from index.progress import Progress, Share
from index.publication import Building
from index.records import Document
from index.rows import Before, TokenModel, analyse, encode, lay_out, tokenize
from index.spool import Spool
from index.vectors import to_file


class Maker:
    """Makes the parts of a generation, but for those that are there already.

    Attributes:
        made: The names of the parts that the generation before does not have.
        fresh: Number of documents that had to be segmented.
    """

    def __init__(
        self,
        building: Building,
        before: Generation | None,
        spool: Spool,
        recipe: Recipe,
        encoder: Encoder,
        tokens: TokenModel,
        progress: Progress,
    ) -> None:
        self._building = building
        self._before = Before(before) if before else None
        self._known = pieces_of(before) if before else {}
        self._spool = spool
        self._recipe = recipe
        self._encoder = encoder
        self._tokens = tokens
        self._progress = progress
        self.made: list[str] = []
        self.fresh = 0

    def pieces(self, parts: Sequence[Sequence[Entry]]) -> list[Piece]:
        """Return the parts of these documents, in their order.

        Raises:
            SourceError: They have more sentences than the store may hold; it is found as soon as it can be.
        """
        named = {part_name(self._recipe, entries): entries for entries in parts}
        self.made = [name for name in named if name not in self._known]
        self._building.work.keep_only(self.made)
        self._progress.stage("indexing", Share.STEPS * sum(len(named[name]) for name in self.made))
        pieces = {name: self._known[name] for name in named if name in self._known}
        for name in self.made:
            self._require_few(pieces.values())
            pieces[name] = self._piece(name, named[name])
        self._require_few(pieces.values())
        return [pieces[name] for name in named]

    def _require_few(self, pieces: Iterable[Piece]) -> None:
        most = self._building.most_sentences
        if sum(piece.entry.sentences for piece in pieces) > most:
            raise SourceError(
                f"The collection would have more than {most:,} sentences, and nothing was changed; leave "
                "documents out, or set TRICHDAN_MOST_SENTENCES higher: what is finished is kept for the next "
                "build."
            )

    def _piece(self, name: str, entries: Sequence[Entry]) -> Piece:
        files = self._building.work.find(name)
        if files is None:
            files = self._building.work.put(name, self._files(name, entries))
        else:
            self._progress.advance(Share.STEPS * len(entries))
        rows = len(map_ints(files[PLACES].path, columns=5))
        return Piece(PartEntry(name, len(entries), rows), files)

    def _files(self, name: str, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a part by their paths; what is in one is let go of before the next is made."""
        advance, count, before = self._progress.advance, len(entries), self._before
        layout = lay_out([self._document(entry) for entry in entries], before, advance)
        # Of its ten steps a document has so many here as this takes of the time, with the bundled encoder.
        with Share(advance, 2 * count, len(layout.texts)) as share:
            yield VECTORS, to_file(encode(layout, before, self._encoder, share.advance))
        with Share(advance, 2 * count, len(layout.texts)) as share:
            yield from tokenize(layout, before, self._tokens, share.advance).to_files(TOKENS)
        with Share(advance, 4 * count, len(layout.texts)) as share:
            analysed = analyse(layout, before, share.advance)
        with Share(advance, count, len(layout.known)) as share:
            yield from row_files(layout, analysed, name, self._building.scratch, share.advance)
        self.fresh += count - layout.reused

    def forget(self) -> None:
        """Let go of the generation before."""
        self._before = None

    def _document(self, entry: Entry) -> Document:
        if entry.position < 0 or self._before is None:
            return self._spool.get(entry.id)
        return self._before.generation.document_at(entry.position)
