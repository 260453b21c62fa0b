from typing import Any

from django.db import migrations, models


def add_decoys(apps: Any, schema_editor: Any) -> None:
    """Add the rows that stand for numbers without one.

    `was_invitee` keeps `purge_expired` from deleting them, also that of the version before.
    """
    rows = apps.get_model("referral", "PhoneSignIn").objects.using(schema_editor.connection.alias)
    decoys = [rows.model(phone_hash=f"{each:064}", was_invitee=True) for each in range(1024)]
    rows.bulk_create(decoys, ignore_conflicts=True)


class Migration(migrations.Migration):
    """The columns have database defaults, so the version before can go on writing."""

    dependencies = [("referral", "0006_rename_wrong_guesses")]

    operations = [
        migrations.AddField("serviceday", "hour", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("serviceday", "hour_sends", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.RunPython(add_decoys, migrations.RunPython.noop),
    ]
