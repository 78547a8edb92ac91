from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.demo.hall import build_hall
from crawler.text.challenge import LARGEST, MOST_TEXT, TAG, challenge
from tests.halls import article, listing

STATUSES = (200, 403, 405, 503)


def page(body: str, title: str = "", head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


# One page for each firewall, with what its own pages have and words of our own. (name, status, page)
BLOCKS = [
    ("cloudflare waits", 403, page("<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cType:'managed'};</script>", "Just a moment...")),
    ("cloudflare blocks", 403, page("<h1>Sorry, you have been blocked</h1><h2>You are unable to access hall.example</h2>" + "<p>Why have I been blocked? It is using a security service.</p>" * 3, "Attention Required! | Cloudflare")),
    ("cloudflare restricts", 403, page("<h1>Error 1020</h1><p>Ray ID: 8f00</p>", "Access denied | hall.example used Cloudflare to restrict access", "<!-- Cloudflare -->") + "<p>Cloudflare</p>"),
    ("akamai", 403, "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n You don't have permission to access this page on this server.<P>\nReference&#32;&#35;18&#46;aaaa&#46;1&#46;bbbb\n</BODY></HTML>"),
    ("akamai's puzzle", 200, page("<div id='sec-if-cpt-container'></div>", "Challenge Validation")),
    ("aliyun's cookie", 200, "<html><script>\nvar arg1='0123456789ABCDEF0123456789ABCDEF01234567';\nvar _0x1=['a','b'];function f(x){reload(x)}</script></html>"),
    ("aliyun's cookie, written out", 200, "<html><head><script>function reload(x){setCookie('acw_sc__v2',x);document.location.reload()}</script></head></html>"),
    ("aliyun's data", 200, page('<textarea id="renderData" style="display:none">{"_waf_bd8ce2ce37":"aaaa"}</textarea>')),
    ("aliyun blocks", 405, page("<div>很抱歉，由于您访问的地址有可能对网站造成安全威胁，您的访问被阻断。</div><img src='https://errors.aliyun.com/images/a.png'>", "405")),
    ("tencent blocks", 403, page("<p>您的请求可能对网站造成安全威胁，已被腾讯T-Sec Web应用防火墙拦截。</p><p>请求UUID为 0a-1b</p>", "WAF拦截页面")),
    ("tencent's captcha", 200, page("<div id='c'>请完成安全验证</div>", "验证码中间页", "<script src='https://turing.captcha.qcloud.com/TCaptcha.js'></script>")),
    ("baidu", 200, page("<div>网络不给力，请稍后重试</div>", "百度安全验证", "<script src='https://wappass.baidu.com/static/captcha/a.js'></script>")),
    ("chuangyu", 403, page("<p>当前访问疑似黑客攻击，已被创宇盾拦截。</p><a href='http://help.365cyd.com/cyd-error-help.html?code=403'>说明</a>", "403")),
    ("jiasule, first", 521, "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'=1;path=/';location.href=location.pathname+location.search</script>"),
    ("jiasule, second", 521, '<script>var _0=["a"];go({"bts":["1","2"],"tn":"__jsl_clearance_s","wt":"1500"})</script>'),
    ("jiasule under 200", 200, "<script>document.cookie='__jsl_clearance=1|0|a';location.reload()</script>"),
    ("ruishu", 202, "<!DOCTYPE html><html><head><meta id='a1' content='" + "x" * 2_000 + "' r='m'><script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;$_ts.cd='qqq';</script><script src='/a/b.js' r='m'></script></head><body></body></html>"),
    ("ruishu with its program", 200, "<html><head><script>$_ts=window['$_ts'];$_ts.cd='" + "q" * 150_000 + "';</script></head><body></body></html>"),
    ("safedog", 200, page("<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p><p>如何解决：检查提交内容；联系空间提供商</p>", "网站防火墙")),
    ("safedog's picture", 403, page("<img src='http://404.safedog.cn/images/safedogsite/head.png'>")),
    ("360", 200, page("<script src='/wzwschallenge.js'></script><script>var WZWS_CONFIRM_PREFIX_LABEL=1;</script>")),
    ("yunsuo", 200, "<html><head><script>function YunSuoAutoJump(){self.location='/?security_verify_data=1'}</script></head><body onload='YunSuoAutoJump()'></body></html>"),
    ("safeline", 468, page("<div>正在检查您的浏览器</div>", "", "<script src='/.safeline/static/a.js'></script>")),
    ("imperva", 200, page("<iframe src='/_Incapsula_Resource?SWUDNSAI=1&incident_id=1-2'>Request unsuccessful.</iframe>")),
    ("any cookie script", 200, "<html><body><script>document.cookie='k='+f()+';path=/';window.location.reload();</script></body></html>"),
    ("too often", 200, page("<p>您的访问过于频繁，请稍后再试。</p>")),
    ("too often, bare", 200, "对不起，您的访问过于频繁，请稍后再试"),
    ("too often, with a captcha", 200, page("<h3>访问过于频繁</h3><p>请输入验证码后继续访问</p><form action='/v'><img src='/captcha.jpg'><input name='captcha'><input type='submit'></form>", "海湾新闻网")),
    ("captcha", 200, page("<form><p>请输入图片中的验证码</p><img src='/verifycode?1'><input name='vcode'></form>")),
    ("slider", 200, page("<p>请按住滑块，拖动到最右边完成验证</p><div id='nc_1_nocaptcha'></div>", "滑动验证页面")),
    ("address blocked", 403, page("<p>您的IP地址 192.0.2.7 已被管理员拉黑</p>")),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS])
