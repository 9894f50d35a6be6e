"""RTF, the exchange format of word processors."""
