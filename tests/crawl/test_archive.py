"""What a crawl fetches stands in its archive as it came over the network, before anything read it."""

from __future__ import annotations

import gzip
import json
import socketserver
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from warcio.archiveiterator import ArchiveIterator

from crawler.storage.warc_frames import Place
from crawler.storage.warc_reader import Capture, read_at
from tests.forking import forks
from tests.storage.warc_cases import read

# A spider of a few lines: asks for what it is given and prints a line for each answer or failure.
SPIDER = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

class Asking(Spider):
    name = "asking"
    handle_httpstatus_all = True
    async def start(self):
        for number, url in enumerate(self.urls):
            yield Request(url, self.parse, errback=self.failed, meta={"handle_httpstatus_all": "moved" not in url and "busy" not in url}, priority=-number)
    def parse(self, response):
        print(json.dumps([response.url, response.status, len(response.body), response.meta.get("warc")]), flush=True)
    def failed(self, failure):
        print(json.dumps([failure.request.url, type(failure.value).__name__]), flush=True)

handler = "crawler.archiving.Archive"
settings = {
    "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}, "CONCURRENT_REQUESTS": 1, "LOG_LEVEL": "WARNING",
    "RETRY_TIMES": 1, "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter", "CONTACT": "you@example.org",
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, **json.loads(sys.argv[1]),
}
process = AsyncCrawlerProcess(settings)
crawler = process.create_crawler(Asking)
if "before" in globals():
    before(crawler)
