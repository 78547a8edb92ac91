"""Bytes to text: the encodings that pages declare, those that they are in, and the traps between the two."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.decode import CHARSET, UNKNOWN, declared, decode

WORDS = "职工大学开课了，学费由工会补贴。"
HANT = "職工大學開課了，學費由工會補貼。"
NO_TEXT_CODECS = [
    "hex",
    "base64",
    "rot13",
    "zip",
    "uu",
    "idna",
    "punycode",
    "undefined",
]
META_CODECS = ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "utf-16", "windows-1252", "x-nonsense", "", "utf-7"]


def page(words: str, codec: str, meta: str = "") -> bytes:
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={meta}"></head>' if meta else ""
    return f"<html>{head}<body><p>{words}</p></body></html>".encode(codec)


@pytest.mark.parametrize(
    ("words", "codec", "meta", "header"),
    [
        (WORDS, "gb2312", "gb2312", "text/html"),
        (WORDS, "gb2312", "GB2312", ""),
        (WORDS, "gb2312", "", "text/html; charset=gb2312"),
        (WORDS, "utf-8", "utf-8", "text/html; charset=utf-8"),
        (WORDS, "gb18030", "", ""),
        (HANT, "big5", "big5", ""),
        (HANT, "big5hkscs", "", "text/html; charset=Big5"),
        (WORDS, "gb2312", "gb2312", "text/html; charset=ISO-8859-1"),
        (WORDS, "utf-8", "gb2312", "text/html; charset=gb2312"),
        (WORDS, "utf-8", "", ""),
        (WORDS, "utf-8", "gb2312", "text/html; charset=ISO-8859-1"),
        (WORDS, "gb2312", "utf-8", ""),
        (WORDS, "gb2312", "utf-8", "text/html; charset=utf-8"),
        (HANT, "big5", "x-nonsense", "text/html; charset=big5"),
    ],
)
def test_the_words_come_back_whatever_is_declared(words: str, codec: str, meta: str, header: str) -> None:
    assert words in decode(page(words, codec, meta), header).text


def test_a_latin_header_alone_does_not_make_chinese_latin() -> None:
    assert WORDS in decode(page(WORDS, "gb2312"), "text/html; charset=ISO-8859-1").text


@pytest.mark.parametrize("char", ["镕", "喆", "㐂", "€", "𠮷"])
def test_declared_gb2312_is_read_as_its_superset(char: str) -> None:
    assert char in decode(page(f"{WORDS}{char}", "gb18030", "gb2312")).text


def test_declared_big5_is_read_as_hong_kongs() -> None:
    assert "啫" in decode(page(HANT + "啫", "big5hkscs", "big5")).text


@pytest.mark.parametrize(
    ("mark", "codec"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_wins_and_is_no_text(mark: bytes, codec: str) -> None:
    read = decode(mark + page(WORDS, codec, "gb2312"), "text/html; charset=big5")
    assert WORDS in read.text and not read.text.startswith("\ufeff")


def test_plain_ascii_keeps_its_text() -> None:
    assert decode(b"<p>wages</p>").text == "<p>wages</p>"


def test_an_empty_body_is_empty_text() -> None:
    assert decode(b"").text == ""


def test_utf8_cut_in_the_middle_of_its_last_character_is_utf8() -> None:
    read = decode(page(WORDS, "utf-8", "gb2312").partition(b"</p>")[0][:-1])
    assert read.encoding == "utf-8" and WORDS[:-1] in read.text


def test_utf8_with_one_lost_byte_under_another_declaration_loses_one_character_only() -> None:
    body = page(WORDS * 5, "utf-8", "gb2312")
    at = body.index("学".encode()) + 1
    assert decode(body[:at] + body[at + 1 :]).text.count("职工大学") >= 4


def test_lost_bytes_are_counted_as_unknown() -> None:
    assert UNKNOWN in decode(page(WORDS, "gb2312", "gb2312").replace("学".encode("gbk"), b"\xff\xff")).text


def test_nul_is_seen_as_damage_and_not_lost() -> None:
    assert decode(b"<p>a\0b</p>").text == f"<p>a{UNKNOWN}b</p>"


def test_a_meta_far_behind_the_head_declares_nothing() -> None:
    assert declared(b" " * 5000 + b'<meta charset="big5">\xa4\xa4', "") == "gb18030"


@pytest.mark.parametrize(
    ("meta", "content_type", "codec"),
    [
        (b'<meta charset="big5">', "text/html; charset=gbk", "gb18030"),
        (b'<meta charset="big5">', "text/html; charset=latin-1", "big5hkscs"),
        (b"<META CHARSET=GBK>", "", "gb18030"),
        (b"<meta name=author>", "text/html; charset=iso-8859-1", "ascii"),
        (b"<meta name=author>\xd6", "text/html; charset=iso-8859-1", "gb18030"),
        (b"<meta name=author>\xd6", "text/html", "gb18030"),
    ],
)
def test_what_declares_the_codec(meta: bytes, content_type: str, codec: str) -> None:
    assert declared(meta, content_type) == codec


def test_the_word_charset_in_any_case_and_a_near_miss() -> None:
    assert CHARSET.search(b"<meta CharSet=gbk>")
    assert not CHARSET.search(b"<meta char-set=gbk>")


@pytest.mark.parametrize("name", NO_TEXT_CODECS)
def test_a_declared_codec_that_is_no_text_encoding_is_not_believed(name: str) -> None:
    assert WORDS in decode(page(WORDS, "gb2312", name)).text
    assert WORDS in decode(page(WORDS, "gb2312"), f"text/html; charset={name}").text


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape"])
def test_text_can_always_be_written_as_utf8(name: str) -> None:
    decode(b"<p>\\ud800\xd6\xd0</p>", f"text/html; charset={name}").text.encode("utf-8")


@given(
    body=st.binary(max_size=300),
    meta=st.sampled_from(META_CODECS),
    header=st.sampled_from(META_CODECS) | st.text(max_size=20),
)
def test_any_bytes_are_read(body: bytes, meta: str, header: str) -> None:
    read = decode(f'<meta charset="{meta}">'.encode() + body, f"text/html; charset={header}")
    assert "\0" not in read.text
    assert read == decode(f'<meta charset="{meta}">'.encode() + body, f"text/html; charset={header}")


@given(words=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30))
def test_any_han_text_survives_utf8_and_gbk(words: str) -> None:
    assert words in decode(page(words, "utf-8", "gb2312")).text
    assert words in decode(page(f"{WORDS}{words}", "gbk", "gb2312")).text


def test_gbk_and_gb18030_read_each_pair_of_bytes_to_the_same_character() -> None:
    known = 0
    for pair in (bytes((lead, trail)) for lead in range(0x80, 0x100) for trail in range(0x100)):
        with contextlib.suppress(UnicodeDecodeError):
            assert pair.decode("gbk") == pair.decode("gb18030")
            known += 1
    assert known > 20_000


def test_what_gbk_lacks_is_read_as_gb18030() -> None:
    words = WORDS + "㐂䶮𠮷"
    assert decode(page(words, "gb18030", "gb2312")).text == page(words, "utf-8", "gb2312").decode()
