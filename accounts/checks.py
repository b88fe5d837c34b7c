from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

COUNTING = {"medinjob.lib.counting.CountingCache", "medinjob.lib.cache.LenientRedisCache"}


@register(deploy=True)
def cache_counts(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Django's file and memory caches lose counts and drop them at random."""
    if settings.CACHES["default"]["BACKEND"] in COUNTING:
        return []
    hint = "Leave MEDINJOB_CACHE_URL out on one machine; on several, give all the address of one Redis."
    return [CheckWarning("The cache does not count: limits of pace do not hold.", hint=hint, id="accounts.W001")]
