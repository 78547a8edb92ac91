"""Signals of our own."""

#: An address that could not be had. Sent with `url`, `reason`, `what` ("listing" or "article") and `refused` (bool).
missing = object()
