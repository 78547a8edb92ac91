"""What a host asks for, seen from the host: a server that notes when it was asked. Bounds are lower bounds only."""

from __future__ import annotations

import json
import signal
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NamedTuple

from crawler.politeness.robots import MOST_BYTES
from tests.forking import Fork, forks
from tests.halls import LISTING, article, path_of
from tests.polite_server import HTML, RESET, Answer, PoliteServer, polite, small_hall

FIRST, SECOND = path_of(1), path_of(2)
NONE: Answer = (404, HTML, b"")
TEXT = {"Content-Type": "text/plain"}
ARTICLE = article(1).encode("gbk")
CHALLENGE = "<html><head><title>安全验证</title></head><body><p>请完成安全验证</p><form><img src='/captcha'></form></body></html>".encode()


def robots(*lines: str) -> Answer:
    return 200, TEXT, "\n".join(lines).encode()


class Visit(NamedTuple):
    """What a crawl came to at one host; `log` is the whole crawl's."""

    pages: list[int]
    failed: list[str]
    stopped: list[str]
    end: str
    log: str


def start(servers: list[PoliteServer], **settings: Any) -> Fork:
    urls = [server.url + LISTING for server in servers]
    return forks().start("-m", "tests.polite_spider", json.dumps(settings), *urls)


def finish(process: Fork) -> list[Visit]:
    printed, log = process.communicate(timeout=60)
    assert "Traceback" not in log, log
    return [Visit(**said, log=log) for said in json.loads(printed)]


def visit(servers: list[PoliteServer], **settings: Any) -> list[Visit]:
    """The listings and their articles, asked politely, the hosts side by side."""
    return finish(start(servers, **settings))


def then(first: Answer, times: int, later: Answer) -> Any:
    """`first` for so many requests, then `later`."""
    return lambda before: first if before < times else later


def gap_behind(server: PoliteServer, path: str) -> float:
    """Seconds from the first request for a path to whatever came next."""
    return server.gaps[server.paths.index(path)]


