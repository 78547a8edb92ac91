"""Press-conference archive: a Scrapy crawler for transcripts (文字實錄)."""

__version__ = "0.1.0"
