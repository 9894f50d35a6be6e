"""Ranges of IP addresses that are not part of the public network.

By the registries of special-purpose addresses of IANA (RFC 6890 and what was entered since), whatever the
Python at hand knows of them, and by what clouds document of the services that only their own machines reach.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private use
            "100.64.0.0/10",  # shared between carriers and their customers
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local
            "172.16.0.0/12",  # private use
            "192.0.0.0/24",  # IETF protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays, no longer in use
            "192.168.0.0/16",  # private use
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and limited broadcast
        ),
    )
)
_V4_GLOBAL_ALL_THE_SAME = tuple(map(IPv4Network, ("192.0.0.9/32", "192.0.0.10/32")))

_V6_UNICAST = IPv6Network("2000::/3")  # all that is given out; what lies outside is for special purposes
_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # IETF protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which wraps whatever address it likes
            "3fff::/20",  # documentation
        ),
    )
)
_V6_GLOBAL_ALL_THE_SAME = tuple(
    map(
        IPv6Network,
        (
            "2001:1::1/128",  # Port Control Protocol
            "2001:1::2/128",  # TURN
            "2001:1::3/128",  # DNS-SD
            "2001:3::/32",  # AMT
            "2001:4:112::/48",  # AS112
            "2001:20::/28",  # ORCHIDv2
            "2001:30::/28",  # drone remote identification
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # before the IPv4 address in the lower half of one of IPv6

_CLOUD_V4 = tuple(
    map(
        IPv4Network,
        (
            "100.100.100.200/32",  # Alibaba
            "161.26.0.0/16",  # IBM, services of the platform
            "166.8.0.0/14",  # IBM, services of the cloud
            "168.63.129.16/32",  # Azure
            "169.254.0.23/32",  # Tencent
            "169.254.42.42/32",  # Scaleway
            "169.254.169.250/31",  # Rancher
            "169.254.169.253/32",  # AWS, names
            "169.254.169.254/31",  # AWS, Google, Azure, DigitalOcean, Hetzner, OpenStack and others; Linode
            "169.254.170.2/32",  # AWS, containers
            "169.254.170.23/32",  # AWS, pods
            "192.0.0.192/32",  # Oracle
        ),
    )
)
_CLOUD_V6 = tuple(
    map(
        IPv6Network,
        (
            "fd00:42::42/128",  # Scaleway
            "fd00:a9fe:a9fe::1/128",  # Linode
            "fd00:c1::a9fe:a9fe/128",  # Oracle
            "fd00:ec2::/32",  # AWS
            "fd20:ce::254/128",  # Google
            "fe80::a9fe:a9fe/128",  # OpenStack
        ),
    )
)


def is_special(ip: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is not of the public network, also where one of IPv6 wraps one of IPv4."""
    if isinstance(ip, IPv4Address):
        return _among(ip, _V4) and not _among(ip, _V4_GLOBAL_ALL_THE_SAME)
    if (wrapped := _wrapped(ip)) is not None and is_special(wrapped):
        return True
    if ip.ipv4_mapped or ip in _NAT64:
        return False
    return ip not in _V6_UNICAST or (_among(ip, _V6) and not _among(ip, _V6_GLOBAL_ALL_THE_SAME))


def is_of_cloud(ip: IPv4Address | IPv6Address) -> bool:
    """Tell whether a cloud uses an address to serve its own machines, or to hand them secrets."""
    if isinstance(ip, IPv4Address):
        return _among(ip, _CLOUD_V4)
    wrapped = _wrapped(ip)
    return _among(ip, _CLOUD_V6) or (wrapped is not None and is_of_cloud(wrapped))


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """Return the address of IPv4 to which one of IPv6 leads."""
    if ip.ipv4_mapped or ip in _NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if int(ip) >> 32 == 0:  # "IPv4-compatible", long out of use
        return IPv4Address(int(ip))
    return ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _among(ip: IPv4Address | IPv6Address, ranges: tuple[IPv4Network, ...] | tuple[IPv6Network, ...]) -> bool:
    return any(ip in each for each in ranges)
