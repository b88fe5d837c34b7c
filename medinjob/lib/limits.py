"""How often somebody may do something, counted in the cache: a brake on abuse, not an accounting."""

from hashlib import sha256
from time import time

from django.core.cache import cache


def within_limit(action: str, who: object, *, most: int, seconds: int) -> bool:
    """Count one more `action` of `who` (an address, an account id; only its hash is kept) in the current window of
    `seconds`. False from the `most` + 1st on."""
    window = int(time() // seconds)
    key = f"limit:{action}:{sha256(str(who).encode()).hexdigest()[:20]}:{window}"
    cache.add(key, 0, timeout=seconds)
    return cache.incr(key) <= most
