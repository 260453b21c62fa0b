from django.db import migrations, models
from django.db.models import F, Q

import referral.models.fields


class Migration(migrations.Migration):
    """Renames fields only. The columns keep their names, so the tables do not change."""

    dependencies = [("referral", "0005_referral_void")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("phonesignin", "phonesignin_code_all_or_nothing"),
                migrations.RemoveConstraint("phonesignin", "phonesignin_attempts_are_failures"),
                migrations.RenameField("phonesignin", "code_attempts", "code_wrong_guesses"),
                migrations.AlterField(
                    "phonesignin",
                    "code_wrong_guesses",
                    models.PositiveSmallIntegerField(db_column="code_attempts", db_default=0, default=0),
                ),
                migrations.RenameField("phonesignin", "failures", "wrong_guesses"),
                migrations.AlterField(
                    "phonesignin",
                    "wrong_guesses",
                    referral.models.fields.InstantsField(db_column="failures", db_default=[], default=list),
                ),
                migrations.RenameField("phonesignin", "consecutive_failures", "consecutive_wrong_guesses"),
                migrations.AlterField(
                    "phonesignin",
                    "consecutive_wrong_guesses",
                    models.PositiveIntegerField(db_column="consecutive_failures", db_default=0, default=0),
                ),
                migrations.AddConstraint(
                    "phonesignin",
                    models.CheckConstraint(
                        name="phonesignin_code_all_or_nothing",
                        condition=Q(
                            code_mac__isnull=True,
                            code_salt__isnull=True,
                            code_length__isnull=True,
                            code_expires_at__isnull=True,
                            code_wrong_guesses=0,
                        )
                        | Q(
                            code_mac__isnull=False,
                            code_salt__isnull=False,
                            code_length__isnull=False,
                            code_expires_at__isnull=False,
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    "phonesignin",
                    models.CheckConstraint(
                        name="phonesignin_attempts_are_failures",
                        condition=Q(code_wrong_guesses__lte=F("consecutive_wrong_guesses")),
                    ),
                ),
                migrations.RenameField("serviceday", "failures", "wrong_guesses"),
                migrations.AlterField(
                    "serviceday",
                    "wrong_guesses",
                    models.PositiveIntegerField(db_column="failures", db_default=0, default=0),
                ),
            ]
        )
    ]
