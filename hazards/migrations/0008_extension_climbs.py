from django.db import migrations, models


def set_climb(apps, schema_editor):
    """Requests that wait already climb when their limit has passed."""
    pending = apps.get_model("hazards", "Extension").objects.filter(state="pending")
    pending.update(climb_at=models.F("decide_by"))


class Migration(migrations.Migration):
    dependencies = [("hazards", "0007_campaign_marks")]

    operations = [
        migrations.AddField(
            "extension",
            "decider",
            models.CharField(
                blank=True,
                choices=[("", "监管部门或安委办"), ("head", "安委办负责人"), ("leader", "街道领导")],
                default="",
                max_length=8,
                verbose_name="现由谁审批",
            ),
        ),
        migrations.AddField("extension", "climb_at", models.DateTimeField(null=True, verbose_name="逾期上报时间")),
        migrations.RunPython(set_climb, migrations.RunPython.noop, elidable=True),
    ]
