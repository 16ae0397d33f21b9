"""The checklists every installation starts with."""

from typing import Any

from django.db import migrations

from inspections import checklists


def create(apps: Any, schema_editor: Any) -> None:
    """Load them."""
    models = (
        *(apps.get_model("inspections", name) for name in ("Checklist", "ChecklistVersion", "ChecklistItem")),
        apps.get_model("hazards", "CriterionItem"),
    )
    checklists.load(tables=checklists.Tables(*models))


class Migration(migrations.Migration):
    """Idempotent; kept on reversal, because visits cite items."""

    dependencies = [("inspections", "0001_tables"), ("hazards", "0002_defaults")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
