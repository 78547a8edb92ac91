"""The hall over HTTP."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from crawler.demo.hall import Hall
from crawler.demo.server import HallServer, serve


@pytest.fixture(params=[False, True])
def server(hall: Hall, request: pytest.FixtureRequest) -> Iterator[HallServer]:
    """A running server, plain and compressing."""
    running = serve(hall, gzip=request.param)
    yield running
    running.stop()


def test_answers_on_one_connection(server: HallServer, hall: Hall) -> None:
    client = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    for path in ("/robots.txt", hall.start, hall.listed[0] + "?from=x", "/nothing.html"):
        client.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = client.getresponse()
        body = answer.read()
        found = hall.find(path.split("?")[0])
        assert int(answer.headers["Content-Length"]) == len(body)
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert (answer.status, body) == ((found.status, found.body) if found else (404, b""))
    assert server.requests[hall.listed[0]] == 1
    assert server.requests.total() == 4
    client.close()


def test_compresses_only_where_asked(server: HallServer, hall: Hall) -> None:
    client = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    client.request("GET", hall.start)
    plain = client.getresponse()
    assert plain.headers.get("Content-Encoding") is None
    assert plain.read() == hall.resources[hall.start].body
    client.request("HEAD", hall.start, headers={"Accept-Encoding": "gzip"})
    answer = client.getresponse()
    assert (answer.headers.get("Content-Encoding") == "gzip") == server.compress
    assert answer.read() == b""
    client.close()


def test_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "crawler.demo.server", "--size", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        process.terminate()
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/GB/392912/index.html")
