"""A mail server in a thread, as rude as a test wants."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

OK = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 queued"}


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 test server")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            answer = self.server.answers.get(verb, "250 ok")
            if verb == "DATA" and answer.startswith("354"):
                self.say(answer)
                text = self.read_text()
                answer = self.server.answers["."]
                if answer.startswith("250"):
                    self.server.received.append(text)
                    self.server.hold.wait(60)
            if answer == "hang up":
                return
            self.say(answer)

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def read_text(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def smtp_server(host: str = "127.0.0.1", **answers: str) -> Iterator[_Server]:
    """`RCPT="550 no such user"` refuses, `end="hang up"` cuts the line after the text. `received` holds the mails;
    while `hold` is cleared, a mail received waits for its answer."""
    if "end" in answers:
        answers["."] = answers.pop("end")
    with _Server((host, 0), _Handler) as server:
        server.answers, server.received, server.hold = {**OK, **answers}, [], threading.Event()
        server.hold.set()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:  # a thread left behind would keep a failed run from ending
            server.hold.set()
            server.shutdown()
            thread.join()
