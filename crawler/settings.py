"""What differs from Scrapy's defaults, each with its reason."""

import gc
import logging

import crawler.interrupts  # noqa: F401  (before what takes long to load)

# What is loaded stays to the end, and a page leaves thousands of objects that its own end frees: the collector need not
# look at either again and again, an eighth of a start. Peak memory stays as it is.
gc.set_threshold(20_000, 10, 10)

import sys  # noqa: E402
from collections.abc import Mapping  # noqa: E402

# Then, and from here: where Scrapy defines a deprecated class, it looks through all modules for each frame of whoever
# imports it, which from deep within our own imports takes a sixth of a second.
import scrapy.core.downloader.contextfactory  # noqa: E402, F401
from scrapy.settings import default_settings  # noqa: E402

from crawler import __version__  # noqa: E402
from crawler.commands import commands_module  # noqa: E402
from crawler.logformatter import VisibleRecord, without_disk_traceback, worth_saying  # noqa: E402
from crawler.pipelines import ORDER  # noqa: E402

BOT_NAME = "press-conference-archive"
SPIDER_MODULES = ["crawler.spiders"]
# Scrapy's stops every command at a mistake in any hall's file.
SPIDER_LOADER_CLASS = "crawler.halls.Halls"
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = commands_module(sys.argv[1:])

# Ours. CONTACT must be set for a live site: its owner must be able to write to whoever crawls it.
OUTPUT_DIR = "output"
ALLOW_PRIVATE_ADDRESSES = False
CONTACT = ""
USER_AGENT = f"{BOT_NAME}/{__version__}"
# A datastore that the crawl feeds as it goes, as `scrapy load` names it.
LOAD_INTO = ""
# A text file with the run's figures, for Prometheus' node exporter.
METRICS_FILE = ""
# Every response goes into warc/*.warc.gz as it was received.
ARCHIVE = True

# The frontier and the memory. LEDGER names another database than ledger.sqlite in the hall's folder.
SCHEDULER = "crawler.frontier.Frontier"
LEDGER = ""
# Days: behind which the listing's head is not looked at for conferences that were put in with an older date; after
# which the whole listing is walked again; before which a page is never asked again.
LOOK_BACK_DAYS = 30
SWEEP_DAYS = 7
RECHECK_DAYS = 1

ITEM_PIPELINES = {stage: 100 * place for place, stage in enumerate(ORDER, 1)}
EXTENSIONS: dict[str, int | None] = {
    "crawler.extensions.dropped.DroppedItems": 100,
    # Behind the files, whose lines it speaks of.
    "crawler.extensions.bookkeeping.Bookkeeping": 150,
    "crawler.extensions.loading.Loading": 160,
    "crawler.extensions.verdict.Verdict": 200,
    "crawler.extensions.progress.Progress": 300,
    "crawler.extensions.metrics.Metrics": 400,
    # JOBDIR is not used: the ledger is the memory, and no file of a run is a pickle.
    "scrapy.extensions.spiderstate.SpiderState": None,
    # Progress says it better, and a run has one summary.
    "scrapy.extensions.logstats.LogStats": None,
    # Never on, see below.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}

# Politeness: robots.txt is obeyed, one request at a time to a host, with the site's own delay between (HallSpider).
ROBOTSTXT_OBEY = True
# The product token alone: in the whole user agent a group that is named like a word of the contact would match.
ROBOTSTXT_USER_AGENT = BOT_NAME
# Seconds: back-off doubles from the first to the most; a host that asks for a longer wait is asked no more.
BACKOFF_FIRST = 1
BACKOFF_MOST = 300
RETRY_AFTER_MOST = 3600
CRAWL_DELAY_MOST = 3600
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# What waits in the downloader is fetched before a crawl that is told to stop ends: at most one page.
CONCURRENT_REQUESTS = 1
# A delay that varies between half and one and a half of Crawl-delay would break it half of the time.
DOWNLOAD_DELAY_JITTER = 0

# Scrapy starts as many tasks for each response as items may be in work, and reads the callback's source to warn of
# a mistake that a generator cannot show here: together a fifth of a crawl's time.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    # Scrapy's own detects the charset of every compressed page from its compressed bytes.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.downloading.Decompress": 590,
    # Links are looked at by the spider; redirects must end somewhere.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.downloading.OwnHosts": 50,
    # And decodes every page to look for a meta element.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.downloading.Refresh": 580,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    # Off, see below.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    # It keeps answers of the network as pickles.
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    # Writes out each request and the head of each response again to count their bytes; the Gate counts what it asks.
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    # Scrapy lets pages through where robots.txt fails, and reads Crawl-delay without keeping it.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.robots.Robots": 100,
    # Challenge pages: behind decompression, before a meta refresh in one is followed.
    "crawler.politeness.guard.Guard": 585,
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    # Every answer is an answer: a 404 is an article that is gone, not an error to swallow.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    # A link of more than 2,083 characters would vanish without a word.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    # Marks what `start()` yields, which is asked out of the ledger like all else; a layer of generators for each page.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
}


