"""A site that offers are fetched from: a real server on 127.0.0.1, in a thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


class Feeds(ThreadingHTTPServer):
    """`answers` says what each path gives; `asked` is what was asked, with its headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Any]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def serve(self, path: str, content: bytes = b"", status: int = 200, **headers: str) -> str:
        """This content at this path, with its length; header names are written with underscores."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            begin(handler, status, **{"Content_Length": str(len(content)), **headers})
            handler.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)

    def serve_versions(self, path: str, content: bytes, etag: str) -> str:
        """The same, but 304 to those who have it."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers["If-None-Match"] == etag:
                begin(handler, 304, ETag=etag)
                return
            begin(handler, 200, ETag=etag, Content_Length=str(len(content)))
            handler.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)


def begin(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Feeds

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.path, dict(self.headers)))
        path = self.path.split("?")[0]
        if path in self.server.answers:
            self.server.answers[path](self)
        else:
            begin(self, 404, Content_Length="0")

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def feeds_server() -> Iterator[Feeds]:
    with Feeds() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
