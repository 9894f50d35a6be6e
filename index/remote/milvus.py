"""Milvus: the only door to pymilvus; what fails is tried again for a while, and then said in one sentence."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, Self

import numpy as np

from index.encoders.base import Floats
from index.errors import CollectionUnreachable, SettingsError
from index.generation.arrays import RowIds
from index.remote.address import Address

Record = dict[str, Any]
_TIMEOUT: Final = 10.0  # seconds
_TRIES: Final = 3
_PAUSE: Final = 0.3  # seconds, doubled each time
_LONGEST: Final = 65_535  # bytes of a VARCHAR
_LOG = logging.getLogger(__name__)


class Milvus:
    """A connection to the server of an address."""

    def __init__(self, client: Any, address: Address) -> None:  # noqa: ANN401 - pymilvus has no types
        self._client = client
        self.address = address

    @classmethod
    def connect(cls, address: Address) -> Self:
        """Connect.

        Raises:
            SettingsError: pymilvus is not installed.
            CollectionUnreachable: Nobody answers.
        """
        try:
            from pymilvus import MilvusClient
        except ImportError:
            raise SettingsError(
                "Milvus needs pymilvus, which is not installed; run `pip install 'trichdan[milvus]'`."
            ) from None
        with_tls = {"server_pem_path": str(address.authority)} if address.authority else {}

        def connected() -> Any:  # noqa: ANN401 - pymilvus has no types
            return MilvusClient(
                address.uri, token=address.token, db_name=address.database, timeout=_TIMEOUT, **with_tls
            )

        return cls(_tried(address, connected), address)

    def live(self) -> str | None:
        """Return the collection behind the alias, None where there is none."""
        if self.address.name not in self._call("list_aliases").get("aliases", []):
            return None
        return str(self._call("describe_alias", alias=self.address.name)["collection_name"])

    def make_live(self, collection: str) -> None:
        """Let the alias name this collection, in one step."""
        done = "create_alias" if self.live() is None else "alter_alias"
        self._call(done, collection_name=collection, alias=self.address.name)

    def collections(self) -> list[str]:
        """List all collections."""
        return [str(name) for name in self._call("list_collections")]

    def create_rows(self, collection: str, dimension: int) -> None:
        """Make a collection of sentences; words are sparse vectors whose products are BM25."""
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("text", DataType.VARCHAR, max_length=_LONGEST)
        schema.add_field("numbers", DataType.VARCHAR, max_length=_LONGEST)
        for field in ("document", "gist", "day", "outlet"):
            schema.add_field(field, DataType.INT64)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        kinds = {"vector": "FLAT" if self.address.uri.endswith(".db") else "AUTOINDEX"}
        for field in ("accented", "folded", "concepts"):
            schema.add_field(field, DataType.SPARSE_FLOAT_VECTOR)
            kinds[field] = "SPARSE_INVERTED_INDEX"
        self._create(collection, schema, kinds)

    def create_facts(self, collection: str) -> None:
        """Make a collection of texts by keys; Milvus wants a vector in each, which says nothing here."""
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("key", DataType.VARCHAR, max_length=128, is_primary=True)
        schema.add_field("value", DataType.VARCHAR, max_length=_LONGEST)
        schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
        self._create(collection, schema, {"nothing": "FLAT"})

    def _create(self, collection: str, schema: object, kinds: dict[str, str]) -> None:
        if self._call("has_collection", collection_name=collection):
            return
        indexes = self._client.prepare_index_params()
        for field, kind in kinds.items():
            indexes.add_index(field_name=field, index_type=kind, metric_type="IP")
        arguments = {"collection_name": collection, "schema": schema, "index_params": indexes}
        self._call("create_collection", consistency_level="Session", **arguments)  # read what was written

    def load(self, collection: str) -> None:
        """Make a collection ready to be asked."""
        self._call("load_collection", collection_name=collection)

    def flush(self, collection: str) -> None:
        """Let the server write what it has got."""
        self._call("flush", collection_name=collection)

    def drop(self, collection: str) -> None:
        """Remove a collection."""
        self._call("drop_collection", collection_name=collection)

    def put(self, collection: str, records: Sequence[Record]) -> None:
        """Write records; those with the same key are replaced."""
        self._call("upsert", collection_name=collection, data=list(records))

    def delete(self, collection: str, gone: str | Sequence[str]) -> None:
        """Remove the records that a condition names, or those with these keys."""
        which: dict[str, object] = {"filter": gone} if isinstance(gone, str) else {"ids": list(gone)}
        self._call("delete", collection_name=collection, **which)

    def get(
        self, collection: str, keys: Sequence[int] | Sequence[str], fields: Sequence[str]
    ) -> list[Record]:
        """Return the records with these keys, in any order."""
        if not keys:
            return []
        found = self._call("get", collection_name=collection, ids=list(keys), output_fields=list(fields))
        return [dict(record) for record in found]

    def query(self, collection: str, wanted: str, fields: Sequence[str]) -> list[Record]:
        """Return the records that a condition leaves, at most 16,384."""
        found = self._call(
            "query", collection_name=collection, filter=wanted, output_fields=list(fields), limit=16_384
        )
        return [dict(record) for record in found]

    def search(
        self, collection: str, field: str, query: Floats | dict[int, float], k: int, wanted: str
    ) -> tuple[Floats, RowIds]:
        """Return scores and keys of the best `k`, best first."""
        (hits,) = self._call(
            "search",
            collection_name=collection,
            data=[query if isinstance(query, dict) else query.tolist()],
            anns_field=field,
            limit=min(k, 16_384),
            filter=wanted,
            search_params={"metric_type": "IP"},
        )
        rows = np.array([hit["row"] for hit in hits], dtype=np.int64)
        scores = np.array([hit["distance"] for hit in hits], dtype=np.float32)
        return scores, rows

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _call(self, name: str, **arguments: object) -> Any:  # noqa: ANN401 - pymilvus has no types
        method = getattr(self._client, name)
        return _tried(self.address, lambda: method(timeout=_TIMEOUT, **arguments))


def _tried(address: Address, call: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
    from grpc import RpcError
    from pymilvus.exceptions import MilvusException

    for attempt in range(_TRIES):
        try:
            return call()
        except (MilvusException, RpcError, OSError) as error:
            why = address.told(error)
            _LOG.info("Milvus does not answer, attempt %d of %d: %s", attempt + 1, _TRIES, why)
            if attempt + 1 < _TRIES:
                time.sleep(_PAUSE * 2**attempt)
    raise CollectionUnreachable(
        "The collection {name} at {place} cannot be reached ({why}); check that Milvus runs there, its "
        "address, and its token.",
        name=address.name,
        place=address.uri,
        why=why,
    ) from None
