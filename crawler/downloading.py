"""Parts of Scrapy's downloader without work that no hall needs: half of a crawl's time on gzip pages."""

from __future__ import annotations

import gzip
import zlib

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip

from crawler.reach import is_local

# Scrapy looks for the element in the first 4,096 characters, which are at most four bytes each.
HEAD = 4 * 4096
IDLE_CONNECTIONS = 2
GZIP = 16 + zlib.MAX_WBITS
# Each costs as much as the limit of size allows.
MOST_CODINGS = 4


class Decompress(HttpCompressionMiddleware):
    """Scrapy's middleware, with its limits; `Response.replace()` asks a text response for its encoding first,

    which is guessed from the body. So the body goes in as a plain Response, which has none to guess. And Scrapy takes
    a gzip stream that is cut off for a whole one: the page is asked again.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self.crawler = crawler
        self._max_size = crawler.settings.getint("DECOMPRESSED_MAXSIZE")

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        codings = b",".join(response.headers.getlist("Content-Encoding"))
        if not codings:
            return super().process_response(request, response)
        if codings.count(b",") >= MOST_CODINGS:
            raise IgnoreRequest(f"the body is packed more than {MOST_CODINGS} times")
        whole = super().process_response(request, _plain(response) if isinstance(response, TextResponse) else response)
        assert isinstance(whole, Response)
        if not is_cut_off(response, len(whole.body)):
            return whole
        assert self.crawler.spider is not None
        again = get_retry_request(request, reason="gzip stream cut off", spider=self.crawler.spider)
        if again is None:
            raise CutOff("the gzip stream is cut off")
        return again

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding not in (b"gzip", b"x-gzip"):
            return HttpCompressionMiddleware._decode(body, encoding, max_size)
        content = one_member(body, max_size)
        return gunzip(body, max_size=max_size) if content is None else content


def one_member(body: bytes, most: int) -> bytes | None:
    """The content of a gzip body that is one whole member, as all are but broken ones; None of any other.

    In one call; Scrapy reads 8 KB after 8 KB through two layers of streams.
    """
    stream = zlib.decompressobj(wbits=GZIP)
    try:
        content = stream.decompress(body, most)
    except zlib.error:
        return None
    return content if stream.eof and not stream.unused_data else None


class CutOff(Exception):
    """A response that ends before its content does."""


def _plain(response: Response) -> Response:
    return Response(
        response.url,
        status=response.status,
        headers=response.headers,
        body=response.body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )


def is_cut_off(response: Response, size: int) -> bool:
    """Whether a gzip response, whose content came to `size` bytes, lacks its end.

    The last four bytes of a stream are the size of its content (of its last member, if it has several).
    """
    body = response.body
    if not body or (response.headers.get("Content-Encoding") or b"").strip().lower() not in (b"gzip", b"x-gzip"):
        return False
    if len(body) > 18 and int.from_bytes(body[-4:], "little") == size & 0xFFFFFFFF:
        return False
    try:
        gzip.decompress(body)
    except EOFError:
        return True
    except (OSError, zlib.error):
        return False  # no gzip at all, or with something behind it
    return False


class Refresh(MetaRefreshMiddleware):
    """Scrapy's middleware, asked only where the head of the page has the word: it decodes the whole page to look.

    A page that refreshes itself, as live transcripts do, or to what is no address, is taken as it is.
    """

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        if b"refresh" not in response.body[:HEAD].lower():
            return response
        try:
            following = super().process_response(request, response)
        except ValueError:  # it names no address, such as a broken IPv6 literal
            return response
        return response if following.url == request.url else following


class OwnHosts(OffsiteMiddleware):
    """Scrapy's middleware, which a request with `dont_filter` (a retry, and where that leads) does not pass either.

    Scrapy's drops a redirect to elsewhere before anybody hears of it; here whoever asked gets the reason.
    """

    contact: bool

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OwnHosts:
        middleware = cls(crawler.stats)
        middleware.crawler = crawler
        middleware.contact = bool(crawler.settings["CONTACT"])
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        return middleware

    def process_request(self, request: Request, spider: object = None) -> None:
        assert self.crawler.spider is not None
        if not request.meta.get("allow_offsite") and not self.should_follow(request, self.crawler.spider):
            raise IgnoreRequest(f"{request.url} is on no host of the hall")
        if not self.contact and not is_local(request.url):  # a start on this machine needs none
            raise IgnoreRequest(f"{request.url} is asked only with a CONTACT")


class KeepAlive(HTTP11DownloadHandler):
    """Scrapy's handler, which keeps as many idle connections as it may have requests to a host: one.

    The next request goes out before the connection of the last is idle again, so that each opened its own.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.maxPersistentPerHost = IDLE_CONNECTIONS
