import django.db.models.deletion
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("hazards", "0006_trend_indexes"),
        ("units", "0002_sectors"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("is_running", models.BooleanField(default=True, verbose_name="进行中")),
                (
                    "created_at",
                    models.DateTimeField(default=common.clock.now, editable=False, verbose_name="建立时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="牵头单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项标记",
                "verbose_name_plural": "专项标记",
                "ordering": ("-is_running", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "title"), name="campaignmark_title_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="hazard",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hazards",
                to="hazards.campaignmark",
                verbose_name="专项整治",
            ),
        ),
    ]
