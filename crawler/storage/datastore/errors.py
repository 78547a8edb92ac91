"""What goes wrong with a datastore, in one line."""

from __future__ import annotations


class DatastoreError(Exception):
    """The datastore cannot be used; the message is one line."""


class WrongTarget(DatastoreError):
    """What was named is no place for a datastore: another's database, a folder, one whose package is not installed."""


def told(error: Exception) -> str:
    """An error on one line, without the statement; of a file what is wrong and with which."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]
