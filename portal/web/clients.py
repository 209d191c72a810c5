"""
Who a request comes from, as far as limits need to know: never an address alone.

An address is one person's, or that of many: Tor's exits, the portal inside Tor (where every peer is
the proxy), the carriers of phones. `SHARED_NETWORKS` names a file of those that are known; others
are found by what comes from them. What is kept of any of them is a hash under a key that is
destroyed with the day (`limit_store`), and beside it a number; never which draft came from where.
"""

import ipaddress
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.onion import is_onion
from portal.web.rate_limits import DAY, Limit, stand_in

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# RFC 4193: of no network that anybody is given. Tor numbers its circuits so.
UNIQUE_LOCAL = ipaddress.ip_network("fc00::/7")
# RFC 6598: what carriers put many customers behind.
CARRIERS = ipaddress.ip_network("100.64.0.0/10")
# Whoever has an IPv6 address has a network of them.
SITE_PREFIX = 64

# More drafts than these are no longer one person's, nor one family's.
DRAFTS_FROM = Limit("drafts-from", most=10, seconds=DAY)
DRAFT_SEEN = Limit("draft-seen", most=1, seconds=DAY)


@dataclass(frozen=True)
class Client:
    """
    Client by which limits count a request, until the UTC day ends.

    `key` stands for a network, or for all who come through Tor's onion service. `circuit` stands
    for the circuit there, where Tor tells it: one person's, for as long as it lasts.
    """

    key: str
    circuit: str = ""
    known_as_shared: bool = False

    @property
    def is_shared(self) -> bool:
        """Say whether many people are behind `key`: it has more turns, and a queue for them."""
        return self.known_as_shared or DRAFTS_FROM.is_reached(self.key)

    @property
    def is_pool(self) -> bool:
        """Say whether many people are behind it who cannot be told apart, even by circuit."""
        return not self.circuit and self.is_shared

    @property
    def alone(self) -> str:
        """Return the stand-in of the fewest people to be told apart: the circuit, else `key`."""
        return self.circuit or self.key


def client_of(request: HttpRequest) -> Client:
    """
    Return the client that a request comes from.

    The address is what our own proxy saw (`BEHIND_TLS_PROXY`). An IPv6 address counts as its /64.
    """
    address = _address_of(request)
    if is_onion(request):
        is_circuit = address is not None and address in UNIQUE_LOCAL
        circuit = stand_in(f"circuit {address}") if is_circuit else ""
        return Client(stand_in("onion"), circuit, known_as_shared=True)
    if address is None:  # a server on a socket names no client
        return Client(stand_in("unknown"), known_as_shared=True)
    is_shared = address in CARRIERS or _is_listed(address)
    return Client(stand_in(str(_group(address))), known_as_shared=is_shared)


def note_draft(request: HttpRequest, draft: str) -> None:
    """
    Note that somebody has a draft in hand, so that a network from which many come is found.

    `draft` is whatever names it, the same each time. Each counts once a day, for the first network
    that it comes from; what is kept are two rows that do not know of each other.
    """
    client = client_of(request)
    if not client.known_as_shared and DRAFT_SEEN.take(stand_in(draft)):
        DRAFTS_FROM.take(client.key)


def _address_of(request: HttpRequest) -> Address | None:
    try:
        address = ipaddress.ip_address(DefaultAccountAdapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _group(address: Address) -> Network:
    whole = address.version == 4 or address in UNIQUE_LOCAL
    return ipaddress.ip_network((address, address.max_prefixlen if whole else SITE_PREFIX), False)


def _is_listed(address: Address) -> bool:
    """Say whether the file of shared networks names one that the address is in."""
    if not settings.SHARED_NETWORKS:
        return False
    file = Path(settings.SHARED_NETWORKS)
    try:
        networks = _networks_in(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):  # while it is being replaced; told at the start, by the check
        return False
    return any(
        ipaddress.ip_network((address, length), False) in found
        for (version, length), found in networks.items()
        if version == address.version
    )


@lru_cache(maxsize=1)
def _networks_in(file: Path, _changed: int) -> dict[tuple[int, int], set[Network]]:
    """
    Read what a file names, by version and length of prefix. Raises OSError, ValueError.

    One address or network a line; "#" begins a remark.
    """
    found: dict[tuple[int, int], set[Network]] = defaultdict(set)
    for line in file.read_text().splitlines():
        if named := line.partition("#")[0].strip():
            network = ipaddress.ip_network(named)
            found[network.version, network.prefixlen].add(network)
    return found


@register
def check_shared_networks(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Check that the file can be read, and that each of its lines is a network."""
    if not settings.SHARED_NETWORKS:
        return []
    try:
        _networks_in(Path(settings.SHARED_NETWORKS), 0)
    except (OSError, ValueError) as error:
        return [
            Error(
                f"SHARED_NETWORKS cannot be used: {error}",
                hint="Write one address or network a line, for example 192.0.2.7 or 2001:db8::/32.",
                id="web.E001",
            )
        ]
    return []