def test_block_pages_are_told(status: int, body: str) -> None:
    assert challenge(status, {}, body.encode())


@pytest.mark.parametrize(("status", "body"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS])
def test_the_charset_does_not_matter(status: int, body: str) -> None:
    assert challenge(status, {}, body.encode("gbk"))


@pytest.mark.parametrize("name", ["cf-mitigated", "Cf-Mitigated"])
def test_a_header_says_that_the_firewall_stepped_in(name: str) -> None:
    assert challenge(403, {name: "challenge"}, b"<html></html>") == "challenge page (Cloudflare)"
    assert challenge(403, {name: "none"}, b"<html></html>") is None


TALK = "您的访问过于频繁，请稍后再试。请输入验证码。您的请求被防火墙拦截。网站提示：您的IP已被封。"
ORDINARY = [
    ("empty", ""),
    ("white space", "  \n"),
    ("an article about captchas", article(1, ("方致远", TALK), ("记者", "为什么买票要请输入验证码？"), ("林知秋", "访问过于频繁时，请完成滑块验证。" * 9), title="请输入验证码：网站访问过于频繁怎么办")),
    ("a short piece on captchas", page("<h1>访问过于频繁怎么办</h1><p>海湾晚报讯 市民反映，购票网站常提示“您的访问过于频繁”，还要请输入验证码。平台回应说，将在月底前改进，老年人可以到窗口办理。</p>", "访问过于频繁怎么办--海湾新闻网")),
    ("a flash", page("<h1>网站：访问过于频繁的用户须输入验证码</h1><p>平台昨天说，访问过于频繁的用户今后须输入验证码。</p>", "快讯--海湾新闻网")),
    ("an article with a captcha below", page("<h1>快讯</h1><p>今天上午，东海职工联合总会举行了发布会。</p><form>发表评论：<textarea name='c'></textarea>请输入验证码<img src='/captcha.jpg'><input name='captcha'></form>", "快讯")),
    ("a login", page("<form>用户名<input name='u'>密码<input type='password' name='p'>请输入验证码<input name='captcha'></form>", "登录")),
    ("firewalls as the topic", page("<h1>什么是加速乐</h1><p>第一次访问时，服务器返回一段脚本，写入 __jsl_clearance 后再请求一次；acw_sc__v2、$_ts.cd 也是这样。</p>", "科普")),
    ("a short page behind ruishu", page("<h1>第1场发布会</h1>" + "<p>各位记者朋友，大家上午好！欢迎出席今天的发布会，下面请大家提问。</p>" * 4, "发布会", "<script>$_ts=window['$_ts'];$_ts.cd='q';</script>")),
    ("a short page behind aliyun", page("<h1>第1场发布会</h1>" + "<p>各位记者朋友，大家上午好！欢迎出席今天的发布会，下面请大家提问。</p>" * 4, "发布会", "<meta name='aliyun_waf_aa' content='a'>")),
    ("cloudflare's script on a page", page("<p>今天没有发布会。</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", "公告")),
    ("a gateway's own error page", page("<h1>504 Gateway Time-out</h1><p>The gateway did not receive a timely response.</p><img src='https://errors.aliyun.com/images/a.png'>", "504")),
    ("removed", page("<p>您访问的页面不存在或已被删除</p>", "404")),
    ("a phone's redirect", "<html><head><script>if(/Mobile/.test(navigator.userAgent))location.href='http://m.hall.example/'</script></head><body></body></html>"),
    ("a picture page", page("<h1>图集</h1><img src='/1.jpg'><img src='/2.jpg'>", "图集--海湾新闻网")),
    ("nothing but a frame", page("<iframe src='/old.html'></iframe>", "旧版")),
    ("a listing", listing("/n1/2018/0508/c392912-1.html")),
]  # fmt: skip


