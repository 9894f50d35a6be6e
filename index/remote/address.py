"""Where a collection beyond this machine is, and what opens it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from index.errors import SettingsError

_ADDRESS = re.compile(
    r"milvus(?P<tls>\+tls)?://(?P<host>[^\s/:@]+):(?P<port>\d{1,5})/(?:(?P<database>[A-Za-z_]\w{0,99})/)?"
    r"(?P<name>[A-Za-z_]\w{0,99})"
    r"|milvus-lite:(?P<file>[^\s]+\.db)/(?P<own>[A-Za-z_]\w{0,99})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a collection is, and what opens it.

    Attributes:
        uri: Of the server, or the file of milvus-lite.
        name: Of the collection.
        database: Where the server keeps it; empty for the one it has from the start.
        token: `USER:PASSWORD` or a key; empty where the server wants none.
        authority: Certificates that the server's is checked against; None for those of the system.
    """

    uri: str
    name: str
    database: str = ""
    token: str = field(default="", repr=False)
    authority: Path | None = None

    @classmethod
    def parse(cls, written: str, token: str = "", authority: Path | None = None) -> Self:
        """Read an address: `milvus://` or `milvus+tls://` and `HOST:PORT/[DATABASE/]NAME`.

        `milvus-lite:FILE.db/NAME` is for trials.

        Raises:
            SettingsError: It is none, or certificates are named that nothing would be checked against.
        """
        found = _ADDRESS.fullmatch(written.strip())
        if not found or int(found["port"] or 1) not in range(1, 1 << 16):
            raise SettingsError(
                "That is no address of a collection; write milvus://HOST:PORT/NAME, the name in letters, "
                "digits and _."
            )
        if authority and not found["tls"]:
            raise SettingsError(
                "Certificates are named, but the connection is not encrypted; begin the address with "
                "milvus+tls://."
            )
        if authority and not authority.is_file():
            raise SettingsError("There is no file of certificates {name}.", name=authority)
        if found["file"]:
            return cls(str(Path(found["file"]).absolute()), found["own"])
        uri = f"{'https' if found['tls'] else 'http'}://{found['host']}:{found['port']}"
        return cls(uri, found["name"], found["database"] or "", token, authority)

    def shared(self, base: str) -> tuple[str, str]:
        """Return the names of the collections of sentences and of texts that generations share."""
        return f"{self.name}_{base}_rows", f"{self.name}_{base}_facts"

    def told(self, error: object) -> str:
        """Return the first line of what a library says, without the token and its parts."""
        text = str(getattr(error, "message", error)).partition("\n")[0]
        for secret in filter(None, (self.token, self.token.partition(":")[2])):
            text = text.replace(secret, "…")
        return text[:200]
