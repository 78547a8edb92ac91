"""robots.txt as RFC 9309 has it: what cannot be had stops the host, what is not there sets no rules."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser

from crawler.politeness.hosts import Closing, HostStopped, Unreachable, host_of, pauses_of, stop_host

logger = logging.getLogger(__name__)

# RFC 9309, 2.5: at least 500 KiB are read.
MOST_BYTES = 500 * 1024
# Of the 4xx these two say "later", not "there is none".
LATER = frozenset({408, 429})


def rules(status: int, body: bytes) -> bytes | None:
    """The bytes to read rules from, b"" where there are none; None where the host could not answer."""
    if status >= 500 or status in LATER:
        return None
    if not 200 <= status < 300 or body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return b""
    return body if len(body) <= MOST_BYTES else body[:MOST_BYTES].rpartition(b"\n")[0]


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, which lets pages through where robots.txt fails and does not apply Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.most = crawler.settings.getfloat("CRAWL_DELAY_MOST", 3600.0)
        # The product token alone: in the whole user agent a group named like a word of the contact would match.
        self._robotstxt_useragent = self._robotstxt_useragent or crawler.settings["BOT_NAME"]
        crawler.signals.connect(self.parsed, signals.robots_parsed)

    async def process_request(self, request: Request, spider: object = None) -> None:
        if _is_robots(request):
            # Its redirects are followed to any host; that it could not be had is said once, below.
            request.meta.update(allow_offsite=True, give_up_log_level=logging.DEBUG)
        await super().process_request(request)
        reason = pauses_of(self.crawler).stopped(host_of(request.url))
        if reason is not None:
            raise HostStopped(reason)

    def process_exception(self, request: Request, exception: Exception, spider: object = None) -> None:
        """Say in words why robots.txt could not be had; Scrapy would log a traceback and go on."""
        if _is_robots(request) and not isinstance(exception, (HostStopped, Closing)):
            message = " ".join(str(exception).split())
            raise Unreachable(f"{type(exception).__name__}: {message[:200]}") from exception

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        body = rules(response.status, response.body)
        if body is None:
            raise HostStopped(f"HTTP {response.status}")
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, Closing):
            refused = not isinstance(exc, Unreachable)
            stop_host(self.crawler, netloc, f"robots.txt could not be had ({exc})", refused)
        super()._robots_error(exc, netloc)

    def parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the host's Crawl-delay, from robots.txt itself to the first page on."""
        assert self._robotstxt_useragent is not None
        delay = robotparser.crawl_delay(self._robotstxt_useragent)
        if not delay:
            return
        host = host_of(request.url)
        if delay > self.most:
            stop_host(self.crawler, host, f"robots.txt asks for {delay:.0f} s between two requests")
            return
        logger.info("%s asks for %.3g s between two requests (robots.txt)", host, delay)
        pauses_of(self.crawler).pace(host, delay)


def _is_robots(request: Request) -> bool:
    """Whether a request is the middleware's own, or a redirect or retry of it."""
    own: Any = request.callback
    return own is NO_CALLBACK and bool(request.meta.get("dont_obey_robotstxt"))
