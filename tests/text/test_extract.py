"""Which element of a page in an unseen layout holds the article."""

import pytest

from crawler.spiders.acftu import AcftuSpider
from crawler.text.extract import FALLBACK, find_layout
from crawler.text.select import Tree

TALK = "夜校的灯亮了，书也到了。" * 40
TURNS = "<p>记者：灯够吗？</p><p>主持人：够。</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=other><p>{TALK}</p></div><div id=this>{TURNS}</div>",
        f"<div id=this>{TURNS}</div><div id=other><p>{TALK}</p><p>{TALK}</p></div>",
        f"<div id=other><p>{TALK}</p><p>主持人：够。</p></div><div id=this>{TURNS}</div>",
        f"<div id=other>{TALK}</div><div id=this>记者：灯够吗？<br>主持人：够。</div>",
        f"<div id=this><p>{TALK}</p></div><div id=other><p>灯</p></div>",
        f"<div id=other>{TURNS}</div><div id=this>{TURNS}<p>还有书。</p></div>",
        f"<div id=other><p>他说，灯亮了。</p></div><div id=this><p>{TALK}</p></div>",
    ],
)
def test_an_unseen_layouts_body_is_where_the_labelled_paragraphs_are(body: str) -> None:
    layout, element = find_layout(AcftuSpider.site, Tree(f"<html><body>{body}</body></html>"), None)
    assert layout is FALLBACK and element.id == "this"
