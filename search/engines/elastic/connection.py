"""The client of the servers, and its errors as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.serializer import NdjsonSerializer, OrjsonSerializer

from search.engines.base import EngineError, IndexMissingError

DEFAULT_PORT = 9200
# For what nobody waits for.
LONG_PATIENCE = 60.0
RETRIED = (502, 503, 504)


class OrjsonLines(OrjsonSerializer, NdjsonSerializer):
    """For several searches or documents in one request."""


def connect(url: str, *, ca: str = "", api_key: str = "", patience: float = LONG_PATIENCE) -> Elasticsearch:
    """`url` is "https://user:password@host1:9200,host2:9200"; user and password are left out where there is a key. A
    request waits `patience` seconds twice at most: the second time for another node, if there is one."""
    scheme, _, rest = url.partition("://")
    credentials, _, hosts = rest.rstrip("/").rpartition("@")
    user, _, password = credentials.partition(":")
    return Elasticsearch(
        [_node(scheme, host) for host in hosts.split(",")],
        basic_auth=(unquote(user), unquote(password)) if user and not api_key else None,
        api_key=api_key or None,
        ca_certs=ca or DEFAULT,
        request_timeout=patience,
        max_retries=1,
        retry_on_timeout=True,
        retry_on_status=RETRIED,
        connections_per_node=32,
        serializers={"application/json": OrjsonSerializer(), "application/x-ndjson": OrjsonLines()},
    )


def _node(scheme: str, host: str) -> str:
    parts = urlsplit(f"{scheme}://{host}")
    name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{scheme}://{name}:{parts.port or DEFAULT_PORT}"


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turns every failure of the client into an `EngineError`."""
    try:
        yield
    except NotFoundError as error:
        raise IndexMissingError("There is no index yet.") from error
    except ApiError as error:
        if error.status_code in {401, 403}:
            raise EngineError(f"Elasticsearch refuses (HTTP {error.status_code}): {reason_of(error)}") from error
        raise EngineError(f"Elasticsearch answers HTTP {error.status_code}: {reason_of(error)}") from error
    except TransportError as error:
        raise EngineError(f"Elasticsearch does not answer: {type(error).__name__}.") from error


def reason_of(error: ApiError) -> str:
    """The first cause, on one line."""
    body = error.body if isinstance(error.body, dict) else {}
    detail = body.get("error", {})
    cause = (detail.get("root_cause") or [detail])[0] if isinstance(detail, dict) else {}
    return " ".join(str(cause.get("reason") or error.message).split())[:300]
