"""The project's download handler: asks when the host's turn has come, and archives before anybody reads."""

from crawler.archiving import Archive
from crawler.politeness.gate import Gate


class Wire(Gate, Archive):
    """`Gate` first: the archive's moment of a request is that of its sending, not of its waiting."""
