"""The network guard, with a stub resolver: only this machine is asked, and only where a test calls it public."""

from __future__ import annotations

import ast
import gzip
import io
import socket
import threading
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.downloading import OwnHosts
from crawler.resolving import Guarded, PublicOnly, proxies
from crawler.wire import Wire
from tests.asking import StubNames, ask
from tests.halls import HTML, LISTING, ROOT, TinyHall, article, listing, manifest, path_of, scrapy, serving
from tests.polite_server import PoliteServer, polite

HERE = "127.0.0.1"
CLOSED = {**HTML, "Connection": "close"}
PAGE = (200, CLOSED, b"<p>here</p>")


def port(server: PoliteServer) -> int:
    return int(server.server_address[1])


def test_a_name_is_connected_to_at_its_public_addresses_only() -> None:
    names = {"hall.test": [["10.0.0.1", "::1", HERE]], "inner.test": [["10.0.0.1", "fe80::1%lo"]]}
    with polite({"/": PAGE}) as (server,):
        good, bad = (f"http://{name}:{port(server)}/" for name in names)
        came, _ = ask(good, bad, NAMES=names, PUBLIC=[HERE])
    assert came[good] == "200 11"
    assert came[bad] == "NotPublic: inner.test is at fe80::1%lo, which is no public address"
    assert server.paths == ["/"]


def test_a_name_that_answers_otherwise_the_next_moment_gains_nothing() -> None:
    with polite({"/1": PAGE, "/2": PAGE}) as (server,):
        first, second = (f"http://hall.test:{port(server)}/{n}" for n in "12")
        came, asked = ask(first, second, NAMES={"hall.test": [[HERE], ["10.0.0.1"]]}, PUBLIC=[HERE])
    assert came[first] == "200 11"
    assert came[second].startswith("NotPublic: hall.test is at 10.0.0.1")
    assert asked == ["hall.test"] * 2, "one look-up for each connection"


LITERALS = ("127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost")


def test_literals_in_every_form_are_refused_by_the_handler() -> None:
    with polite({"/": PAGE}) as (server,):
        urls = [f"http://{host}:{port(server)}/" for host in LITERALS]
        came, asked = ask(*urls, NAMES={}, PUBLIC=[])
        allowed, _ = ask(urls[0], ALLOW_PRIVATE_ADDRESSES=1)
    assert {said.partition(":")[0] for said in came.values()} == {"NotPublic"} and len(came) == len(urls)
    assert asked == []
    assert allowed == {urls[0]: "200 11"} and server.paths == ["/"]


def test_literals_in_every_form_are_refused_by_the_resolver_as_well() -> None:
    """With the handler's own look taken away: Twisted brings literals to the resolver, which is the system's here."""
    before = "import crawler.resolving\ncrawler.resolving.is_private = lambda url: False"
    with polite({"/": PAGE}) as (server,):
        urls = [f"http://{host}:{port(server)}/" for host in LITERALS]
        came, _ = ask(*urls, before=before)
    assert {said.partition(":")[0] for said in came.values()} == {"NotPublic"} and len(came) == len(urls), came
    assert server.paths == []


def test_a_redirect_leads_into_no_private_network() -> None:
    targets = {
        "/a": "http://10.0.0.1/",
        "/b": "http://inner.test/",
        "/c": "file:///etc/passwd",
        "/d": "ftp://hall.test/",
    }
    pages: dict[str, Any] = {path: (302, {"Location": to, "Connection": "close"}, b"") for path, to in targets.items()}
    with polite({**pages, "/robots.txt": pages["/a"]}) as (server,):
        urls = [f"http://hall.test:{port(server)}{path}" for path in pages]
        names = {"hall.test": [[HERE]], "inner.test": [["192.168.0.9"]]}
        came, _ = ask(*urls, NAMES=names, PUBLIC=[HERE])
    assert came[urls[0]] == "NotPublic: 10.0.0.1 is no public address"
    assert came[urls[1]] == "NotPublic: inner.test is at 192.168.0.9, which is no public address"
    assert came[urls[2]] == came[urls[3]] == "302 0", "a redirect to another scheme leads nowhere"


