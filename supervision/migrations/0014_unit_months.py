import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.db import AppendOnly

CODES = [
    ("low", "按期整改率偏低"),
    ("poor", "按期整改率低或连续偏低"),
    ("last", "按期整改率低且排名末位"),
    ("false", "虚假整改查实"),
]


def unit(verbose_name, related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="units.unit",
        verbose_name=verbose_name,
    )


class Migration(migrations.Migration):
    """The month of a unit as a record that climbs; what fired gets room for what every firing has."""

    dependencies = [
        ("supervision", "0013_letter_facts"),
        ("units", "0002_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", unit("单位", "months")),
                ("office", unit("安委办", "+")),
                ("month", models.DateField(verbose_name="月份")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "group",
                    models.CharField(
                        choices=[("unit", "责任单位"), ("department", "监管部门")],
                        max_length=10,
                        verbose_name="比较范围",
                    ),
                ),
                ("fell_due", models.PositiveIntegerField(verbose_name="到期隐患")),
                ("on_time", models.PositiveIntegerField(verbose_name="按期整改")),
                ("fell_due_before", models.PositiveIntegerField(default=0, verbose_name="上月到期")),
                ("on_time_before", models.PositiveIntegerField(default=0, verbose_name="上月按期")),
                ("false", models.PositiveIntegerField(default=0, verbose_name="虚假整改")),
                ("due_at", models.DateTimeField(verbose_name="月末")),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("deadline_no", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("next_step_at", models.DateTimeField(editable=False, null=True, verbose_name="阶梯下次检查")),
                (
                    "ladder_step",
                    models.CharField(blank=True, choices=CODES, editable=False, max_length=12, verbose_name="触发规则"),
                ),
                ("opened_at", models.DateTimeField(default=common.clock.now, verbose_name="建立时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "单位月度情况",
                "verbose_name_plural": "单位月度情况",
                "ordering": ("-month", "unit"),
                "constraints": [models.UniqueConstraint(fields=("unit", "month"), name="unit_month_once")],
                "indexes": [
                    models.Index(fields=["office", "month"], name="unit_month_office"),
                    models.Index(
                        condition=models.Q(("next_step_at__isnull", False)),
                        fields=["next_step_at"],
                        name="unit_month_next_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitMonthEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("action", models.CharField(max_length=30, verbose_name="动作")),
                ("label", models.CharField(max_length=40, verbose_name="名称")),
                ("source", models.CharField(blank=True, max_length=12, verbose_name="原状态")),
                ("target", models.CharField(blank=True, max_length=12, verbose_name="新状态")),
                ("actor_name", models.CharField(max_length=60, verbose_name="办理人姓名")),
                ("actor_hat", models.CharField(blank=True, max_length=160, verbose_name="办理身份")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("data", models.JSONField(default=dict, verbose_name="内容")),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "unitmonth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.unitmonth"
                    ),
                ),
            ],
            options={
                "verbose_name": "单位月度事件",
                "verbose_name_plural": "单位月度事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        AppendOnly("supervision_unitmonthevent"),
        migrations.RenameField("unitfiring", "rule", "policy"),
        migrations.AddField(
            "unitfiring",
            "unitmonth",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="firings",
                to="supervision.unitmonth",
                verbose_name="单位月度情况",
            ),
        ),
        migrations.AddField("unitfiring", "round", models.PositiveSmallIntegerField("整改轮次", null=True)),
        migrations.AddField("unitfiring", "deadline_no", models.PositiveSmallIntegerField("期限序次", null=True)),
        migrations.AddField("unitfiring", "document", models.CharField("文书", max_length=10, null=True)),
        migrations.AddField("unitfiring", "due_at", models.DateTimeField("所依据的期限", null=True)),
        migrations.AddField("unitfiring", "planned_at", models.DateTimeField("应触发时间", null=True)),
    ]
