"""What the sites of ministries have alike: the names of later pages, what stands behind a title."""

from __future__ import annotations

import re
from functools import partial

from crawler.site import Site

ministry = partial(Site, page_suffix="_{n}", delay=10.0)


def english_spokesperson(organisation: str) -> re.Pattern[str]:
    """`Foreign Ministry Spokesperson Hua Chunying`."""
    name = r"(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})"
    return re.compile(rf"(?P<organisation>{organisation}) (?P<title>Spokes\w+) {name}")


def suffix(names: str) -> re.Pattern[str]:
    """`…_国防部网`: a title's end from the first of the site's names on."""
    return re.compile(rf"\s{{0,4}}[_|—-]{{1,8}}\s{{0,4}}(?:{names}).*$")
