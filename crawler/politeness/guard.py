"""Answers that end a host, and requests that a closing crawl did not get to."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.politeness.hosts import Closing, HostStopped, host_of, stop_host
from crawler.text.challenge import challenge


class Guard:
    """Stops a host that serves a block or challenge page. Its place: between decompression and meta refresh."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        headers = {name.decode("latin-1"): values[-1].decode("latin-1") for name, values in response.headers.items()}
        reason = challenge(response.status, headers, response.body)
        if reason is None:
            return response
        stop_host(self.crawler, host_of(response.url), reason)
        raise HostStopped(reason)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Give a request back to the scheduler that was not sent, as if it were a retry, but uncounted."""
        own: Any = request.callback
        if not isinstance(exception, Closing) or own is NO_CALLBACK:
            return None
        back = request.replace(dont_filter=True)
        back.meta.setdefault("retry_times", 0)
        return back
