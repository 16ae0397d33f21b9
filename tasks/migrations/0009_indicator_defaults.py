"""“1达标、7个100%” and the phased goals."""

from typing import Any

from django.db import migrations

from tasks.indicators.defaults import seed


def forwards(apps: Any, schema_editor: Any) -> None:
    """Seed them."""
    seed(apps.get_model("tasks", "Indicator"))


class Migration(migrations.Migration):
    dependencies = [("tasks", "0008_indicators")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
