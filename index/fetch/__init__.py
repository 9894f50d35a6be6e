"""Addresses and feeds that the operator names: fetched politely, and never anything on a private network."""

from index.fetch.addresses import Addresses
from index.fetch.connection import Network, Rules

__all__ = ["Addresses", "Network", "Rules"]
