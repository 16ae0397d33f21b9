from django.db import migrations

from common.db import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_defaults")]
    operations = [AppendOnly("supervision_listingbatchevent")]
