"""Loop detection: referrals must stay a forest."""

from uuid import UUID

from django.db import connection

from referral.models import Referral

# The key of a PostgreSQL advisory lock: arbitrary, but unique in this database.
FOREST_LOCK = 7_301_946

ABOVE = """
WITH RECURSIVE above (id) AS (
    SELECT inviter_id FROM {table} WHERE invitee_id = %s
    UNION
    SELECT referral.inviter_id FROM {table} AS referral JOIN above ON referral.invitee_id = above.id
)
SELECT 1 FROM above WHERE id = %s
"""


def lock_forest() -> None:
    """Until the transaction ends, block other transactions that might close a loop.

    SQLite needs no lock: a write transaction locks the whole database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOREST_LOCK])


def is_above(upper_id: UUID, lower_id: UUID) -> bool:
    """Whether the upper user invited the lower one, directly or through others, as committed now."""
    key = Referral._meta.pk
    parameters = [key.get_db_prep_value(id_, connection) for id_ in (lower_id, upper_id)]
    with connection.cursor() as cursor:
        cursor.execute(ABOVE.format(table=Referral._meta.db_table), parameters)
        return cursor.fetchone() is not None
