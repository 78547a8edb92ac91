"""Block and challenge pages: what a firewall or a captcha serves in place of a page, under whatever status.

Such a page has hardly any text. What it is must show in its markup (a firewall's own code), or in a sentence that
speaks to the visitor, with the form, title or status that goes with it. A page with a text to read is never one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from crawler.text.firewalls import asks_captcha, cookie_script, firewall
from crawler.text.notice import has_failed

# A page of so many links or paragraphs is somebody's page; its first kilobytes tell.
MANY_LINKS, MANY_PARAGRAPHS = 12, 8
# Firewalls that send their whole program with the page need some 150 KB.
LARGEST = 300_000
# Characters without white space, in an answer that says it is the page, and in one that says it is none.
MOST_TEXT, MOST_TEXT_OF_ERROR = 400, 1_000
SHORT_TEXT, SENTENCE_TEXT = 200, 80
# What such a page says besides: the site's name, an address, a number to quote.
MOST_OTHER_TEXT = 60
# It says what it is at its beginning, behind a heading at most; a report quotes it further down.
FIRST = 3
# Here "too often" is what back-off is for.
LATER = frozenset({408, 429, 500, 502, 503, 504})

OPENING = (
    r"(?:(?:对不起|對不起|很?抱歉|系统检测到|系統檢測到|检测到|檢測到)[，,：:]?)?"
    r"(?:由于|由於)?(?:您|你)?(?:的|当前|當前|当前的|當前的)?(?:(?:IP|网络|網絡)(?:地址)?)?"
)
TOO_OFTEN = re.compile(
    OPENING + r"(?:访问|訪問|请求|請求|操作)(?:本站|本页|本頁|页面|頁面|的?(?:频率|頻率|速度|次数|次數))?"
    r"(?:过于|過於|过度|太过|太過|太|过|過)(?:频繁|頻繁|快|多|高)[了啦]?(?:[，,].{0,24})?",
    re.I,
)
SOLVE = re.compile(
    r"(?:请|請)(?:您|你)?先?(?:输入|輸入|填写|填寫|完成|拖动|拖動|按住|滑动|滑動|点击|點擊)[^，,]{0,12}(?:验证|驗證|滑块|滑塊)"
    r"|^(?:安全|人机|人機|滑块|滑塊|滑动|滑動)(?:验证|驗證)$"
    r"|verifyyouareahuman|verifythatyouarehuman|completethe(?:securitycheck|captcha)",
    re.I,
)
BLOCKED = re.compile(
    OPENING + r"(?:访问|訪問|请求|請求|提交的?(?:内容|內容|请求|請求))[^。]{0,20}"
    r"(?:(?:拦截|攔截|阻断|阻斷)|不合法(?:参数|參數)|(?:攻击|攻擊)行[为為]|造成(?:安全)?(?:威胁|威脅))"
    r"|(?:您|你)的IP(?:地址)?[^。]{0,16}(?:已被|被)[^。]{0,8}(?:封|拉黑|限制|拦截|攔截)"
    r"|(?:sorry,?)?you(?:r(?:request|ip|access))?(?:has|have)beenblocked",
    re.I,
)
# Whole titles; an article's title tag has its site's name behind it.
NAMED = re.compile(
    r"(?:网站|網站|Web应用|Web應用)(?:防火墙|防火牆)|WAF拦截(?:页面)?|(?:访问|請求|请求|訪問)(?:被拦截|被阻断|被攔截|被阻斷|验证|驗證)"
    r"|(?:百度)?(?:安全|人机|滑动|人機|滑動)(?:验证|驗證)(?:页面|頁面)?|验证码(?:拦截|中间页)?|驗證碼"
    r"|Just a moment\W{0,3}|Attention Required!.{0,40}|Access Denied|Request Rejected"
    r"|.{0,60}used Cloudflare to restrict access",
    re.I,
)
# What firewalls call themselves on their pages, and the number that Akamai asks to quote.
PRODUCT = re.compile(
    r"创宇盾|知道创宇|安全狗|网站卫士|云加速|加速乐|云盾|云锁|宝塔|雷池|腾讯云|腾讯T-Sec|阿里云|华为云|网防G01|护卫神|防火墙|防火牆"
    r"|\bWAF\b|Cloudflare|Reference #[0-9a-f]{1,4}\.|errors\.edgesuite\.net",
    re.I,
)
SENTENCE_END = re.compile(r"[。！？!?\n；;]|\.\s")
TITLE = re.compile(rb"<title\b[^<>]{0,200}>([^<]{0,500})", re.I)
TAG = re.compile(rb"<[^<>]*>")
INLINE_TAG = re.compile(rb"</?(?:a|b|i|u|em|strong|span|font|small)(?:\s[^<>]*)?>", re.I)
# What stands in these is no text.
HIDDEN = re.compile(rb"<(script|style|title|textarea|template|svg)\b|<!--")
BLANK = re.compile(r"\s+")


class Shown(NamedTuple):
    """A page as a visitor sees it: its title, its words, and its sentences without white space."""

    title: str
    words: str
    sentences: list[str]

    @property
    def length(self) -> int:
        """Characters without white space."""
        return sum(map(len, self.sentences))


def challenge(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Why an answer is a block or challenge page, in a few words; None for every other answer."""
    if not body or len(body) > LARGEST or _has(body, b"</a>", MANY_LINKS) or _has(body, b"</p>", MANY_PARAGRAPHS):
        return None
    shown = _shown(body)
    error = has_failed(status)
    length = shown.length
    if length > (MOST_TEXT_OF_ERROR if error else MOST_TEXT):
        return None
    who = firewall(headers, body, f"{shown.title} {shown.words}".encode(), length)
    who = who or (None if shown.sentences else cookie_script(status, body))
    return f"challenge page ({who})" if who else _spoken(status, error, body, shown)


