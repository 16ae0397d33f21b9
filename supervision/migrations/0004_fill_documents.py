"""What the steps and firings stored so far draft and whom they tell, by their codes."""

from typing import Any

from django.db import migrations

from supervision.ladder_defaults import DOCUMENTS, fill


def forwards(apps: Any, schema_editor: Any) -> None:
    """Fill both tables."""
    fill(apps.get_model("supervision", "LadderStep"))
    firings = apps.get_model("supervision", "LadderFiring")
    for code, document in DOCUMENTS.items():
        firings.objects.filter(code=code, document="").update(document=document)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_ladder_in_depth")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