def test_a_robots_txt_that_leads_into_a_private_network_ends_the_host() -> None:
    away = (302, {"Location": "http://10.0.0.1/robots.txt", "Connection": "close"}, b"")
    with polite({"/": PAGE, "/robots.txt": away}) as (server,):
        url = f"http://hall.test:{port(server)}/"
        came, _ = ask(url, NAMES={"hall.test": [[HERE]]}, PUBLIC=[HERE], ROBOTSTXT_OBEY=True)
    assert "10.0.0.1 is no public address" in came[url]
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize("url", ["ftp://hall.test/", "file:///etc/passwd", "data:text/html,a", "s3://hall/a"])
def test_no_other_scheme_is_asked(url: str) -> None:
    came, asked = ask(url, NAMES={"hall.test": [[HERE]]}, PUBLIC=[HERE])
    assert came[url].startswith(("NotSupported", "UnsupportedURLSchemeError")) and asked == []


def test_what_nobody_filters_is_kept_to_the_hall_s_hosts_as_well() -> None:
    crawler = get_crawler(Spider, {"CONTACT": "you@example.org"})
    crawler.spider = Spider("hall", allowed_domains=["hall.test"])
    own = OwnHosts.from_crawler(crawler)
    own.spider_opened(crawler.spider)
    for url in (
        "http://other.test/",
        "http://hall.test.other.test/",
        "http://nothall.test/",
        "http://hall.test@other.test/",
    ):
        with pytest.raises(IgnoreRequest):
            own.process_request(Request(url, dont_filter=True))
    own.process_request(Request("http://hall.test/a", dont_filter=True))


def test_a_redirect_off_the_hall_is_not_followed_whatever_it_is_marked_with() -> None:
    with polite({"/": (302, {"Location": "http://other.test/"}, b"")}) as (server,):
        url = f"http://hall.test:{port(server)}/"
        names = {name: [[HERE]] for name in ("hall.test", "other.test")}
        came, asked = ask(url, hosts=["hall.test"], NAMES=names, PUBLIC=[HERE])
    assert came[url] == "IgnoreRequest: http://other.test/ is on no host of the hall"
    assert asked == ["hall.test"]


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def zstd(body: bytes) -> bytes:
    out = io.BytesIO()
    with ZstdWriter(out) as stream:
        for at in range(0, len(body), 1 << 20):
            stream.write(body[at : at + (1 << 20)])
        stream.finish()
        stream.flush()
        return out.getvalue()