@pytest.mark.parametrize("body", [row[1] for row in ORDINARY], ids=[row[0] for row in ORDINARY])
@pytest.mark.parametrize("status", STATUSES)
def test_ordinary_pages_are_not(status: int, body: str) -> None:
    assert challenge(status, {}, body.encode()) is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>"),
        (403, page("<h1>Access Denied</h1><p>You may not see this page.</p>", "Access Denied")),
        (403, page("<p>您没有权限访问本页，访问被拒绝。</p>", "禁止访问")),
        (401, page("<h1>Authorization Required</h1>", "401")),
        (451, page("<p>Unavailable For Legal Reasons</p>", "451")),
        (502, page("<h1>Bad Gateway</h1><p>Host Error. The web server reported a bad gateway. Cloudflare Ray ID: 1</p>", "hall.example | 502: Bad gateway")),
        (503, page("<h1>系统维护中</h1><p>请稍后再访问。</p>", "系统维护")),
    ],
)  # fmt: skip
def test_plain_refusals_are_not(status: int, body: str) -> None:
    assert challenge(status, {}, body.encode()) is None


def test_too_often_under_429_is_for_the_back_off() -> None:
    body = page("<p>您的访问过于频繁，请稍后再试。</p>").encode()
    assert challenge(200, {}, body)
    assert challenge(429, {}, body) is None
    assert challenge(503, {}, body) is None


def test_no_page_of_the_demo_hall_is_one_under_any_status() -> None:
    hall = build_hall(30)
    bodies = [found.body for path in hall.resources if (found := hall.find(path))]
    assert len(bodies) > 60
    assert not [body[:80] for body in bodies for status in STATUSES if challenge(status, {}, body)]


def test_no_saved_page_is_one() -> None:
    pages = list(Path(__file__).parent.parent.joinpath("pages").rglob("page.html"))
    assert pages
    assert not [page for page in pages for status in STATUSES if challenge(status, {}, page.read_bytes())]


@given(st.sampled_from(BLOCKS), st.integers(1, 7))
def test_a_text_to_read_makes_any_of_them_an_ordinary_page(row: tuple[str, int, str], paragraphs: int) -> None:
    """The same markup with more text than a challenge page has, in however many paragraphs."""
    text = "东" * (1 + MOST_TEXT // paragraphs)
    assert challenge(200, {}, (row[2] + f"<p>{text}</p>" * paragraphs).encode()) is None


@given(st.sampled_from([200, 202, 403, 404, 412, 503, 521]), st.binary(max_size=400))
def test_no_bytes_are_an_exception(status: int, body: bytes) -> None:
    challenge(status, {}, body)


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "<script",
                "</script>",
                "<!--",
                "-->",
                "<title>",
                "</title>",
                "验证码",
                "请输入",
                "您的IP",
                "$_ts",
                "<a ",
                "&#",
                " ",
            ]
        ),
        max_size=60,
    )
)
def test_no_markup_is_an_exception(parts: list[str]) -> None:
    challenge(200, {}, "".join(parts).encode())


@pytest.mark.parametrize(
    "part", [b"<", b"<script", b"<!--", b"<a ", b"<title>", b"&#", "请输入".encode(), "您的".encode()]
)
def test_the_largest_pages_of_one_part_end(part: bytes) -> None:
    """With a pattern that is not linear this test never ends."""
    challenge(200, {}, part * (LARGEST // len(part)))


def test_a_tag_is_matched_and_an_open_one_is_not() -> None:
    assert TAG.findall(b"<p class=a>x<b>") == [b"<p class=a>", b"<b>"]
    assert not TAG.search(b"a < b <<")
