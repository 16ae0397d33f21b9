"""Nobody can quietly change the past: the event log of hazards refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

from common.db import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("hazards", "0002_criteria")]

    operations = [AppendOnly("hazards_hazardevent")]
