"""The ladder policies the system starts with."""

from typing import Any

from django.db import migrations

from supervision.ladder_defaults import seed


def forwards(apps: Any, schema_editor: Any) -> None:
    """Seed them."""
    seed(apps.get_model("supervision", "LadderPolicy"), apps.get_model("supervision", "LadderStep"))


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
