"""Addresses and feeds that the operator names: fetched politely, and never anything on a private network."""

from index.fetch.addresses import Addresses, Refreshed
from index.fetch.changes import add_all, is_address, refresh_all, remove_all
from index.fetch.connection import Network
from index.fetch.rules import Rules

__all__ = [
    "Addresses",
    "Network",
    "Refreshed",
    "Rules",
    "add_all",
    "is_address",
    "refresh_all",
    "remove_all",
]
