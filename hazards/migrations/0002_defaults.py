"""The criteria library every installation starts with (version 1)."""

from typing import Any

from django.db import migrations

from hazards import criteria


def create(apps: Any, schema_editor: Any) -> None:
    """Load it."""
    models = (apps.get_model("hazards", name) for name in ("CriterionStandard", "CriterionItem"))
    standard_model, item_model = models
    criteria.load(standard_model=standard_model, item_model=item_model)


class Migration(migrations.Migration):
    """Idempotent; kept on reversal, because hazards cite items."""

    dependencies = [("hazards", "0001_tables")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
