"""The hall over HTTP/1.1, on this machine only. Every page has a validator; who has it already gets 304."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .hall import build_hall
from .model import Answers


class HallServer(ThreadingHTTPServer):
    """Serves a hall and counts what is asked of it."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, hall: Answers, port: int = 0, compress: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.hall, self.compress = hall, compress
        self.requests: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """The address of the hall, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def count(self, path: str) -> None:
        """One more request of that path."""
        with self._lock:
            self.requests[path] += 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no error of the server's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """No more answers; the port is free again."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Hall", ""
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: HallServer

    def do_GET(self) -> None:
        """Answer from the hall."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The same without the body."""
        self._answer(body=False)

    def _answer(self, body: bool) -> None:
        path = self.path.split("?", 1)[0].split("#", 1)[0]
        self.server.count(path)
        found = self.server.hall.find(path)
        status, headers, content = (
            (found.status, dict(found.headers), found.body) if found else (404, {"Content-Type": "text/html"}, b"")
        )
        if self.server.compress and content and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, compresslevel=6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if status == 200:
            headers["ETag"] = f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'
            if headers["ETag"] == self.headers.get("If-None-Match"):
                status, content = 304, b""
        self.send_response(status)
        for name, value in {**headers, **({"Content-Length": str(len(content))} if status != 304 else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Always the same date, so that two crawls see equal answers."""
        return "Thu, 01 Jan 2026 00:00:00 GMT"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed for a request."""


def serve(hall: Answers, port: int = 0, gzip: bool = False) -> HallServer:
    """A running server; `port` 0 takes a free one. End it with `stop()`."""
    server = HallServer(hall, port, gzip)
    threading.Thread(target=server.serve_forever, name="hall", daemon=True).start()
    return server


def main() -> None:
    """`python -m crawler.demo.server`."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.demo.server", description="The demo press hall on 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--size", type=int, default=60, help="how many conferences")
    parser.add_argument("--gzip", action="store_true", help="compress for clients that accept it")
    options = parser.parse_args()
    server = HallServer(build_hall(options.size), options.port, options.gzip)
    print(server.url + server.hall.start, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
