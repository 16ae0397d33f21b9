"""What the steps and firings stored so far draft and whom they tell, by their codes."""

from typing import Any

from django.db import migrations

from supervision.ladder_defaults import DOCUMENTS, fill


def forwards(apps: Any, schema_editor: Any) -> None:
    """Fill both tables. What fired is append-only; the guard steps aside for this one statement of the schema's own."""
    fill(apps.get_model("supervision", "LadderStep"))
    firings = apps.get_model("supervision", "LadderFiring")
    table = schema_editor.quote_name(firings._meta.db_table)
    schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for code, document in DOCUMENTS.items():
        firings.objects.filter(code=code, document="").update(document=document)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending when the table is altered
    schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_ladder_in_depth")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
