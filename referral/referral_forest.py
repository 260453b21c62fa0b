"""Who stands above whom in the forest of referrals: the one place where SQL is written by hand."""

from uuid import UUID

from django.db import connection

from referral.models import Referral

# Any number will do that no other advisory lock of this database uses.
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
    """Until the transaction ends, no other that might close a loop looks or writes.

    On SQLite a write transaction has the whole database to itself already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOREST_LOCK])


def is_above(upper_id: UUID, lower_id: UUID) -> bool:
    """Whether a user invited another, directly or through others, by what is committed at this moment."""
    key = Referral._meta.pk
    parameters = [key.get_db_prep_value(id_, connection) for id_ in (lower_id, upper_id)]
    with connection.cursor() as cursor:
        cursor.execute(ABOVE.format(table=Referral._meta.db_table), parameters)
        return cursor.fetchone() is not None
