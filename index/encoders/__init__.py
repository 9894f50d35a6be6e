"""Encoders: texts to vectors, by the bundled model or one of sentence-transformers."""

from index.encoders.base import Encoder, EncoderIdentity
from index.encoders.opening import open_encoder
from index.encoders.static import BundledEncoder, StaticModel

__all__ = ["BundledEncoder", "Encoder", "EncoderIdentity", "StaticModel", "open_encoder"]
