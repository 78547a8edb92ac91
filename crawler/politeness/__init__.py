"""What a host asks for is done: robots.txt and its Crawl-delay, Retry-After, back-off, and an end where it says no.

`Pauses` knows when a host may be asked again; a scheduler holds a host's requests back while `wait(host)` is above 0.
`Gate`, the download handler, holds back whatever comes all the same. `Robots` and `Guard` are middlewares.
"""

from crawler.politeness.hosts import Closing, HostStopped, host_of, pauses_of, stop_host
from crawler.politeness.pauses import Pauses

__all__ = ["Closing", "HostStopped", "Pauses", "host_of", "pauses_of", "stop_host"]
