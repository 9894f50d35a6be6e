"""Which addresses are of the public network: by the registries of IANA, and by what clouds document."""

import ipaddress

import pytest

from index.errors import SourceError
from index.fetch import Rules
from index.fetch.connection import Client
from index.fetch.public import Target, is_metadata, is_public, parse_target
from tests.index.fetch.test_fetch import SITE, Site, site  # noqa: F401 - a fixture

# As the registries stand: https://www.iana.org/assignments/iana-ipv4-special-registry and
# iana-ipv6-special-registry, each block with what they say of "Globally Reachable", and the multicast spaces.
NOT_REACHABLE = [
    "0.0.0.0/8",
    "0.0.0.0/32",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/29",
    "192.0.0.8/32",
    "192.0.0.170/32",
    "192.0.0.171/32",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::1/128",
    "::/128",
    "::/96",
    "::1:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "4000::/3",
    "8000::/1",
    "1000::/4",
]
REACHABLE = [
    "1.0.0.0/24",
    "8.8.8.0/24",
    "9.255.255.0/24",
    "11.0.0.0/24",
    "100.63.255.0/24",
    "100.128.0.0/24",
    "126.255.255.0/24",
    "128.0.0.0/24",
    "169.253.255.0/24",
    "169.255.0.0/24",
    "172.15.255.0/24",
    "172.32.0.0/24",
    "192.0.1.0/24",
    "192.0.0.9/32",
    "192.0.0.10/32",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.175.48.0/24",
    "192.167.255.0/24",
    "192.169.0.0/24",
    "198.17.255.0/24",
    "198.20.0.0/24",
    "203.0.112.0/24",
    "203.0.114.0/24",
    "223.255.255.0/24",
    "2000::/16",
    "2001:1::1/128",
    "2001:1::2/128",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:20::/28",
    "2001:30::/28",
    "2001:200::/32",
    "2003::/16",
    "2400:cb00::/32",
    "2606:4700::/32",
    "2620:4f:8000::/48",
    "2a00:1450::/32",
    "3ffe::/16",
]
METADATA = [
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "169.254.170.2",
    "169.254.169.253",
    "161.26.0.10",
    "166.9.1.1",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "fd00:c1::a9fe:a9fe",
    "::ffff:169.254.169.254",
    "::ffff:168.63.129.16",
    "64:ff9b::168.63.129.16",
    "2002:a83f:8110::1",
    "::168.63.129.16",
    "::169.254.169.254",
    "2400:cb00::5efe:a83f:8110",
    "2001:0:4136:e378:8000:63bf:57c0:7eef",
]


