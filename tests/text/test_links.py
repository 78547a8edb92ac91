"""Links with their words and the items that they stand in; each node of a page is looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawler.text.links import Link, read_links
from crawler.text.select import Element, Tree

BASE = "http://hall.example/press/"
# What takes no longer where an element holds more, or stands deeper.
CHEAP = frozenset({"mem_id", "tag", "text_content", "attributes", "parent"})


def links(html: str, css: str = "li") -> list[Link]:
    tree = Tree(f"<html><body>{html}</body></html>")
    return read_links(tree, BASE, {item.mem_id for item in tree.select(css)})


def read(html: str, css: str = "li") -> list[tuple[str, str, str | None]]:
    """File name, words and day of each link."""
    return [(one.url.removeprefix(BASE), one.words, one.place.day if one.place else None) for one in links(html, css)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<li><a href=1>灯 <b>亮\n了</b></a> 2020-01-02</li>", [("1", "灯 亮 了", "2020-01-02")]),
        ("<li><a href=1>灯 2019-01-01</a> 2020-01-02</li>", [("1", "灯 2019-01-01", "2020-01-02")]),
        ("<li><a href=1>灯 2019-01-01</a></li>", [("1", "灯 2019-01-01", "2019-01-01")]),
        (
            "<li>2020-01-02 <a href=1>灯</a><a href=2>书</a></li>",
            [("1", "灯", "2020-01-02"), ("2", "书", "2020-01-02")],
        ),
        ("<a href=1>灯</a> 2020-01-02", [("1", "灯", None)]),
        ("<li><a href='mailto:a@b.example'>灯</a><a>书</a></li>", []),
        ("<li><a name=x>2019-01-01</a><a href=1>灯</a> 2020-01-02</li>", [("1", "灯", "2020-01-02")]),
    ],
)
def test_words_and_days(html: str, found: list[tuple[str, str, str | None]]) -> None:
    assert read(html) == found


def test_an_item_in_an_item_keeps_its_date_to_itself() -> None:
    inner = "<ul><li><a href=2>书</a> 2020-01-02</li></ul>"
    assert read(f"<li><a href=1>灯</a>{inner}</li>") == [("1", "灯", None), ("2", "书", "2020-01-02")]
    assert read(f"<li>{inner}<a href=1>灯</a> 2020-01-01</li>")[1] == ("1", "灯", "2020-01-01")


def test_a_link_in_a_link_keeps_its_words_to_itself() -> None:
    assert [one[:2] for one in read("<a href=1>灯<object><a href=2>书</a></object>亮</a>")] == [
        ("1", "灯亮"),
        ("2", "书"),
    ]


def test_a_link_may_be_the_item_itself_but_not_in_an_item() -> None:
    assert read("<a href=1>灯 2020-01-02</a>", "a") == [("1", "灯 2020-01-02", "2020-01-02")]
    assert read("<p><a href=1>灯</a> 2020-01-02</p>", "p, a") == [("1", "灯", "2020-01-02")]
    tree = Tree("<body><p><a href=1>灯</a> 2020-01-02</p></body>")
    both = {element.mem_id for element in (*tree.tags("p"), *tree.tags("a"))}
    assert [one.place.day for one in read_links(tree, BASE, both) if one.place] == ["2020-01-02"]


class Seen:
    """A node that counts what it is asked for, and knows only what is cheap."""

    def __init__(self, node: Element, asked: Counter[str]) -> None:
        self._node, self._asked = node, asked

    def __getattr__(self, name: str) -> Any:
        assert name in CHEAP, name
        self._asked[name] += 1
        found = getattr(self._node, name)
        return Seen(found, self._asked) if isinstance(found, Element) else found

    def traverse(self, include_text: bool) -> Iterator[Seen]:
        for node in self._node.traverse(include_text=include_text):
            self._asked["node"] += 1
            yield Seen(node, self._asked)


def items(depth: int) -> str:
    return "<ul><li><a href=1>灯</a> 2020-01-02 " * depth


def nested_links(depth: int) -> str:
    return "<li><a href=1>灯<object>" * depth


def deep(depth: int) -> str:
    return "<div>" * depth + "<li><a href=1>灯</a> 2020-01-02</li>" * depth


@pytest.mark.parametrize("shape", [items, nested_links, deep])
def test_twice_the_page_is_twice_the_work_whatever_stands_in_what(shape: Callable[[int], str]) -> None:
    work = []
    for depth in (100, 200, 400):
        tree = Tree(f"<html><body>{shape(depth)}</body></html>")
        asked: Counter[str] = Counter()
        places = {item.mem_id for item in tree.tags("li")}
        found = read_links(cast(Tree, SimpleNamespace(root=Seen(tree.root, asked))), BASE, places)
        assert len(found) == depth
        owned = {id(one.place): one.place for one in found if one.place}.values()
        text = len(tree.root.text())
        assert sum(len("".join(one.texts)) for one in found) <= text
        assert sum(len("".join(place.texts)) for place in owned) <= text
        work.append(asked.total())
    assert work[2] - work[1] == 2 * (work[1] - work[0])
