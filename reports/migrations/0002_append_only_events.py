"""Nobody can quietly change the past: the event log of notices refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

from common.db import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [AppendOnly("reports_noticeevent")]