@pytest.mark.parametrize("block", NOT_REACHABLE)
def test_blocks_that_are_not_reachable(block: str) -> None:
    """First, last and one between, also as IPv6 wraps those of IPv4."""
    network = ipaddress.ip_network(block)
    for ip in (network[0], network[-1], network[network.num_addresses // 2]):
        assert not is_public(str(ip)), ip
        if ip.version == 4:
            number = int(ip)
            high, low = number >> 16, number & 0xFFFF
            for wrapped in (
                f"::ffff:{ip}",
                f"64:ff9b::{ip}",
                f"::{ip}",
                f"2002:{high:x}:{low:x}::1",
                f"2400:cb00::5efe:{high:x}:{low:x}",
                f"2400:cb00::200:5efe:{high:x}:{low:x}",
            ):
                assert not is_public(wrapped), wrapped


@pytest.mark.parametrize("block", REACHABLE)
def test_blocks_that_are_reachable(block: str) -> None:
    """Whatever is next to one that is not."""
    network = ipaddress.ip_network(block)
    for ip in (network[0], network[-1]):
        assert is_public(str(ip)), ip
        if ip.version == 4:
            assert is_public(f"::ffff:{ip}")
            assert is_public(f"64:ff9b::{ip}")


@pytest.mark.parametrize("address", METADATA)
def test_what_clouds_keep_for_themselves(address: str, site: Site) -> None:  # noqa: F811
    """It is not public, and not fetched from where private networks are allowed either."""
    assert not is_public(address)
    assert is_metadata(address)
    site.put("/", "secret")
    site.hosts["bao.example.com"] = ["10.0.0.1", address]
    with pytest.raises(SourceError, match="cloud serves its own machines"):
        Client(Rules(private=True), site.network).get(f"{SITE}/")
    assert site.connected == []


@pytest.mark.parametrize("address", ["", "x", "1.2.3", "1.2.3.4.5", "::g", "8.8.8.8/32", "08.8.8.8"])
def test_what_is_no_address_is_not_public(address: str) -> None:
    """Nor is it a fault."""
    assert not is_public(address)
    assert not is_metadata(address)


def test_no_special_address_is_public_that_python_knows_of() -> None:
    """What the standard library calls private is never public here, block by block of both spaces."""
    for number in range(0, 1 << 32, (1 << 16) - 1):
        ip = ipaddress.IPv4Address(number)
        assert not (is_public(str(ip)) and (ip.is_private or ip.is_multicast or ip.is_reserved)), ip
    for top in range(1 << 16):
        wide = ipaddress.IPv6Address(top << 112 | 1)
        assert not (is_public(str(wide)) and (wide.is_private or wide.is_multicast)), wide


NO_ADDRESS = [
    "",
    "example.com",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "http:///tin",
    "http://[",
    "http://[bad]/",
    "http://example.com:99999/",
    "http://example.com:x/",
    "http://fe80::1%25eth0/",
    "http://[fe80::1%25eth0]/",
    "http://exa mple.com/",
    "http://example.com/a b",
    "http://example.com/\ta",
    "http://example.com/\n",
    "http://example.com/\x00",
    "http://example.com/\u202e",
    "http://example.com\\@evil.example/",
    f"http://{'ü' * 70}.example/",
    "http://example.com/" + "a" * 1_982,
]


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_refused_by_name(url: str) -> None:
    """In one sentence that says which, on one line and not without end."""
    with pytest.raises(SourceError) as refused:
        parse_target(url)
    said = str(refused.value)
    assert said.endswith(" is not an http or https address that can be fetched.")
    assert said.isprintable()
    assert said.startswith(url[:10] if url.isprintable() and url.isascii() else "")
    assert len(said) < 300


@pytest.mark.parametrize("login", ["me", "me:secret", ":secret", ""])
def test_an_address_with_a_login_is_refused(login: str) -> None:
    """A name, a password, or the place for one."""
    with pytest.raises(
        SourceError, match="holds a user name or password; addresses with these are not fetched"
    ):
        parse_target(f"https://{login}@example.com/")


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("http://example.com", "example.com", 80, "/"),
        ("https://example.com", "example.com", 443, "/"),
        ("HTTPS://Example.COM:8443/A", "example.com", 8443, "/A"),
        ("http://example.com/tin?a=1&b=%20c#phần", "example.com", 80, "/tin?a=1&b=%20c"),
        ("http://example.com/?", "example.com", 80, "/"),
        ("http://example.com?a=é/ç", "example.com", 80, "/?a=%C3%A9/%C3%A7"),
        ("http://example.com/tin-tức/a%20b", "example.com", 80, "/tin-t%E1%BB%A9c/a%20b"),
        (f"http://{'a' * 70}.example/", f"{'a' * 70}.example", 80, "/"),
        ("http://bücher.example/", "xn--bcher-kva.example", 80, "/"),
        ("http://[2400:cb00::1]:8080/x", "2400:cb00::1", 8080, "/x"),
        ("http://example.com/" + "a" * 1_981, "example.com", 80, "/" + "a" * 1_981),
    ],
)
def test_the_parts_of_an_address(url: str, host: str, port: int, path: str) -> None:
    """Host in ASCII, the port of the scheme where none is named, the path as a request has it."""
    scheme = url.partition(":")[0].lower()
    assert parse_target(url) == Target(scheme, host, port, path, url)
