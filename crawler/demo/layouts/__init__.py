"""One small function per look of the site."""

from __future__ import annotations

from collections.abc import Callable

from .old import cpc, cpc_d2, cpc_show, old
from .recent import mid, recent, recent_new
from .sheet import CRUMBS, Sheet
from .special import health, picture, plain

LAYOUTS: dict[str, Callable[[Sheet], str]] = {
    "old": old,
    "cpc": cpc,
    "cpc_show": cpc_show,
    "cpc_d2": cpc_d2,
    "mid": mid,
    "recent": recent,
    "recent_new": recent_new,
    "health": health,
    "picture": picture,
    "plain": plain,
}

__all__ = ["CRUMBS", "LAYOUTS", "Sheet", "has_breadcrumbs"]


def has_breadcrumbs(layout: str) -> bool:
    """Whether the look shows where the page stands."""
    return layout != "plain"
