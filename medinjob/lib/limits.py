"""How often somebody may do something, counted in the cache: a brake on abuse, not an accounting.

A count is one atomic step of the cache (`CountingCache` on one machine, Redis on several), so that requests at the same
moment do not share a number. A cache that is away counts nothing and refuses nothing."""

from hashlib import sha256
from time import time

from django.core.cache import cache
from django.http import HttpRequest

from medinjob.lib.clients import network_of


def within_limit(action: str, who: object, *, most: int, seconds: int) -> bool:
    """Count one more `action` of `who` (an address, an account id; only its hash is kept) in the current window of
    `seconds`. False from the `most` + 1st on."""
    key = _key(action, who, seconds)
    # Twice: it must not end between the two steps.
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # Redis has evicted it, or was emptied
        return True


def in_pace(request: HttpRequest, action: str, *, most: int, seconds: int, from_one_network: int = 0) -> bool:
    """Count one more `action` of the person who is signed in, and of the network that asks. A network may do more
    (`from_one_network`, four times `most` by default): a school or a forum is one. Without an account the network alone
    counts, and may do `most`."""
    if not request.user.is_authenticated:
        return within_limit(f"{action}-from", network_of(request), most=most, seconds=seconds)
    if not within_limit(action, request.user.pk, most=most, seconds=seconds):
        return False
    return within_limit(f"{action}-by-network", network_of(request), most=from_one_network or 4 * most, seconds=seconds)


def purge() -> int:
    """Drop the counts that are over, where the cache does not do it by itself; how many."""
    purge_cache = getattr(cache, "purge", None)
    return purge_cache() if purge_cache else 0


def _key(action: str, who: object, seconds: int) -> str:
    return f"limit:{action}:{sha256(str(who).encode()).hexdigest()[:20]}:{int(time() // seconds)}"
