"""The halls' files, each loaded by itself: a mistake in one is one line, and the other halls go on."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.site import Site
from crawler.text.checking import site_mistakes


class Halls(SpiderLoader):
    """Scrapy's loader, without the files that are no Python; `broken` says why, by the name of the file."""

    def __init__(self, settings: BaseSettings) -> None:
        self.broken: dict[str, str] = {}
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        for name in self.spider_modules:
            module = import_module(name)
            self._load_spiders(module)
            for below in iter_modules(getattr(module, "__path__", ()), name + "."):
                self._load(below.name)
        self._check_name_duplicates()

    def _load(self, module: str) -> None:
        try:
            self._load_spiders(import_module(module))
        except Exception as error:
            self.broken[module.rpartition(".")[2]] = " ".join(f"{type(error).__name__}: {error}".split())


def mistakes_of(spider: Any) -> list[str]:
    """What is wrong with a hall's data, so that it cannot be crawled."""
    site = getattr(spider, "site", None)
    if not isinstance(site, Site):
        return [f"{spider.__name__} has no site = Site(…)"]
    return site_mistakes(site)
