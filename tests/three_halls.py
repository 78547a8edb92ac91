"""Three halls of one shape, and a project's settings that name them: for crawls side by side.

SCRAPY_SETTINGS_MODULE=tests.three_halls HALLS=http://127.0.0.1:8000 scrapy crawlall
"""

from __future__ import annotations

import os
from dataclasses import replace

from crawler.settings import *  # noqa: F403
from crawler.spider import HallSpider
from crawler.spiders.acftu import AcftuSpider

SPIDER_MODULES = ["tests.three_halls"]
ALLOW_PRIVATE_ADDRESSES = True
NAMES = ("harbour", "hill", "river")


def path(name: str) -> str:
    """Where a hall's listing is."""
    return f"/GB/{NAMES.index(name) + 1}/index.html"


def hall(name: str) -> type[HallSpider]:
    """A hall at the address that the environment names."""
    listing = replace(AcftuSpider.site.listing, url=os.environ.get("HALLS", "http://127.0.0.1:9") + path(name))
    site = replace(AcftuSpider.site, name=name, listing=listing)
    return type(name, (HallSpider,), {"name": name, "site": site, "__module__": __name__})


Harbour, Hill, River = map(hall, NAMES)
