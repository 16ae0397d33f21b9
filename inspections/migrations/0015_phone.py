"""A visit of a campaign; when a self-check signed without signal arrived, and how far the phone's clock was off."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

import common.clock


def received_when_filed(apps, schema_editor):
    """Until now every check was filed on line."""
    apps.get_model("inspections", "SelfCheck").objects.update(received_at=F("filed_at"))


class Migration(migrations.Migration):
    dependencies = [("inspections", "0014_watched_enterprises")]

    operations = [
        migrations.AddField(
            model_name="inspection",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="inspections.campaign",
                verbose_name="专项整治",
            ),
        ),
        migrations.AddField(
            model_name="selfcheck",
            name="received_at",
            field=models.DateTimeField(default=common.clock.now, verbose_name="服务器收到时间"),
        ),
        migrations.AddField(
            model_name="selfcheck",
            name="clock_skew",
            field=models.IntegerField(default=0, verbose_name="手机时钟偏差（秒）"),
        ),
        migrations.RunPython(received_when_filed, migrations.RunPython.noop),
    ]
