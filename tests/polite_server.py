"""A host on 127.0.0.1 that says what it was asked, and when."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.halls import LISTING, article, listing, path_of

HTML = {"Content-Type": "text/html"}
Answer = tuple[int, dict[str, str], bytes]
RESET: Answer = (0, {}, b"")
"""In place of an answer: the connection is reset."""


class Asked(NamedTuple):
    """A request's path and the moment of its arrival (`time.monotonic`)."""

    path: str
    at: float


class PoliteServer(ThreadingHTTPServer):
    """Answers by path; a function is asked with the number of times that its path was asked before."""

    daemon_threads = True

    def __init__(self, pages: dict[str, Answer | Callable[[int], Answer]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.asked: list[Asked] = []
        self.agents: set[str] = set()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [asked.path for asked in self.asked]

    @property
    def gaps(self) -> list[float]:
        """Seconds between each request and the one before."""
        return [later.at - earlier.at for earlier, later in zip(self.asked, self.asked[1:], strict=False)]

    def answer(self, path: str) -> Answer:
        with self.lock:
            before = self.paths.count(path)
            self.asked.append(Asked(path, time.monotonic()))
        found = self.pages.get(path, (404, HTML, b""))
        return found(before) if callable(found) else found

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no matter."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: PoliteServer

    def do_GET(self) -> None:
        self.server.agents.add(self.headers.get("User-Agent", ""))
        status, headers, body = self.server.answer(self.path)
        if not status:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed for a request."""


def small_hall(robots: Answer | Callable[[int], Answer], articles: int = 2, **others: object) -> dict[str, object]:
    """A listing of a few articles, with a robots.txt."""
    paths = [path_of(number) for number in range(1, articles + 1)]
    pages = {path: (200, HTML, article(n).encode("gbk")) for n, path in enumerate(paths, 1)}
    return {"/robots.txt": robots, LISTING: (200, HTML, listing(*paths).encode("gbk")), **pages, **others}


@contextmanager
def polite(*hosts: dict[str, object]) -> Iterator[list[PoliteServer]]:
    """Running hosts."""
    servers = [PoliteServer(pages) for pages in hosts]  # type: ignore[arg-type]
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield servers
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
