"""All targets by name, each with what its inputs begin with and are made of."""

from __future__ import annotations

from fuzzing import files, pages, seeds, texts
from fuzzing.target import Target


def _words(*words: str) -> tuple[bytes, ...]:
    return tuple(word.encode() for word in words)


MARKUP = _words(
    "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "<table><tr><td>", "<!--", "-->", "<script>", "</script>", "<title>", "<p><p>",
    "<meta charset=utf-7>", '<meta http-equiv=refresh content="0;url=http://[">', '<base href="http://[::">', '<img src="//[">',
    '<a href="http://[/n1/2018/0508/c1-2.html">', '<meta name=contentid content="a b">', '<meta name="publishdate" content="2018-05-08">',
    "&#0;", "&#xD800;", "&#x1F600;", "&#xFDD0;", "&#64976;", "&nbsp;", "\0", "\f", "\x0b", "\x1b[31m", "\u2028", "\ufeff", "\u202e",
    ' style="display:none"', ' align=center', ' hidden', ' id="rwb_zw"', "<h1>", "<select>", "<svg>", "<plaintext>", "<frameset>",
)  # fmt: skip
SAID = _words(
    "[记者]：", "【主持人】", "［方致远］", "记者：", "方致远：", "问：", "答：", "Q: ", "A: ", "林知秋说，", "记者问道：", "（责编：甲乙）", "来源：",
    "时间：2018年5月8日10:00", "地点：", "嘉宾：", "出席：方致远 局长 林知秋 副局长", "：", ":", "。", "，", "（", "）", "《", "》", "“", "”",
    "　", "\xa0", "2018年13月45日", "99:99", "[09:25]", "2021-01-18 10:05:22", "0000-00-00", "图为", "摄", "追问", "Follow-up", "主 持 人",
    "٣", "²", "①", "Ⅷ", "İ", "ß", "ﬀ", "𠀀", "\u0301",
)  # fmt: skip
CODECS = (
    *(b"charset=" + name for name in (
        b"utf-16", b"utf-7", b"utf-32", b"hz", b"iso-2022-jp", b"iso-2022-kr", b"cp037", b"hex", b"rot13", b"idna", b"unicode_escape",
        b"x-user-defined", b"gb18030", b"big5", b"latin-1", b"undefined", b"mbcs", b"oem", b"punycode", b"utf-8-sig", b"\0", b"utf_16_be",
    )),
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x2b\x2f\x76", b"\x80", b"\xff", b"\x81\x30\x81\x30", b"+2AA-", b"~{",
)  # fmt: skip
DAMAGE = _words(
    "(huì)", "(yì)", "(", ")", "?", "?！", "?；", "?)", "?yì)", "當?shù)氐", "會(huì)", "議(yì)", "(rén )", "(🔀)", "，，", "，。", "?/p>", "()",
    "\ue000", "\ufffd", "(hui(huì))", "皇冠体育", "投注", "葡京", "注册",
)  # fmt: skip
NAMES = _words(
    "| ", "|", "、", "丰镇市", "乌审旗", "阿坝县", "台南市", "宁都县", "博湖县", "北京", "某某县", "县", "市", "久久", "无码", "百家乐", "bet365",
    "av", "\t", "　", "_", "返回顶部", "。",
)  # fmt: skip
ARCHIVE = (
    b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"WARC/", b"\r\n\r\n", b"\r\n", b"\n", b"Content-Length: ", b"Content-Length: 0\r\n\r\n\r\n\r\n", b"Content-Length: 60000000\r\n\r\n",
    b"WARC-Type: response\r\n", b"WARC-Type: revisit\r\n", b"WARC-Type: conversion\r\n", b"WARC-Block-Digest: sha1:AAAA\r\n", b"WARC-Block-Digest: shake_128:00\r\n",
    b"WARC-Date: 0001-01-01T00:00:00+23:59\r\n", b"WARC-Date: \xff\r\n", b"WARC-Segment-Number: 1\r\n", b"WARC-Target-URI: http://[/n1/2018/0508/c1-2.html\r\n",
    b"WARC-Target-URI: http://\xe9.\xc3\xa9..example/\r\n", b"WARC-Target-URI: http://a:99999/n1/2018/0508/c1-2.html\r\n", b"WARC-Refers-To: <urn:uuid:0>\r\n",
    b"WARC-Payload-Digest: sha1:x\r\n", b"Content-Type: application/http\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 99999999999999999999 OK\r\n", b"HTTP/1.1 -1 OK\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: br, zstd, deflate\r\n", b"ffffffff\r\n", b"0\r\n\r\n",
    b"\x1f\x8b\x08", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", b"\x28\xb5\x2f\xfd", b"Location: http://[\r\n", b"Location: \xff\r\n",
)  # fmt: skip
LINES = (
    b"\n", b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"1e999", b"-0", b"NaN", b"99999999999999999999999", b'{"a":', b"\\ud800", b"\\u0000", b"\xff",
    b'"url": 5', b'"url": "http://["', b'"url": null', b'"version": 0', b'"fetched_at": "x"', b'"fetched_at": null', b'"warc": 1', b"{}", b"{}\n", b"true\n",
    b'"fetched_at": "0001-01-01T00:00:00Z"', b'"fetched_at": "2026-03-01"', b'"published_at": "0000-00-00"', b'"id": "acftu/x"', b'"reason": 1',
)  # fmt: skip

# The restorer gives up after some seconds, whatever the size.
PAGE_OF_DAMAGE = 8.0

TARGETS = {
    target.name: target
    for target in (
        Target("decode", pages.check_decode, seeds.bodies, CODECS + MARKUP),
        Target("extract", pages.check_extract, seeds.saved_pages, MARKUP + SAID),
        Target("listing", pages.check_listing, seeds.listings, MARKUP),
        Target("parse", pages.check_parse, seeds.saved_pages, SAID + MARKUP + DAMAGE + NAMES, base=PAGE_OF_DAMAGE),
        Target("spam", texts.check_spam, seeds.texts, NAMES),
        Target("restore", texts.check_restore, seeds.texts, DAMAGE, base=PAGE_OF_DAMAGE),
        Target("bytes", texts.check_bytes, seeds.annotated, tuple(word.decode().encode("gb18030") for word in DAMAGE)),
        Target("warc", files.check_warc, seeds.archives, ARCHIVE, size=files.inflated),
        Target("jsonl", files.check_jsonl, seeds.records, LINES),
        Target("ledger", files.check_ledger, seeds.halls, LINES),
    )
}
