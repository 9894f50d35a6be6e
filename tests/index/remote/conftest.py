"""The sample collection, built once."""

from collections.abc import Iterator

import pytest

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.indexer import Indexer
from index.store import Store


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """Build the index that a first run builds."""
    model = StaticModel.open()
    store = Store(tmp_path_factory.mktemp("data"))
    Indexer(store, BundledEncoder(model), model).build_sample()
    with store.current() as generation:
        yield generation
