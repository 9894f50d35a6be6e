"""Where a collection is and what opens it; this needs no Milvus."""

from pathlib import Path

import pytest

from index.errors import CollectionUnreachable, SettingsError
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.remote_store import RemoteStore

SECRET = "trichdan:open sesame"  # noqa: S105 - nobody's


@pytest.mark.parametrize(
    ("written", "uri", "database", "name"),
    [
        ("milvus://host:19530/news", "http://host:19530", "", "news"),
        (" milvus+tls://a.b-c.example:443/news\n", "https://a.b-c.example:443", "", "news"),
        ("milvus+tls://host:443/papers/news", "https://host:443", "papers", "news"),
    ],
)
def test_address(written: str, uri: str, database: str, name: str) -> None:
    """Host, port, database and name are read, with TLS or without."""
    address = Address.parse(written, SECRET)
    assert (address.uri, address.database, address.name, address.token) == (uri, database, name, SECRET)


@pytest.mark.parametrize(
    "bad",
    [
        "news",
        "milvus://host/news",
        "milvus://host:0/news",
        "milvus://host:65536/news",
        "milvus://host:1/a-b",
        "http://host:1/a",
        "",
        "milvus://u:p@host:1/a",
    ],
)
def test_no_address(bad: str) -> None:
    """What is no address is refused, without being repeated: a password may be in it."""
    with pytest.raises(SettingsError) as caught:
        Address.parse(bad)
    assert "u:p" not in str(caught.value)


def test_certificates_need_tls(tmp_path: Path) -> None:
    """Certificates that nothing would be checked against are a mistake; so is a file that is not there."""
    file = tmp_path / "ca.pem"
    file.touch()
    assert Address.parse("milvus+tls://host:1/a", authority=file).authority == file
    with pytest.raises(SettingsError, match=r"milvus\+tls"):
        Address.parse("milvus://host:1/a", authority=file)
    with pytest.raises(SettingsError, match="no file of certificates"):
        Address.parse("milvus+tls://host:1/a", authority=tmp_path / "none.pem")


def test_no_secret_is_told() -> None:
    """Neither by an address nor by what a library says of a failure."""
    address = Address.parse("milvus://host:1/news", SECRET)
    assert "sesame" not in repr(address)
    assert address.told(ValueError(f"bad {SECRET}, open sesame\nmore")) == "bad …, …"


class Silent(Milvus):
    """A server that stops answering after its second answer."""

    opened = answered = closed = 0

    def __init__(self) -> None:
        Silent.opened += 1

    def live(self) -> str:
        """Answer twice."""
        Silent.answered += 1
        if Silent.answered > 2:
            raise CollectionUnreachable("gone")
        return "news_g2026_1"

    def close(self) -> None:
        """Count."""
        Silent.closed += 1


def test_one_connection_tells_what_is_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is asked; after a failure a new one is made."""
    monkeypatch.setattr(Milvus, "connect", lambda _: Silent())
    store = RemoteStore(Address("http://host:1", "news"))
    assert store.live_name() == store.live_name() == "2026-1"
    assert (Silent.opened, Silent.closed) == (1, 0)
    for opened in (1, 2):
        with pytest.raises(CollectionUnreachable):
            store.live_name()
        assert (Silent.opened, Silent.closed) == (opened, opened)
