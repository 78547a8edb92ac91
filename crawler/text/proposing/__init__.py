"""What a new hall may be, from its listing and some of its pages: bytes in, a proposal out."""

from .hall import Listed, propose_hall, propose_listing, to_fetch
from .value import NoHall, Proposal, Told
from .writing import docs_page, fixture, site_file

__all__ = [
    "Listed",
    "NoHall",
    "Proposal",
    "Told",
    "docs_page",
    "fixture",
    "propose_hall",
    "propose_listing",
    "site_file",
    "to_fetch",
]
