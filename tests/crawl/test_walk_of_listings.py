"""The walk over listings that are odd: the whole of them is seen, and no pager holds the crawl for ever."""

from __future__ import annotations

from pathlib import Path

from tests.halls import LISTING, TinyHall, article, crawl, lines, listing, manifest, path_of, serving


def page(n: int) -> str:
    return f"/GB/392912/index{n}.html"


def hall_of(pages: int, *, pager: dict[int, str], after: str = "") -> TinyHall:
    """A hall of `pages` listing pages with one article each."""
    found: dict[str, object] = {}
    for n in range(1, pages + 1):
        address = LISTING if n == 1 else page(n)
        found[address] = listing(path_of(1000 + n), pager=pager.get(n, ""), after=after)
        found[path_of(1000 + n)] = article(1000 + n)
    return TinyHall(found)


def link(n: int, text: str = "") -> str:
    return f'<a href="index{n}.html#fy01">{text or n}</a>'


def ids(output: Path) -> set[str]:
    return {record["id"] for record in lines(output / "acftu/transcripts.jsonl")}


def test_a_pager_that_shows_only_some_numbers(tmp_path: Path) -> None:
    pager = {n: link(n + 1, "下一页") for n in range(1, 9)}
    with serving(hall_of(9, pager=pager)) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stdout
    assert ids(tmp_path) == {f"acftu/{1000 + n}" for n in range(1, 10)}


def test_pages_that_only_the_source_s_comment_counts(tmp_path: Path) -> None:
    with serving(hall_of(5, pager={}, after="<!--all page--><!--PageNo=5-->")) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stdout
    assert len(ids(tmp_path)) == 5


def test_a_missing_page_in_the_middle_is_named_and_the_walk_goes_on(tmp_path: Path) -> None:
    hall = hall_of(4, pager={1: link(2) + link(3) + link(4), 3: link(4, "下一页")})
    hall.pages[page(2)] = (500, {"Content-Type": "text/html"}, b"<html>error</html>")
    with serving(hall) as server:
        result = crawl(server.url + LISTING, tmp_path, "-s", "RETRY_ENABLED=0")
    assert result.returncode == 3
    assert ids(tmp_path) == {"acftu/1001", "acftu/1003", "acftu/1004"}
    assert manifest(tmp_path)["listing"]["missing"] == {"2": "HTTP 500"}
    assert "listing page 2" in result.stdout


def test_a_loop_in_the_pager_ends(tmp_path: Path) -> None:
    hall = hall_of(3, pager={1: link(2, "下一页"), 2: link(3, "下一页"), 3: link(2, "下一页")})
    with serving(hall) as server:
        result = crawl(server.url + LISTING, tmp_path)
        assert max(server.requests.values()) == 1
    assert result.returncode == 0
    assert len(ids(tmp_path)) == 3


def test_an_endless_pager_ends(tmp_path: Path) -> None:
    class Endless(TinyHall):
        def find(self, path: str):  # type: ignore[no-untyped-def]
            name = path.rpartition("/index")[2].removesuffix(".html")
            if path.startswith("/GB/392912/index"):
                n = int(name or 1)
                self.pages[path] = listing(path_of(1001), pager=link(n + 1, "下一页"))
            return super().find(path)

    with serving(Endless({path_of(1001): article(1001)})) as server:
        result = crawl(server.url + LISTING, tmp_path)
        assert sum(path.startswith("/GB/") for path in server.requests) < 10
    assert "loop in the pager" in result.stdout


def test_one_article_under_many_addresses_is_one_request(tmp_path: Path) -> None:
    number = path_of(1001)
    links = (
        number,
        number + "#liuyan",
        number + "?from=timeline",
        "/BIG5" + number,
        number.replace("/n1/", "/n4/"),
        number.replace(".html", "-2.html"),
    )
    with serving(TinyHall({LISTING: listing(*links), number: article(1001)})) as server:
        result = crawl(server.url + LISTING, tmp_path)
        assert [path for path in server.requests if "1001" in path] == [number]
    assert result.returncode == 0
    assert ids(tmp_path) == {"acftu/1001"}


def test_links_to_other_hosts_are_not_followed(tmp_path: Path) -> None:
    hall = TinyHall(
        {
            LISTING: listing(path_of(1001), "http://politics.people.com.cn/n1/2018/0508/c1001-77.html"),
            path_of(1001): article(1001),
        }
    )
    with serving(hall) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stdout
    assert manifest(tmp_path)["listing"]["other_channel"] == 1


def test_a_redirect_to_another_address_of_the_same_article_is_followed(tmp_path: Path) -> None:
    old, new = path_of(1001), "/BIG5" + path_of(1001)
    hall = TinyHall({LISTING: listing(old), old: (302, {"Location": new}, b""), new: article(1001)})
    with serving(hall) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 0, result.stdout
    assert ids(tmp_path) == {"acftu/1001"}


def test_a_listing_without_links(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: listing()})) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 4
    assert "nothing found" in result.stdout


def test_a_listing_that_is_not_there(tmp_path: Path) -> None:
    with serving(TinyHall({})) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 3
    assert "HTTP 404" in result.stdout


def test_a_listing_that_is_refused(tmp_path: Path) -> None:
    with serving(TinyHall({LISTING: (403, {"Content-Type": "text/html"}, b"<html>no</html>")})) as server:
        result = crawl(server.url + LISTING, tmp_path)
    assert result.returncode == 5


def test_robots_txt_is_obeyed(tmp_path: Path) -> None:
    robots = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /GB/\n")
    with serving(
        TinyHall({"/robots.txt": robots, LISTING: listing(path_of(1001)), path_of(1001): article(1001)})
    ) as server:
        result = crawl(server.url + LISTING, tmp_path)
        assert list(server.requests) == ["/robots.txt"]
    assert result.returncode == 5


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with serving(TinyHall({})) as server:
        url = server.url
    result = crawl(url + LISTING, tmp_path, "-s", "RETRY_ENABLED=0")
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
