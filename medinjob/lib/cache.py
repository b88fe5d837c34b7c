"""Caches that may fail without failing the pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class LenientRedisCache(RedisCache):
    """A Redis that is away remembers nothing and refuses nothing: what it holds are limits of pace, and people can be
    served without them. Each loss is logged."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with _not_failing():
            return super().get(key, default, version)
        return default

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with _not_failing():
            return super().add(key, value, timeout, version)
        return True

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with _not_failing():
            super().set(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        with _not_failing():
            return super().incr(key, delta, version)
        return delta

    def delete(self, key: Any, version: int | None = None) -> bool:
        with _not_failing():
            return super().delete(key, version)
        return False


@contextmanager
def _not_failing() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        log.warning("The cache does not answer: %s", type(error).__name__)


class LenientFileCache(FileBasedCache):
    """Of one machine. A damaged entry is none, and a full disk remembers nothing: neither fails a page."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with self._damaged_is_none(key, version):
            return super().get(key, default, version)
        return default

    def has_key(self, key: Any, version: int | None = None) -> bool:
        with self._damaged_is_none(key, version):
            return bool(super().has_key(key, version))
        return False

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._damaged_is_none(key, version):
            return bool(super().touch(key, timeout, version))
        return False

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with self._damaged_is_none(key, version):
            super().set(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        try:
            return int(super().incr(key, delta, version))
        except (ValueError, TypeError):  # absent: lost, or it could not be written
            return delta

    @contextmanager
    def _damaged_is_none(self, key: Any, version: int | None) -> Iterator[None]:
        """Garbage is unpickled into any exception there is."""
        try:
            yield
        except Exception as error:
            log.warning("An entry of the cache is lost: %s", type(error).__name__)
            with suppress(OSError):
                self.delete(key, version)
