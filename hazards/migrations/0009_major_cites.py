"""Every confirmed 重大 cites a criterion: those that stood on a written reason cite the clause for all sectors."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from hazards import criteria

CITES = ~Q(level="major") | Q(criterion__isnull=False) | Q(confirmed_at=None) | Q(channel="import", state="closed")


def cite(apps: Any, schema_editor: Any) -> None:
    """Load the clause and give it to the rows the constraint would refuse."""
    standards, items, hazards = (
        apps.get_model("hazards", name) for name in ("CriterionStandard", "CriterionItem", "Hazard")
    )
    criteria.load(standard_model=standards, item_model=items)
    clause = items.objects.get(standard__code=criteria.GENERAL, standard__version=1)
    hazards.objects.exclude(CITES).update(criterion=clause)


class Migration(migrations.Migration):
    """The citations stay on reversal."""

    dependencies = [("hazards", "0008_extension_climbs")]
    operations = [
        migrations.RunPython(cite, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),  # else the table cannot be altered
        migrations.RemoveConstraint("hazard", "hazard_major_has_ground"),
        migrations.AddConstraint("hazard", models.CheckConstraint(condition=CITES, name="hazard_major_cites")),
    ]