def test_crawl_delay_holds_from_robots_txt_on() -> None:
    """With many requests at a time too."""
    long, short = robots("User-agent: *", "Crawl-delay: 2"), robots("User-agent: *", "Crawl-delay: 0.2")
    with polite(small_hall(long, articles=1), small_hall(short, articles=5)) as servers:
        visits = visit(servers, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    assert servers[0].paths == ["/robots.txt", LISTING, FIRST]
    assert min(servers[0].gaps) >= 2
    assert visits[0].pages == [200, 200]
    assert "asks for 2 s between two requests" in visits[0].log
    assert len(servers[1].paths) == 7
    assert min(servers[1].gaps) >= 0.2


def test_the_longer_of_our_delay_and_theirs_holds() -> None:
    delays = (0.1, 0.6)
    with polite(*(small_hall(robots("User-agent: *", f"Crawl-delay: {delay}"), 1) for delay in delays)) as servers:
        visit(servers, DOWNLOAD_DELAY=0.4)
    assert [len(server.paths) for server in servers] == [3, 3]
    assert min(servers[0].gaps) >= 0.4
    assert min(servers[1].gaps) >= 0.6


def test_the_group_of_our_own_name_is_ours() -> None:
    """`example` is a word of the contact in the user agent, and no name of ours."""
    ours = robots("User-agent: *", "Disallow: /", "", "User-agent: example", "Disallow: /", "", "User-agent: Press-Conference-Archive", f"Disallow: {SECOND}", "Crawl-delay: 0.3")  # fmt: skip
    others = robots("User-agent: example", "Disallow: /", "", "User-agent: archive", "Disallow: /")
    with polite(small_hall(ours), small_hall(others)) as servers:
        visits = visit(servers)
    assert servers[0].agents == {"press-conference-archive/0.1.0 (+you@example.org)"}
    assert servers[0].paths == ["/robots.txt", LISTING, FIRST]
    assert min(servers[0].gaps) >= 0.3
    assert visits[0].failed == ["IgnoreRequest: Forbidden by robots.txt"]
    assert visits[1].pages == [200, 200, 200]


def test_no_page_is_asked_while_robots_txt_fails() -> None:
    """The host beside them is asked all the same."""
    with polite({}) as refusing:
        pass
    answers: list[Answer] = [(500, TEXT, b""), (503, TEXT, b"later"), (429, TEXT, b""), RESET, NONE]
    with polite(*map(small_hall, answers)) as servers:
        *visits, well, refused = visit([*servers, *refusing])
    for server in servers[:4]:
        assert server.paths == ["/robots.txt"] * 3
        assert server.gaps[0] >= 0.2 and server.gaps[1] >= 0.4
    reasons = ["HTTP 500", "HTTP 503", "HTTP 429", "DownloadFailedError: "]
    for visited, reason in zip([*visits, refused], [*reasons, "DownloadConnectionRefusedError: "], strict=True):
        assert len(visited.stopped) == 1 and f"robots.txt could not be had ({reason}" in visited.stopped[0]
        assert visited.failed == [f"HostStopped: {visited.stopped[0]}"] and visited.pages == []
    assert well.log.count("could not be had") == 5
    assert "ERROR" not in well.log
    assert well.pages == [200, 200, 200]


def test_robots_txt_that_fails_once_is_asked_again() -> None:
    rules = robots("User-agent: *", f"Disallow: {SECOND}")
    with polite(small_hall(then((503, TEXT, b""), 1, rules)), small_hall(then(RESET, 1, rules))) as servers:
        visits = visit(servers)
    for server, visited in zip(servers, visits, strict=True):
        assert server.paths[-2:] == [LISTING, FIRST]
        assert visited.stopped == []


def test_robots_txt_without_rules_for_us_lets_all_pages_through() -> None:
    # The cut falls behind the slash of the last line, and there is no rule in half a line.
    head, line = b"User-agent: *\n", b"Disallow: /x\n"
    lines, rest = divmod(MOST_BYTES - len(head) - len(b"Disallow: /"), len(line))
    huge = head + b"\n" * rest + line * (lines + 1) + b"Disallow: /\n"
    answers: list[Answer] = [
        NONE,
        (401, TEXT, b"User-agent: *\nDisallow: /"),
        (403, HTML, b"no"),
        (200, HTML, b"<!DOCTYPE html><pre>\nUser-agent: *\nDisallow: /\n</pre>"),
        (200, TEXT, b""),
        (200, TEXT, bytes(range(256)) * 40),
        (200, TEXT, huge),
    ]
    with polite(*(small_hall(answer, articles=1) for answer in answers)) as servers:
        visits = visit(servers)
    assert [server.paths for server in servers] == [["/robots.txt", LISTING, FIRST]] * len(answers)
    assert not any(visited.stopped for visited in visits)


def test_redirects_of_robots_txt_are_followed() -> None:
    """Five, and the last to a host that is not the crawl's."""
    with polite({"/r5": robots("User-agent: *", f"Disallow: {SECOND}")}) as (other,):
        elsewhere = other.url.replace("127.0.0.1", "localhost") + "/r5"
        steps: dict[str, Any] = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, b"") for n in range(1, 4)}
        with polite(small_hall((301, {"Location": "/r1"}, b""), **steps, **{"/r4": (302, {"Location": elsewhere}, b"")})) as servers:  # fmt: skip
            (visited,) = visit(servers)
    assert servers[0].paths == ["/robots.txt", "/r1", "/r2", "/r3", "/r4", LISTING, FIRST]
    assert other.paths == ["/r5"]
    assert visited.stopped == []


def test_retry_after_in_seconds_is_waited_for() -> None:
    """By every request to the host, the next article's too."""
    later = {status: then((status, {"Retry-After": "2"}, b""), 1, (200, HTML, ARTICLE)) for status in (429, 503)}
    with polite(*(small_hall(NONE, **{FIRST: answer}) for answer in later.values())) as servers:
        visits = visit(servers)
    for server, visited in zip(servers, visits, strict=True):
        assert gap_behind(server, FIRST) >= 2
        assert sorted(server.paths[2:]) == sorted([FIRST, FIRST, SECOND])
        assert "asks to wait 2 s" in visited.log
        assert visited.pages == [200, 200, 200]


def test_nothing_comes_before_the_date_of_retry_after() -> None:
    dates = []

    def answer(before: int) -> Answer:
        if before:
            return 200, HTML, ARTICLE
        dates.append(datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2))
        return 503, {"Retry-After": format_datetime(dates[0], usegmt=True)}, b""

    with polite(small_hall(NONE, **{FIRST: answer})) as (server,):
        began, clock = datetime.now(UTC), time.monotonic()
        visit([server])
    at = server.paths.index(FIRST)
    assert len(server.asked) == at + 3
    assert began + timedelta(seconds=server.asked[at + 1].at - clock) >= dates[0]


