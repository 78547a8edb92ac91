"""An older database brought up to date: what its tables lack is added, and nothing is taken away."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, Table, inspect
from sqlalchemy.schema import CreateColumn


def upgrade(connection: Connection, metadata: MetaData) -> list[str]:
    """Add the tables, nullable columns and indexes that a database lacks; what was added, `table.column`."""
    metadata.create_all(connection)
    return [f"{table.name}.{name}" for table in metadata.sorted_tables for name in _upgrade(connection, table)]


def _upgrade(connection: Connection, table: Table) -> list[str]:
    found = {column["name"] for column in inspect(connection).get_columns(table.name)}
    added = [column for column in table.columns if column.name not in found]
    quote = connection.dialect.identifier_preparer.format_table
    for column in added:
        new = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} ADD COLUMN {new}")
    for index in table.indexes:
        index.create(connection, checkfirst=True)
    return [column.name for column in added]
