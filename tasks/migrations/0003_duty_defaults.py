"""The duties the system starts with: the quotas of 禄街发〔2024〕18号."""

from typing import Any

from django.db import migrations

from tasks.duties.defaults import seed


def forwards(apps: Any, schema_editor: Any) -> None:
    """Seed them."""
    seed(apps.get_model("tasks", "Duty"))


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_duties")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
