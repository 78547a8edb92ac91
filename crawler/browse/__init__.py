"""The archive as a web site on this machine: `scrapy browse`."""
