"""The encoder of the vectors: the bundled one, or any sentence-transformers model by one setting."""

from index.encoders.base import Encoder
from index.encoders.static import BundledEncoder, StaticModel


def open_encoder(name: str | None, static: StaticModel, revision: str | None = None) -> Encoder:
    """Return the encoder called `name`: None for the bundled one, else a hub name or a folder.

    Args:
        name: Hub name or folder of a sentence-transformers model.
        static: The bundled token model, already open.
        revision: Commit, tag or branch on the hub; None for the default branch.

    Raises:
        EncoderError: The model cannot be loaded.

    """
    if name is None:
        return BundledEncoder(static)
    # Costs seconds and hundreds of megabytes: only for those who ask for such a model.
    from index.encoders.hub import HubEncoder

    return HubEncoder.open(name, revision)
