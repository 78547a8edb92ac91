"""Small halls of other forms: each of a dozen conferences in the looks and labels of that hall's eras."""

from __future__ import annotations

from .form import Form
from .mfa import MFA
from .ministries import CSRC, GOVCN, MOD, MOFCOM
from .people import PEOPLE
from .scio import SCIO
from .small import SmallHall

FORMS: dict[str, Form] = {form.site: form for form in (MFA, SCIO, GOVCN, MOD, MOFCOM, CSRC, PEOPLE)}

__all__ = ["FORMS", "Form", "SmallHall", "build_small"]


def build_small(site: str, size: int = 12) -> SmallHall:
    """The hall of a form, by its site's name; nothing is rendered before it is asked for."""
    return SmallHall(FORMS[site], size)
