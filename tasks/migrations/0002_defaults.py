"""The duties and indicators the system starts with: the quotas and phased goals of 禄街发〔2024〕18号."""

from typing import Any

from django.db import migrations

from tasks.duties import defaults as duties
from tasks.indicators import defaults as indicators


def create(apps: Any, schema_editor: Any) -> None:
    """Seed them; what is there already stays."""
    duties.seed(apps.get_model("tasks", "Duty"))
    indicators.seed(apps.get_model("tasks", "Indicator"))


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_tables")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
