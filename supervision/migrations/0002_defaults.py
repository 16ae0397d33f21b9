"""The ladders of hazards and tasks and the monthly rules for units the system starts with."""

from typing import Any

from django.db import migrations

from supervision import ladder_defaults, unit_rules


def create(apps: Any, schema_editor: Any) -> None:
    """Seed them; what is there already stays."""
    policies, steps = (apps.get_model("supervision", name) for name in ("LadderPolicy", "LadderStep"))
    ladder_defaults.seed(policies, steps)
    ladder_defaults.seed_tasks(policies, steps)
    unit_rules.seed(apps.get_model("supervision", "UnitRule"))


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_tables")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