process.crawl(crawler, urls=sys.argv[2:])
process.start()
print(json.dumps(["ended", crawler.stats.get_value("finish_reason")]))
"""
PAGE = "<html><body><p>[方致远]：大家好。</p></body></html>".encode("gbk")
CODED = gzip.compress(PAGE * 50, mtime=0)
REASON = "非常好".encode("gbk")


class Answers(socketserver.ThreadingTCPServer):
    """Sends bytes as they stand; of several answers of a path each in its turn, the last for good."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answers: dict[str, list[bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.answers = answers
        self.asked: list[bytes] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Connection(socketserver.StreamRequestHandler):
    server: Answers

    def handle(self) -> None:
        """One request after another, until the other side has enough."""
        while first := self.rfile.readline():
            lines = [first, *iter(self.rfile.readline, b"\r\n")]
            self.server.asked.append(b"".join(lines) + b"\r\n")
            path = first.split()[1].decode()
            answers = self.server.answers.get(path, [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            self.wfile.write(answer)
            if b"Connection: close" in answer:
                return


def certificate(folder: Path) -> Path:
    """A certificate for this machine and its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    valid = {"not_valid_before": datetime(2020, 1, 1), "not_valid_after": datetime(2120, 1, 1)}
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, **valid).sign(key, hashes.SHA256())
    path = folder / "certificate.pem"
    unlocked = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def serving(**answers: bytes | list[bytes]) -> Iterator[Answers]:
    given = {"/" + path: answer if isinstance(answer, list) else [answer] for path, answer in answers.items()}
    server = Answers(given)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def ask(
    output: Path, *urls: str, before: str = "", **settings: Any
) -> tuple[list[list[Any]], subprocess.CompletedProcess[str]]:
    """Crawl addresses in a process of its own; the lines that the spider printed."""
    given = json.dumps({"OUTPUT_DIR": str(output), **settings})
    result = forks().run("-c", before + SPIDER, given, *urls)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()], result


def files(output: Path) -> list[Path]:
    return sorted((output / "asking/warc").glob("*.warc.gz"))


def records(output: Path) -> list[tuple[str, str, bytes]]:
    """Type, address and block of every record but warcinfo, by warcio."""
    found = []
    for path in files(output):
        with path.open("rb") as file:
            found += [
                (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read())
                for r in ArchiveIterator(file, no_record_parse=True)
                if r.rec_type != "warcinfo"
            ]
    return found


def reply(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = (b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


HEADS = {
    "plain": reply(PAGE, b"sErVeR: Hall/1", b"content-TYPE: text/html", b"Connection: keep-alive", b"X-A: 1", b"X-B: 2", b"X-A: 3"),
    "gzip": reply(CODED, b"Content-Type: text/html", b"Content-Encoding: gzip"),
    "bytes": reply(b"x", b"X-Name: " + REASON, b"X-Nul: a\0b", b"X-Archive-Head: theirs", status=b"200 " + REASON),
    "empty": reply(b""),
    "gone": reply(b"<h1>404</h1>", status=b"404 Not Found here"),
    "binary": reply(bytes(range(256)) * 30, b"Content-Type: image/png"),
    "no reason": reply(b"x", status=b"200 "),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_an_answer_is_archived_to_the_byte(name: str, tmp_path: Path) -> None:
    expected = HEADS[name]
    with serving(page=expected) as server:
        printed, _ = ask(tmp_path, server.url + "/page")
    (response, request) = records(tmp_path)
    assert response == ("response", server.url + "/page", expected)
    assert request[:2] == ("request", server.url + "/page")
    where = printed[0][3]
    capture = read_at(Place(tmp_path / "asking/warc" / where["file"], where["offset"]))
    assert isinstance(capture, Capture)
    assert (capture.record_id, capture.status) == (where["record_id"], printed[0][1])
    assert len(capture.body) == printed[0][2]


def test_chunks_are_taken_out_and_said(tmp_path: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"
    with serving(page=chunked) as server:
        ask(tmp_path, server.url + "/page")
    block = records(tmp_path)[0][2]
    assert block == b"HTTP/1.1 200 OK\r\nA: b\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\nhello!"


def test_over_tls_as_well(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with serving(page=HEADS["plain"]) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = server.url.replace("http:", "https:") + "/page"
        ask(tmp_path, url)
    assert records(tmp_path)[0] == ("response", url, HEADS["plain"])


def test_a_body_that_ends_with_the_connection(tmp_path: Path) -> None:
    expected = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"
    with serving(page=expected) as server:
        ask(tmp_path, server.url + "/page")
    assert records(tmp_path)[0][2] == expected


def test_robots_redirects_retries_and_interim_answers(tmp_path: Path) -> None:
    answers = {
        "robots.txt": reply(b"User-agent: *\nDisallow: /not\n", b"Content-Type: text/plain"),
        "moved": reply(b"", b"Location: /page", status=b"301 Moved Permanently"),
        "busy": [reply(b"later", status=b"503 Busy"), reply(PAGE)],
        "page": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + reply(PAGE, b"X-Last: 1"),
        "not": reply(b"never"),
    }
    with serving(**answers) as server:
        urls = [server.url + path for path in ("/moved", "/busy", "/not", "/none")]
        printed, _ = ask(tmp_path, *urls, ROBOTSTXT_OBEY=True)
        asked = len(server.asked)
    found = [
        (url.rpartition("/")[2], block.split(b" ")[1]) for kind, url, block in records(tmp_path) if kind == "response"
    ]
    assert Counter(found) == Counter(
        [
            ("robots.txt", b"200"),
            ("moved", b"301"),
            ("page", b"200"),
            ("busy", b"503"),
            ("busy", b"200"),
            ("none", b"404"),
        ]
    )
    assert asked == len(found)
    assert {(line[0].rpartition("/")[2], line[1]) for line in printed[:-1]} == {
        ("page", 200),
        ("busy", 200),
        ("none", 404),
        ("not", "IgnoreRequest"),
    }
    positions = [line[3]["offset"] for line in printed if len(line) == 4]
    assert len(set(positions)) == 3


def test_the_request_is_what_was_asked(tmp_path: Path) -> None:
    with serving(page=reply(PAGE)) as server:
        ask(tmp_path, server.url + "/page?a=b#c", USER_AGENT="press-conference-archive/9")
    block = records(tmp_path)[1][2]
    assert block.startswith(b"GET /page?a=b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert set(block.split(b"\r\n")) == set(server.asked[0].split(b"\r\n"))


def test_a_second_run_writes_revisits(tmp_path: Path) -> None:
    """With a memory, for which a file stands in."""
    before = """
import json, os
from crawler.archiving import connect
from crawler.storage.warc import Earlier
def before(crawler):
    path = crawler.settings["OUTPUT_DIR"] + "/memory"
    known = json.load(open(path)) if os.path.exists(path) else {}
    def keep(response):
        known[response.url] = response
        json.dump(known, open(path, "w"))
    connect(crawler, lambda url: Earlier(*known[url]) if url in known else None, keep)
"""
    coded = reply(CODED, b"Content-Type: text/html", b"Content-Encoding: gzip")
    unchanged = b"HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n"
    with serving(a=coded, b=[reply(b"1"), reply(b"2")], c=[reply(b"3"), unchanged]) as server:
        urls = [server.url + path for path in ("/a", "/b", "/c")]
        ask(tmp_path, *urls, before=before)
        ask(tmp_path, *urls, before=before)
    first, second = files(tmp_path)
    kinds = [kind for kind, *_ in records(tmp_path) if kind != "request"]
    assert kinds == ["response", "response", "response", "revisit", "response", "revisit"]
    captures, unreadable = read(first, second)
    assert unreadable == []
    assert sorted((c.url[-1], c.body, c.revisit) for c in captures) == sorted(
        [
            ("a", PAGE * 50, False),
            ("a", PAGE * 50, True),
            ("b", b"1", False),
            ("b", b"2", False),
            ("c", b"3", False),
            ("c", b"3", True),
        ]
    )


def test_the_archive_says_what_made_it(tmp_path: Path) -> None:
    with serving(page=reply(PAGE)) as server:
        ask(tmp_path, server.url + "/page", USER_AGENT="press-conference-archive/9", ROBOTSTXT_OBEY=True)
    with files(tmp_path)[0].open("rb") as file:
        info = next(iter(ArchiveIterator(file))).content_stream().read().decode()
    said = dict(line.split(": ", 1) for line in info.splitlines())
    assert said["software"].startswith("press-conference-archive/")
    assert (said["operator"], said["robots"]) == ("you@example.org", "obey")
    assert said["http-header-user-agent"] == "press-conference-archive/9"
    assert "DOWNLOAD_DELAY=0" in said["settings"]


def test_a_file_that_a_killed_run_left_is_finished_and_said(tmp_path: Path) -> None:
    with serving(page=reply(PAGE)) as server:
        ask(tmp_path, server.url + "/page")
        (path,) = files(tmp_path)
        path.with_name(path.name + ".open").write_bytes(path.read_bytes()[:-9])
        path.unlink()
        _, result = ask(tmp_path, server.url + "/page")
    assert f"{path.name} was left open by a run that was killed" in result.stderr
    assert len(files(tmp_path)) == 2
    assert read(*files(tmp_path))[1] == []


def test_switched_off(tmp_path: Path) -> None:
    with serving(page=HEADS["plain"]) as server:
        printed, _ = ask(tmp_path, server.url + "/page", ARCHIVE=False)
    assert printed[0] == [server.url + "/page", 200, len(PAGE), None]
    assert not (tmp_path / "asking").exists()


def test_a_disk_that_is_full_ends_the_run_with_a_line(tmp_path: Path) -> None:
    pages = {f"p{n}": reply(bytes([n]) * 9 + PAGE * 500) for n in range(40)}
    with serving(**pages) as server:
        before = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))"
        printed, result = ask(tmp_path, *(f"{server.url}/{name}" for name in pages), before=before)
    assert result.stderr.count("cannot write") == 1
    assert "Traceback" not in result.stderr
    assert printed[-1] == ["ended", "cannot_write"]
    seen = [line for line in printed if len(line) == 4]
    captures, unreadable = read(*files(tmp_path))
    assert unreadable == []
    assert {line[3]["record_id"] for line in seen} == {c.record_id for c in captures}
    assert 0 < len(seen) < 40
    assert len(server.asked) <= len(seen) + 2


def test_a_folder_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "asking").write_text("in the way")
    with serving(page=reply(PAGE)) as server:
        printed, result = ask(tmp_path, server.url + "/page")
    assert printed == [[server.url + "/page", "NotArchived"], ["ended", "cannot_write"]]
    assert result.stderr.count("cannot write") == 1
