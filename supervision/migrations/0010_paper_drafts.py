import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0009_unit_rule_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="文书")),
                ("record_id", models.BigIntegerField(verbose_name="记录")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(max_length=4000, verbose_name="正文")),
                ("edited_at", models.DateTimeField(default=common.clock.now, verbose_name="修改时间")),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="修改人",
                    ),
                ),
            ],
            options={"verbose_name": "文书草稿", "verbose_name_plural": "文书草稿", "ordering": ("pk",)},
        ),
        migrations.AddConstraint(
            "paperdraft", models.UniqueConstraint(fields=["kind", "record_id"], name="paper_drafted_once")
        ),
    ]
