"""The cheap test that spares nearly every page the rest."""

import re

from crawler.text.spam.tokens import ANY
from crawler.text.spam.words import HINTS

# One pass, for names with a separator behind and for pieces of betting and porn words. The set in front lets the engine
# skip other letters; what follows looks back at the letter it stopped at.
_ENDS = "县縣区區市旗"
HIT = re.compile(
    f"[{_ENDS}{''.join(sorted({hint[1] for hint in HINTS}))}]"
    rf"(?:(?<=[一-鿿][{_ENDS}])[{re.escape(ANY)}\s]|(?<={'|'.join(HINTS)}))"
)
NEAR = 36  # letters from the first hit of a crowd to the last


def crowded(text: str, crowd: int) -> bool:
    """Whether so many hits stand close together somewhere."""
    at = [match.start() for match in HIT.finditer(text + "\n")]
    return any(last - first <= NEAR for first, last in zip(at, at[crowd - 1 :], strict=False))