def coded(coding: str, body: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {**HTML, "Content-Encoding": coding, **headers}, body


def test_a_response_has_its_size() -> None:
    """20 MB as received, 100 MB unpacked, by any coding."""
    plain = bytes(101_000_000)
    pages: dict[str, Any] = {
        "/large": (200, HTML, bytes(20_000_001)),
        "/whole": (200, HTML, bytes(20_000_000)),
        "/unpacked": coded("gzip", zeros(100)),
        "/gzip": coded("gzip", zeros(101)),
        "/deflate": coded("deflate", zlib.compress(plain, 9)),
        "/br": coded("br", brotli.compress(plain, quality=1)),
        "/zstd": coded("zstd", zstd(plain)),
        "/twice": coded("gzip, gzip", gzip.compress(zeros(101))),
        "/five": coded("gzip, gzip, gzip, gzip, gzip", b"a"),
    }
    with polite(pages) as (server,):
        came, _ = ask(*(server.url + path for path in pages), ALLOW_PRIVATE_ADDRESSES=1)
    said = {path: came[server.url + path] for path in pages}
    assert said.pop("/whole") == "200 20000000" and said.pop("/unpacked") == "200 100000000"
    assert said.pop("/large").startswith("DownloadCancelledError")
    assert said.pop("/five") == "IgnoreRequest: the body is packed more than 4 times"
    assert all("DOWNLOAD_MAXSIZE (100000000 B)" in each for each in said.values()) and len(said) == 5, said


def test_a_size_that_nobody_announced_counts_as_well() -> None:
    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        try:
            while True:
                connection.sendall(bytes(1 << 20))
        except OSError:
            connection.close()

    with socket.create_server((HERE, 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        url = f"http://{HERE}:{listener.getsockname()[1]}/"
        came, _ = ask(url, ALLOW_PRIVATE_ADDRESSES=1)
    assert came[url].startswith("DownloadCancelledError"), came


class Heard:
    """A receiver that notes."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


class NoReactor:
    """What a resolver needs of a reactor."""

    def __init__(self, *addresses: str) -> None:
        self.nameResolver = StubNames({"hall.test": [list(addresses)]})


@pytest.mark.parametrize(("allow", "trusted"), [(False, ()), (True, ()), (False, ("hall.test",))])
def test_all_addresses_of_an_answer_are_looked_at(allow: bool, trusted: tuple[str, ...]) -> None:
    addresses = ["8.8.8.8", "10.0.0.1", "2001:4860:4860::8888", "64:ff9b::a00:1", "fe80::1%eth0", "1.1.1.1"]
    heard = Heard()
    PublicOnly(NoReactor(*addresses), allow, trusted).resolveHostName(heard, "hall.test", 80)  # type: ignore[arg-type]
    assert heard.addresses == (addresses if allow or trusted else ["8.8.8.8", "2001:4860:4860::8888", "1.1.1.1"])
    assert heard.complete


def test_a_proxy_of_the_environment_is_used_only_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with polite({"http://hall.test/": PAGE}) as (proxy,):
        env = {"http_proxy": proxy.url, "no_proxy": ""}
        url, inner = "http://hall.test/", "http://10.0.0.1/"
        names: dict[str, Any] = {"NAMES": {"hall.test": [["10.0.0.1"]], HERE: [[HERE]]}, "PUBLIC": []}
        off, _ = ask(url, env=env, **names)
        on, _ = ask(url, inner, env=env, HTTPPROXY_ENABLED=True, **names)
    assert off[url].startswith("NotPublic")
    assert on == {url: "200 11", inner: "NotPublic: 10.0.0.1 is no public address"}
    assert proxy.paths == [url]
    monkeypatch.setenv("http_proxy", "proxy.test:3128")
    assert proxies(Settings({"HTTPPROXY_ENABLED": False})) == []
    assert "proxy.test" in proxies(Settings({"HTTPPROXY_ENABLED": True}))


SENDERS = {"requests", "httpx", "httpx2", "aiohttp", "http.client", "urllib3", "urllib.request", "ftplib", "smtplib"}


def test_nothing_but_the_guarded_handler_asks_anybody() -> None:
    for path in (ROOT / "crawler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "urllib.request":
                assert [a.name for a in node.names] == ["getproxies"], path
                continue
            names = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None) or ""]
            )
            assert not {name for name in names if name in SENDERS or name.split(".")[0] in SENDERS}, path
    assert settings.DOWNLOAD_HANDLERS["http"] == settings.DOWNLOAD_HANDLERS["https"] == "crawler.wire.Wire"
    assert issubclass(Wire, Guarded)


def test_a_hall_at_a_private_address_is_incomplete_and_said_in_one_line(tmp_path: Path) -> None:
    names = '{"hall.test": [["10.0.0.1"]]}'
    options = ["NAMES=" + names, "TWISTED_DNS_RESOLVER=tests.asking.Stub", "CONTACT=a@b.test", "DOWNLOAD_DELAY=0"]
    settings = [each for option in [*options, f"OUTPUT_DIR={tmp_path}"] for each in ("-s", option)]
    start = f"start=http://hall.test{LISTING}"
    result = scrapy("crawl", "acftu", "-a", start, *settings)
    assert result.returncode == 3, result.stderr
    assert "hall.test is at 10.0.0.1, which is no public address" in result.stdout
    assert "Traceback" not in result.stderr
    assert "hall.test" in manifest(tmp_path)["missing"][0]["url"]
    page = scrapy("inspect", f"http://hall.test{path_of(1)}", "--site", "acftu", *settings)
    assert page.returncode == 3
    assert "hall.test is at 10.0.0.1" in page.stderr and page.stderr.count("\n") == 1


def test_an_article_that_leads_into_a_private_network_costs_itself_only(tmp_path: Path) -> None:
    """Through a name of the hall's own."""
    pages = {path_of(1): article(1), path_of(2): (302, {"Location": f"http://sub.hall.test{path_of(2)}"}, b"")}
    with serving(TinyHall({LISTING: listing(*pages), **pages})) as server:
        names = '{"hall.test": [["127.0.0.1"]], "sub.hall.test": [["169.254.169.254"]]}'
        options = ["NAMES=" + names, "PUBLIC=127.0.0.1", "TWISTED_DNS_RESOLVER=tests.asking.Stub", "CONTACT=a@b.test"]
        settings = [each for o in [*options, "DOWNLOAD_DELAY=0", f"OUTPUT_DIR={tmp_path}"] for each in ("-s", o)]
        result = scrapy(
            "crawl", "acftu", "-a", f"start=http://hall.test:{server.url.rpartition(':')[2]}{LISTING}", *settings
        )
    assert result.returncode == 3, result.stdout + result.stderr
    counts = manifest(tmp_path)["counts"]
    assert (counts["recorded"], counts["failed"]) == (1, 1)
    assert "169.254.169.254, which is no public address" in manifest(tmp_path)["missing"][0]["reason"]
