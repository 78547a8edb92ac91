"""Code and headers that only the block and challenge pages of a firewall have, and the scripts of captchas.

A normal page may load a firewall's script too; by itself a mark says nothing of a page that has a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Mark(NamedTuple):
    """A firewall, its own code in the markup, and the most text that stands beside it (characters, no white space)."""

    who: str
    code: re.Pattern[bytes]
    most: int


def _mark(who: str, code: bytes) -> Mark:
    """Code of pages that speak to the visitor, and of nothing else."""
    return Mark(who, re.compile(code, re.I), 1_000)


def _silent(who: str, code: bytes) -> Mark:
    """Code that the firewall may put into ordinary pages as well. Its challenge is a script with hardly a word."""
    return Mark(who, re.compile(code, re.I), 100)


MARKS = (
    _mark("Cloudflare", rb"_cf_chl_opt|cf-browser-verification|/cdn-cgi/challenge-platform/h/|/cdn-cgi/l/chk_captcha"),
    _mark("Akamai", rb"/_sec/cp_challenge/|sec-if-cpt-container|bm-verify=|errors\.edgesuite\.net"),
    _silent("Alibaba Cloud", rb"acw_sc__v|var arg1='[0-9A-F]{40}'|\baliyun_?waf_|_waf_[0-9a-f]{8}|_____tmd_____"),
    _mark("Alibaba Cloud", rb"g\.alicdn\.com/sd/punish|/punish\?x5secdata"),
    _silent("Tencent Cloud", rb"__tst_status|EO_Bot_Ssid|waf\.tencent-cloud\.com"),
    _mark("Baidu", rb"wappass\.baidu\.com/static/captcha|yunjiasu[\w.-]{0,40}/[\w./-]{0,80}(?:block|error|captcha)"),
    _silent("Jiasule", rb"__jsl_clearance"),
    _silent("Ruishu", rb"\$_ts\s{0,4}=\s{0,4}window\[|\$_ts\.(?:nsd|cd)\b|9DhefwqGPrzGxEp9hPaoag"),
    _mark("SafeDog", rb"404\.safedog\.cn|safedogsite/"),
    _mark("Chuangyu", rb"365cyd\.com/cyd-error-help"),
    _silent("360", rb"wzws-waf-cgi|wzwsconfirm|wzws_tmp|WZWS_CONFIRM_PREFIX_LABEL"),
    _silent("Yunsuo", rb"yunsuologo|security_verify_data|YunSuoAutoJump"),
    _mark("SafeLine", rb"/\.safeline/|SafeLineChallenge|waf-ce\.chaitin\.cn"),
    _mark("Imperva", rb"_Incapsula_Resource\?[^\"'<>]{0,200}incident_id|Incapsula incident ID"),
    _silent("AWS", rb"awsWafCookieDomainList|\.token\.awswaf\.com/"),
    _mark("DataDome", rb"captcha-delivery\.com/"),
    _mark("PerimeterX", rb"id=[\"']?px-captcha"),
    _mark("Sucuri", rb"sucuri_cloudproxy_js"),
    _mark("Anubis", rb"anubis_challenge|/\.within\.website/x/cmd/anubis/"),
)
# With these values only.
HEADERS = {"cf-mitigated": "Cloudflare", "x-amzn-waf-action": "AWS"}
STEPPED_IN = frozenset({"challenge", "captcha"})
CAPTCHA = re.compile(
    rb"TCaptcha[\w-]{0,20}\.js|TencentCaptcha|initGeetest|geetest\.com/|hcaptcha\.com/|g-recaptcha|recaptcha/api\.js"
    rb"|challenges\.cloudflare\.com/turnstile|nc_\d{1,2}_nocaptcha|AWSC\.use|cstaticdun\.126\.net"
    rb"|<(?:input|img|iframe|form|canvas)\b[^<>]{0,300}?(?:captcha|verify_?code|vcode|checkcode|yanzheng)",
    re.I,
)
# A page that asks who you are, or what you think of it, has its captcha for that.
OTHER_FORM = re.compile(
    rb"type\s{0,4}=\s{0,4}[\"']?password|name\s{0,4}=\s{0,4}[\"']?(?:comment|content|message)\b|<textarea\b", re.I
)
SETS_COOKIE = re.compile(rb"document\s{0,4}(?:\.\s{0,4}cookie|\[\s{0,4}[\"']cookie[\"']\s{0,4}\])\s{0,4}=[^=]")
LOADS_AGAIN = re.compile(
    rb"location\.reload\s{0,4}\(|location(?:\.href)?\s{0,4}=\s{0,4}(?:window\.|document\.)?location\b"
)
# Its first script spells the name of its cookie letter by letter.
JIASULE_STATUS = 521


def firewall(headers: Mapping[str, str], body: bytes, visible: bytes, length: int) -> str | None:
    """The firewall whose header says that it stepped in, or whose code stands in the markup and not in the text."""
    for name, value in headers.items():
        if value.lower() in STEPPED_IN and name.lower() in HEADERS:
            return HEADERS[name.lower()]
    marks = (mark for mark in MARKS if length <= mark.most and mark.code.search(body))
    return next((mark.who for mark in marks if not mark.code.search(visible)), None)


def cookie_script(status: int, body: bytes) -> str | None:
    """What a page without a word is, whose script sets a cookie and loads the page again; None if it is not that."""
    if b"<script" not in body[:2_000].lower():
        return None
    if status == JIASULE_STATUS:
        return "Jiasule"
    return "a script that sets a cookie" if SETS_COOKIE.search(body) and LOADS_AGAIN.search(body) else None


def asks_captcha(body: bytes) -> bool:
    """Whether a page has a captcha that stands for itself."""
    return bool(CAPTCHA.search(body)) and not OTHER_FORM.search(body)
