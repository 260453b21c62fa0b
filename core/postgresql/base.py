"""Django's PostgreSQL backend, with a pool of our own."""

import os
from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from django.db.backends.postgresql import base

from core.postgresql.connection import Connection
from core.postgresql.pool import Pool

_pools: dict[tuple[str, Any], Pool] = {}
os.register_at_fork(after_in_child=_pools.clear)  # two processes must not share a connection


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection. The name is the one that Django imports from a backend.

    Django's own pools need psycopg 3; psycopg2 can use the same hooks. They are not documented, and
    tests/test_base.py fails where an upgrade moves one:

    - `pool`: asked for `open()` and `getconn()` when a connection is needed;
    - `_pool` of a connection: asked for `putconn()` when Django closes it, which it does after each request;
    - `close_if_health_check_failed()`: called before each statement;
    - `close_pool()`: called before a test database is dropped, and when the time zone changes;
    - `_configure_connection()`: the session's time zone and role, once a connection;
    - `NO_DB_ALIAS`: connections that create and drop databases, which no pool should keep.
    """

    # Skip PostgreSQL's override: it gets the pool before every statement, and then does nothing.
    close_if_health_check_failed = BaseDatabaseWrapper.close_if_health_check_failed

    @property
    def pool(self) -> Pool | None:
        """The pool of this process for this alias and database. A test database has another name."""
        if self.alias == NO_DB_ALIAS:
            return None
        key = self.alias, self.settings_dict["NAME"]
        return _pools.get(key) or _pools.setdefault(key, self._new_pool())

    def close_pool(self) -> None:
        """Close the pool, if there is one."""
        if pool := _pools.pop((self.alias, self.settings_dict["NAME"]), None):
            pool.close()

    def _new_pool(self) -> Pool:
        from core.postgresql import gauges  # noqa: PLC0415, first imported by CoreConfig, which sets one

        options = self.settings_dict["POOL_OPTIONS"]
        return Pool(
            self.copy()._open,  # a copy, or the pool would keep this one and its connection alive
            size=options["POOL_SIZE"],
            timeout=options["TIMEOUT"],
            opened=gauges.OPEN,
            in_use=gauges.IN_USE,
        )

    def _open(self) -> Connection:
        connection: Connection = self.Database.connect(
            **self.get_connection_params(), connection_factory=Connection
        )
        try:
            connection.autocommit = True
            self._configure_connection(connection)  # type: ignore[attr-defined]  # not in the stubs
        except BaseException:
            connection.close()
            raise
        return connection