def test_nothing_slips_out_behind_a_429_from_the_queue() -> None:
    """Scrapy's downloader takes several from its queue at once, and before a middleware sees the answer to the last."""
    busy = then((429, {"Retry-After": "1"}, b""), 1, (200, HTML, ARTICLE))
    broken = then(RESET, 1, (200, HTML, ARTICLE))
    with polite(*(small_hall(NONE, articles=5, **{FIRST: answer}) for answer in (busy, broken))) as servers:
        visit(servers, BACKOFF_FIRST=1)
    for server in servers:
        assert len(server.paths) == 8
        assert gap_behind(server, FIRST) >= 1


def test_who_asks_for_hours_is_stopped() -> None:
    days = small_hall(robots("User-agent: *", "Crawl-delay: 86400"))
    hours = small_hall(NONE, **{FIRST: (429, {"Retry-After": "7200"}, b"")})
    at_once = small_hall((503, {"Retry-After": "7200"}, b""))
    with polite(days, hours, at_once) as servers:
        visits = visit(servers)
    assert servers[0].paths == ["/robots.txt"]
    assert visits[0].stopped == ["robots.txt asks for 86400 s between two requests"]
    assert visits[0].failed == ["HostStopped: robots.txt asks for 86400 s between two requests"]
    assert servers[1].paths == ["/robots.txt", LISTING, FIRST]
    assert visits[1].stopped == ["HTTP 429, asks to wait 7200 s"]
    assert servers[2].paths == ["/robots.txt"]
    assert visits[2].stopped == ["HTTP 503, asks to wait 7200 s"]


def test_back_off_doubles_up_to_its_most_and_begins_again_after_an_answer() -> None:
    failing = small_hall(NONE, articles=1, **{FIRST: (500, HTML, b"")})
    well = small_hall(NONE, articles=1)
    recovering = {path: then((500, HTML, b""), 1, answer) for path, answer in well.items()}
    with polite(failing, recovering) as servers:
        visits = visit(servers, BACKOFF_FIRST=0.1, BACKOFF_MOST=0.25, RETRY_TIMES=4)
    assert servers[0].paths[2:] == [FIRST] * 5
    assert all(gap >= least for gap, least in zip(servers[0].gaps[2:], [0.1, 0.2, 0.25, 0.25], strict=True))
    # The last answer goes to the spider, as ever.
    assert visits[0].pages == [200, 500]
    host = servers[1].url.removeprefix("http://")
    assert servers[1].paths == ["/robots.txt", "/robots.txt", LISTING, LISTING, FIRST, FIRST]
    assert visits[1].log.count(f"{host} is left alone for 0.1 s") == visits[1].log.count(f"{host} is left alone") == 3


def test_a_challenge_page_ends_the_host_and_a_plain_refusal_does_not() -> None:
    blocks = [small_hall(NONE, 4, **{FIRST: (status, HTML, CHALLENGE)}) for status in (200, 403, 503)]
    plain = [small_hall(NONE, **{FIRST: (status, HTML, b"<h1>Forbidden</h1>")}) for status in (401, 403, 451)]
    with polite(*blocks, *plain) as servers:
        visits = visit(servers, CONCURRENT_REQUESTS=1)
    assert [server.paths for server in servers[:3]] == [["/robots.txt", LISTING, FIRST]] * 3
    assert [visited.stopped for visited in visits] == [["captcha page"]] * 3 + [[]] * 3
    assert [visited.failed for visited in visits[:3]] == [["HostStopped: captcha page"] * 4] * 3
    assert [visited.pages for visited in visits[3:]] == [[200, status, 200] for status in (401, 403, 451)]


def test_a_signal_to_stop_is_heard_while_a_host_is_waited_for() -> None:
    """What was not sent goes back to the scheduler: it has neither failed nor been had."""
    with polite(small_hall(robots("User-agent: *", "Crawl-delay: 600"))) as (server,):
        process = start([server])
        while "asks for 600 s" not in process.stderr.readline():
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGTERM)
        (visited,) = finish(process)
    assert server.paths == ["/robots.txt"]
    assert visited.end == "shutdown"
    assert visited.pages == [] and visited.failed == [] and visited.stopped == []
