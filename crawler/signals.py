"""Signals of our own."""

#: An address that could not be had. Sent with `what` ("listing", "sitemap" or "article"), `url`, `reason`, `refused`
#: (by the site, or its robots.txt), `stopped` (the host is asked no more), `number` (of the ledger's page, 0: none).
missing = object()
#: A web archive has no capture of a page. Sent with `number` (of the page in the ledger).
uncaptured = object()
#: A listing page was had. Sent with `response`, `said` (`crawler.walk.Reading`, None where it is unchanged), `sweep`.
listing_read = object()
#: A sitemap or feed was had. Sent with `response`, `reader` (whose next reading would find the same).
sitemap_read = object()
#: A callback raised. Sent with `work` and `error`.
broken = object()
#: Nothing of a page is under way any more. Sent with `work`.
settled = object()
#: The ledger could not be read or written. Sent with `error`.
ledger_failed = object()
#: A host is asked no more. Sent with `host` (name and port), `reason`, and `refused` (False: it does not answer).
host_stopped = object()
#: The run's manifest is written. Sent with `manifest` and `finished` (the moment).
run_ended = object()
