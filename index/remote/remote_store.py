"""The collection that an address names, asked as a store is."""

import threading
from collections.abc import Callable

from index.encoders import EncoderIdentity
from index.errors import CollectionUnreachable, Message, NoGeneration, StoreError
from index.generation.manifest import require_recipe
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.remote_generation import RemoteGeneration


class RemoteStore:
    """What is behind an address.

    A connection is made for each generation that is opened; one more, kept, tells which is live.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._asked: Milvus | None = None
        self._lock = threading.Lock()

    def current(
        self,
        encoder: EncoderIdentity | None = None,
        tokens: str | None = None,
        *,
        report: Callable[[StoreError], None] | None = None,
    ) -> RemoteGeneration:
        """Open the live generation; `report` is as of `Store` and told nothing: there is no older one.

        Raises:
            NoGeneration: Nothing has been pushed there.
            GenerationMismatch: It was made otherwise than questions will be read.
            CollectionUnreachable: Milvus does not answer.
        """
        milvus = Milvus.connect(self._address)
        try:
            live = milvus.live()
            if live is None:
                raise NoGeneration(
                    "{name} has no collection {what} yet; push one.",
                    name=self._address.uri,
                    what=self._address.name,
                )
            generation = RemoteGeneration.open(milvus, live)
            require_recipe(
                generation.recipe, encoder, tokens, Message("The index {name}", name=generation.name)
            )
        except BaseException:
            milvus.close()
            raise
        return generation

    def live_name(self) -> str | None:
        """Return the name of the live generation, None where nothing has been pushed.

        Raises:
            CollectionUnreachable: Milvus does not answer; the next time a new connection is made.
        """
        with self._lock:
            self._asked = self._asked or Milvus.connect(self._address)
            try:
                live = self._asked.live()
            except CollectionUnreachable:
                self._asked.close()
                self._asked = None
                raise
        return live and live.removeprefix(f"{self._address.name}_g").replace("_", "-")
