"""The day counts the system starts with, as rows that staff can change."""

from django.db import migrations

from common.limit_defaults import DEFAULTS, FROM_THE_BEGINNING


def seed(apps, schema_editor):
    """Add one row for every default that has none."""
    apps.get_model("common", "TimeLimit").objects.bulk_create(
        [_row(apps.get_model("common", "TimeLimit"), default) for default in DEFAULTS], ignore_conflicts=True
    )


def _row(model, default):
    return model(
        key=default.key,
        value=default.value,
        unit=default.unit,
        basis=default.basis,
        note=default.label,
        effective_from=FROM_THE_BEGINNING,
        set_by="系统初始值",
    )


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
