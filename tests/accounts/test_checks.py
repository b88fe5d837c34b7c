import pytest
from django.core.checks import run_checks


@pytest.mark.parametrize(
    ("backend", "warned"),
    [
        ("medinjob.lib.counting.CountingCache", False),
        ("medinjob.lib.cache.LenientRedisCache", False),
        ("django.core.cache.backends.filebased.FileBasedCache", True),
        ("django.core.cache.backends.locmem.LocMemCache", True),
    ],
)
def test_cache_that_does_not_count_is_said_before_a_deployment(settings, backend, warned):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "unused"}}
    found = [message.id for message in run_checks(include_deployment_checks=True) if message.id == "accounts.W001"]
    assert bool(found) is warned
