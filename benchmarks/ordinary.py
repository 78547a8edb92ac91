"""The peer: an ordinary Scrapy project's spider. Fetches, parses once with parsel, writes FEEDS; default settings."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

LABEL = re.compile(r"^[\[【](.+?)[\]】][：:]?\s*|^(.{2,12}?)[：:]")


class Ordinary(Spider):
    name = "ordinary"

    async def start(self) -> Any:
        yield Request(self.start_url)  # type: ignore[attr-defined]

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        for href in response.css("li a::attr(href), h5 a::attr(href)").getall():
            if re.search(r"/c392912-\d+\.html$|/GB/\d+/\d+\.html$", href) and "://" not in href:
                yield response.follow(href, self.parse_article)
        for href in response.css(".page_n a::attr(href)").getall():
            yield response.follow(href.split("#")[0], self.parse)

    def parse_article(self, response: Response) -> Iterator[Any]:
        body = response.css(".rm_txt_con, #rwb_zw, .show_text, .text_show, .d2txt_1, #p_content, .artDet, #picG")
        turns = []
        for paragraph in body.css("p"):
            text = "".join(paragraph.css("::text").getall()).strip()
            label = LABEL.match(text)
            if label:
                turns.append({"label": label[1] or label[2], "text": text[label.end() :]})
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "date": response.css(".fl::text, .col-1-1::text, .sou::text, #p_publishtime::text").get(),
            "turns": turns,
        }


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"FEEDS": {sys.argv[2]: {"format": "jsonlines"}}, "LOG_LEVEL": "WARNING"})
    process.crawl(Ordinary, start_url=sys.argv[1])
    process.start()
