"""The project's download handler: asks when the host's turn has come, guarded, and archives before anybody reads."""

from crawler.archiving import Archive
from crawler.politeness.gate import Gate
from crawler.resolving import Guarded


class Wire(Gate, Archive, Guarded):
    """`Gate` first: the archive's moment of a request is that of its sending, not of its waiting."""
