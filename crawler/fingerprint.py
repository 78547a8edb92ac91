"""One article is one request: GB, BIG5, mobile, http, https and tracked addresses have one fingerprint."""

from __future__ import annotations

import hashlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.request import RequestFingerprinter

from crawler.address import article_of
from crawler.site import Site


class ArticleFingerprinter(RequestFingerprinter):
    """Fingerprints an article's request by number and page, any other as Scrapy does.

    A redirect is never known: whoever asked waits for its answer. Scrapy's own limit ends a loop, and says so.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.site: Site = crawler.spidercls.site  # type: ignore[attr-defined]

    def fingerprint(self, request: Request) -> bytes:
        article = article_of(self.site, request.url)
        origins = request.meta.get("redirect_urls")
        if origins:
            return hashlib.sha1(f"{origins} {request.url}".encode()).digest()
        if article is None:
            return super().fingerprint(request)
        return hashlib.sha1(f"{article.number} {article.page}".encode()).digest()
