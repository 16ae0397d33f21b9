"""The 行业领域 every installation starts with."""

from typing import Any

from django.db import migrations

from units.seed import seed_sectors


def create(apps: Any, schema_editor: Any) -> None:
    """Store the list."""
    seed_sectors(apps.get_model("units", "Sector"))


class Migration(migrations.Migration):
    """Idempotent; kept on reversal, because records refer to sectors."""

    dependencies = [("units", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