def _has(body: bytes, tag: bytes, times: int) -> bool:
    at = -1
    for _ in range(times):
        at = body.find(tag, at + 1)
        if at < 0:
            return False
    return True


def _spoken(status: int, error: bool, body: bytes, shown: Shown) -> str | None:
    """What a page is that tells its visitor that he is blocked, too fast, or to prove himself."""
    first, length = shown.sentences[:FIRST], shown.length
    solve = [said for said in first if SOLVE.search(said)]
    blocked = [said for said in first if BLOCKED.match(said)]
    often = [] if status in LATER else [said for said in first if TOO_OFTEN.fullmatch(said)]
    named = bool(NAMED.fullmatch(shown.title))
    product = bool(PRODUCT.search(f"{shown.title} {shown.words}"))
    other = length - sum(map(len, {*solve, *blocked, *often}))
    if (solve or blocked or often or named) and other <= MOST_OTHER_TEXT and asks_captcha(body):
        return "captcha page"
    if named and (blocked or often or (error and product)):
        return f"block page ({shown.title[:40]})"
    if blocked and (error or (product and length <= SHORT_TEXT)):
        return f"block page ({blocked[0][:40]})"
    if often and length <= SENTENCE_TEXT:
        return f"block page ({often[0][:40]})"
    return None


def _shown(body: bytes) -> Shown:
    found = TITLE.search(body)
    text = TAG.sub(b"\n", INLINE_TAG.sub(b"", _without_hidden(body)))
    words = html.unescape(_decode(text))
    sentences = [said for part in SENTENCE_END.split(words) if (said := BLANK.sub("", part))]
    return Shown(html.unescape(_decode(found[1])).strip() if found else "", words, sentences)


def _without_hidden(body: bytes) -> bytes:
    """The body without scripts, styles, comments and the title; by hand, so that open ones cost no more than closed."""
    kept, at, lower = [], 0, body.lower()
    while found := HIDDEN.search(lower, at):
        kept.append(body[at : found.start()])
        at = lower.find(b"</" + found[1] if found[1] else b"-->", found.end())
        if at < 0:
            return b"".join(kept)
    kept.append(body[at:])
    return b"".join(kept)


def _decode(body: bytes) -> str:
    """UTF-8 where it is that, else GB 18030; what is neither is of no account here."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
