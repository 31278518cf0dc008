"""How often signing in may be tried: for an account, whether or not there is one of that name, and from an address."""

from __future__ import annotations

import datetime as dt
import ipaddress
import unicodedata
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

WINDOW = dt.timedelta(minutes=15)
"""After the first try of a row of tries, counting begins anew."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Something that is counted under a name, and how often it may be tried within WINDOW."""

    what: str
    at_most: int


PASSWORD = Tries("password", 10)
CODE = Tries("code", 5)
LINK = Tries("link", 30)
ADDRESS = Tries("address", 100)
"""A whole agency may stand behind one address."""


def key_of(tries: Tries, name: str) -> str:
    """The name under which tries are counted, as a keyed digest. Names that look alike count as one."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return salted_hmac(f"onestory.attempts.{tries.what}", plain, algorithm="sha256").hexdigest()


def network_of(address: str) -> str:
    """The address, or of a version 6 address the network that one household or office has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
