from django.db import migrations

from common.db import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_defaults")]
    operations = [AppendOnly("inspections_hazardousworkevent")]
