"""The monthly rules for units the system starts with."""

from typing import Any

from django.db import migrations

from supervision.unit_rules import seed


def forwards(apps: Any, schema_editor: Any) -> None:
    """Seed them."""
    seed(apps.get_model("supervision", "UnitRule"))


class Migration(migrations.Migration):
    dependencies = [("supervision", "0008_unit_rules")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
