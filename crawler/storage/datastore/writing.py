"""Rows into tables, the fast way of each database: SQLite's prepared statements, PostgreSQL's COPY.

Rows are tuples in the order of a table's columns, of text, numbers, truth values and None: dates are ISO, JSON is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import quoted_name

from crawler.storage.datastore.rows import Row


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put in rows whose keys are new."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table), list(rows))
    else:
        _copy(connection, table.name, table, rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put in rows, over those that have their keys. No key may be there twice."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"{_insert(table)} {_conflict(table)}", list(rows))
        return
    waiting = f"new_{table.name}"
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {waiting} (LIKE {_name(table.name)}) ON COMMIT DELETE ROWS"
    )
    _copy(connection, waiting, table, rows)
    columns = ", ".join(map(_name, table.columns.keys()))
    connection.exec_driver_sql(
        f"INSERT INTO {_name(table.name)} ({columns}) SELECT {columns} FROM {waiting} {_conflict(table)}"
    )
    connection.exec_driver_sql(f"DELETE FROM {waiting}")


def _copy(connection: Connection, name: str, table: Table, rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {_name(name)} ({', '.join(map(_name, table.columns.keys()))}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from None  # as SQLAlchemy has the errors of its own statements


@cache
def _insert(table: Table) -> str:
    columns = ", ".join(map(_name, table.columns.keys()))
    return f"INSERT INTO {_name(table.name)} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"


@cache
def _conflict(table: Table) -> str:
    keys = ", ".join(_name(column.name) for column in table.primary_key)
    values = ", ".join(
        f"{_name(column.name)} = excluded.{_name(column.name)}" for column in table.columns if not column.primary_key
    )
    return f"ON CONFLICT ({keys}) DO UPDATE SET {values}"


_preparer = sqlite.dialect().identifier_preparer


def _name(name: str) -> str:
    """A name in double quotes, which both databases take."""
    return str(_preparer.quote(quoted_name(name, quote=True)))
