"""Changing: from what a collection shall hold to a published generation, and a report of what was done.

Documents that are known already are not encoded again.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from index.assembly import assemble, describe
from index.check import require_sound
from index.division import Entry, Sizes, divide
from index.encoder import Encoder
from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration, SourceError
from index.generation import Generation
from index.maker import Maker
from index.manifest import Recipe
from index.progress import Problems
from index.rows import TokenModel
from index.shelf import HIDDEN
from index.spool import Spool
from index.store import Store

Gate = Callable[[Generation], None]
"""Raises `GenerationRefused` when a sound candidate shall not be published all the same."""

Change = Callable[[Mapping[str, Entry], Spool], Mapping[str, Entry]]
"""From the documents that are live to those that shall be; what is not known is put into the spool.

Raises `SourceError` where there would be none.
"""

_CHECKED_DOCUMENTS = 50  # of a large collection, so many are segmented again before it is published


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: Name of the generation, live now.
        documents: Number of documents in it.
        sentences: Number of sentences in it.
        reused: Number of documents taken from the generation before.
        added: Number of documents whose ids were not there before.
        changed: Number of documents that are not as they were before.
        removed: Number of documents that are not there any more.
        seconds: How long it took.
        problems: What was left out, and why.
    """

    generation: str
    documents: int
    sentences: int
    reused: int
    added: int
    changed: int
    removed: int
    seconds: float
    problems: tuple[SourceError, ...]


def publish(
    change: Change,
    store: Store,
    encoder: Encoder,
    tokens: TokenModel,
    progress: Problems,
    gate: Gate | None,
    sizes: Sizes,
    *,
    amends: bool = False,
) -> BuildReport:
    """Publish the documents that `change` makes of the live generation.

    Args:
        change: What to do.
        store: Where to.
        encoder: Makes the vectors.
        tokens: Makes the token ids.
        progress: Is told how far it is; its problems become those of the report.
        gate: What a sound candidate has to pass.
        sizes: How large parts are.
        amends: Whether the live generation is part of what is asked for, and must be sound for that; else it
            only saves work.

    Raises:
        SourceError: There would be no document, or more than the store may hold.
        StoreError: What is live cannot be used, or the generation cannot be published.
        EncoderError: The encoder fails.
    """
    started = time.perf_counter()
    recipe = Recipe(encoder.identity, tokens.revision)
    with store.building() as building, ExitStack() as held:
        before = _before(store, recipe, held, amends)
        known = _known(before) if before else {}
        with building.telling(), Spool.open(building.scratch, f"{HIDDEN}spool-") as spool:
            progress.stage("reading", None)
            found = change(known, spool)
            entries = [found[name] for name in sorted(found)]  # equal collections, equal generations
            maker = Maker(building, before, spool, recipe, encoder, tokens, progress)
            pieces = maker.pieces(divide(entries, sizes))
            del before
        progress.stage("publishing", None)
        with building.telling():
            contents = assemble(pieces, [entry.origin for entry in entries])

        def written() -> None:
            # All that is taken from the generation before is linked by now: its lock and its memory are free.
            maker.forget()
            held.close()

        def approve(generation: Generation) -> None:
            require_sound(generation, encoder, tokens, maker.made, _CHECKED_DOCUMENTS)
            if gate:
                gate(generation)

        name = building.publish(
            contents, lambda sums: describe(entries, pieces, recipe, sums), approve, written
        )
        with building.telling():
            building.work.keep_only(())
    return BuildReport(
        generation=name,
        documents=len(entries),
        sentences=sum(piece.entry.sentences for piece in pieces),
        reused=len(entries) - maker.fresh,
        added=len(found.keys() - known.keys()),
        changed=sum(known[name].fingerprint != found[name].fingerprint for name in known.keys() & found),
        removed=len(known.keys() - found.keys()),
        seconds=time.perf_counter() - started,
        problems=tuple(progress.kept),
    )


def _known(before: Generation) -> dict[str, Entry]:
    told = zip(before.entries(), before.origins(), strict=True)
    return {entry.id: entry._replace(origin=origin) for entry, origin in told}


def _before(store: Store, recipe: Recipe, held: ExitStack, amends: bool) -> Generation | None:
    """Open the live generation; None where there is none that can be used."""
    try:
        return held.enter_context(store.current(recipe.encoder, recipe.tokens, spare=True))
    except NoGeneration:
        return None
    except (GenerationCorrupt, GenerationMismatch):
        if amends:
            raise
        return None
