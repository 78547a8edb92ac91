"""A hall whose certificates are taken as they come, and a project's settings that name it."""

from __future__ import annotations

from dataclasses import replace

from crawler.settings import *  # noqa: F403
from crawler.spider import HallSpider
from crawler.spiders.acftu import AcftuSpider

SPIDER_MODULES = ["tests.lax_halls"]
ALLOW_PRIVATE_ADDRESSES = True


class LaxSpider(HallSpider):
    name = "acftu"
    site = replace(AcftuSpider.site, verified=False)