def _on(components: Mapping[str, int | None], ours: Mapping[str, int | None]) -> dict[str, int | None]:
    """Those that are not switched off here."""
    return {name: place for name, place in components.items() if ours.get(name, place) is not None}


# Scrapy imports what is switched off as well, a shell, two HTTP servers and a client among it: a tenth of a start.
EXTENSIONS_BASE = _on(default_settings.EXTENSIONS_BASE, EXTENSIONS)
DOWNLOADER_MIDDLEWARES_BASE = _on(default_settings.DOWNLOADER_MIDDLEWARES_BASE, DOWNLOADER_MIDDLEWARES)
SPIDER_MIDDLEWARES_BASE = _on(default_settings.SPIDER_MIDDLEWARES_BASE, SPIDER_MIDDLEWARES)
EXTENSIONS = _on(EXTENSIONS, EXTENSIONS)
DOWNLOADER_MIDDLEWARES = _on(DOWNLOADER_MIDDLEWARES, DOWNLOADER_MIDDLEWARES)
SPIDER_MIDDLEWARES = _on(SPIDER_MIDDLEWARES, SPIDER_MIDDLEWARES)

# Bytes as received, and what they come to decompressed (Scrapy knows one limit for both).
DOWNLOAD_MAXSIZE = 20_000_000
DECOMPRESSED_MAXSIZE = 100_000_000
DOWNLOAD_WARNSIZE = 5_000_000
# Off: code from a loopback port, state that a site sets, hosts that no hall has.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
COOKIES_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.wire.Wire",
    "https": "crawler.wire.Wire",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# A hall's `Site(verified=False)` takes its certificates as they come.
DOWNLOAD_VERIFY_CERTIFICATES = True
# No page leads into a private network, whatever its names and redirects say.
TWISTED_DNS_RESOLVER = "crawler.resolving.PublicOnly"
# A proxy looks names up itself, behind our guard: the environment's is used only where that is asked for.
HTTPPROXY_ENABLED = False

# What a page or a header says is in many lines, Scrapy's own among them: they are made safe where they are made.
logging.setLogRecordFactory(VisibleRecord)
# One line for each event, never an item's text; Scrapy's own chatter only with -L DEBUG.
LOG_FORMATTER = "crawler.logformatter.OneLine"
LOG_LEVEL = "INFO"
# rich draws the progress line; a root handler of its own would tear it.
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_DATEFORMAT = "%H:%M:%S"
STATS_DUMP = False
STATS_CLASS = "crawler.engine.Stats"

# Scrapy's lists of its versions, middlewares and settings are for Scrapy's developers. A filter, since Scrapy's own
# logging configuration resets levels.
for _chatter in ("scrapy.utils.log", "scrapy.middleware", "scrapy.addons", "scrapy.crawler", "scrapy.core.engine"):
    logging.getLogger(_chatter).addFilter(worth_saying)
# A full disk is logged with a traceback.
logging.getLogger("scrapy.core.scraper").addFilter(without_disk_traceback)
