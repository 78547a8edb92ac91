"""The data file."""

from crawler.text.restore import lexicon


def test_it_is_at_most_a_megabyte():
    assert lexicon.LEXICON.stat().st_size <= 1_000_000


def test_licences_are_named():
    text = lexicon.LEXICON.with_name("LICENSES.md").read_text("utf-8")
    for name in ("jieba", "OpenCC", "pypinyin", "MIT", "Apache"):
        assert name in text


def test_characters():
    known = lexicon.characters()
    assert known.simplified["會"] == "会"
    assert known.reads("會", "huì")
    assert known.reads("們", "men")
    assert not known.reads("會", "yì")
    assert not known.reads("人", "rén")
    assert "会" in known.simplified_only


def test_words():
    words = lexicon.words()
    assert words.score["新闻"] > words.score["新闻纸"]
    assert len(words.score) == len(words.part)
    assert all(len(row) == len(words.follow) for row in words.follow)
