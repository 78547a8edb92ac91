"""What the sites of ministries have alike: the names of later pages, who answers, what stands behind a title."""

from __future__ import annotations

import re
from functools import partial

from crawler.site import Site

ministry = partial(Site, page_suffix="_{n}", delay=10.0)

# Behind a name: a rank, what its bearer does, a mark.
FOLLOWS = r"(?:大校|上校|少将)?(?:主持|答|就|举行|出席|在|的|发表|谈|说|介绍|[，。、：（(\s]|$)"
OPENED = r"(?:(?:召开|举行|举办)[^。，]{0,20}，)?"


def spokesperson(organisation: str, office: str = "(?:新闻)?发言人") -> re.Pattern[str]:
    """`外交部发言人陆慷主持…`: the body, the office and the name, the first two as patterns."""
    name = rf"(?P<name>[\u3400-\u9fff]{{2,4}}?)(?={FOLLOWS})"
    return re.compile(rf"(?P<organisation>{organisation}){OPENED}(?P<title>{office})[ \u3000]?{name}")


def english_spokesperson(organisation: str) -> re.Pattern[str]:
    """`Foreign Ministry Spokesperson Hua Chunying`."""
    name = r"(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})"
    return re.compile(rf"(?P<organisation>{organisation}) (?P<title>Spokes\w+) {name}")


def suffix(names: str) -> re.Pattern[str]:
    """`…_国防部网`: a title's end from the first of the site's names on."""
    return re.compile(rf"\s{{0,4}}[_|—-]{{1,8}}\s{{0,4}}(?:{names}).*$")
