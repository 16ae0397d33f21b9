"""What fired for units so far becomes months with firings: an office keeps its history, and nothing fires a second time."""

import re
from datetime import timedelta
from itertools import groupby

import django.db.models.deletion
from django.db import migrations, models

from common import clock
from common.db import AppendOnly
from units.models.areas import paths_above

CODES = [
    ("low", "按期整改率偏低"),
    ("poor", "按期整改率低或连续偏低"),
    ("last", "按期整改率低且排名末位"),
    ("false", "虚假整改查实"),
]
LABELS = dict(CODES)
FALSE = re.compile(r"虚假整改(\d+)项")


def forwards(apps, schema_editor):
    """A month per unit and month that fired, at rest; its figures are those the last rule looked at."""
    firings = apps.get_model("supervision", "UnitFiring").objects.select_related("unit", "policy")
    rows = firings.order_by("unit_id", "month", "fired_at", "pk")
    for (_, month), found in groupby(rows, lambda row: (row.unit_id, row.month)):
        _fold(apps, month, list(found))
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending when the table is altered


def _fold(apps, month, found):
    unit, last, ends = found[0].unit, found[-1], clock.midnight((month + timedelta(days=31)).replace(day=1))
    carried = [row for row in found if not row.merged_into]
    counted = [int(match[1]) for row in carried if (match := FALSE.search(row.reason))]
    row = apps.get_model("supervision", "UnitMonth").objects.create(
        unit=unit,
        office_id=_office(apps, unit, month),
        month=month,
        area_path=unit.area_path,
        group="department" if unit.kind == "department" else "unit",
        fell_due=last.fell_due,
        on_time=last.on_time,
        false=max(counted, default=0),
        due_at=ends,
        ladder_step=max((each.code for each in found), key=list(LABELS).index),
        opened_at=found[0].fired_at,
        version=len(carried),
        updated_at=last.fired_at,
    )
    for firing in found:
        firing.unitmonth, firing.round, firing.deadline_no = row, 1, 1
        firing.document, firing.due_at, firing.planned_at = firing.policy.document, ends, firing.fired_at
        firing.save()
    _tell(apps, row, unit, found)


def _office(apps, unit, month):
    """The office that signed the letter of the month, else the nearest above the unit, else the first there is."""
    letters = apps.get_model("supervision", "Letter").objects.filter(key__startswith=f"unit:{unit.pk}:{month:%Y-%m}:")
    signed = letters.values_list("office_id", flat=True).first()
    offices = apps.get_model("units", "Unit").objects.filter(kind="office")
    near = offices.filter(area_path__in=paths_above(unit.area_path)).order_by("-area_path").first()
    return signed or (near or offices.order_by("pk")[0]).pk


def _tell(apps, row, unit, found):
    """The log of the month: that it was opened, and every rule that was carried out."""
    event, counts = (
        apps.get_model("supervision", "UnitMonthEvent").objects,
        {"fell_due": row.fell_due, "on_time": row.on_time},
    )
    note = f"到期隐患{row.fell_due}项，按期整改{row.on_time}项"
    by = {"unitmonth": row, "actor_name": "系统"}
    event.create(at=row.opened_at, action="open", label="建立月度情况", note=note, data={"figures": counts}, **by)
    for each in (firing for firing in found if not firing.merged_into):
        merged = [firing.code for firing in found if firing.merged_into == each.code]
        data = {"step": each.code, "merged": merged, "policy": each.policy_id, "figures": counts}
        key = f"unit:{unit.pk}:{row.month:%Y-%m}:{each.code}"
        event.create(
            at=each.fired_at, action="ladder", label=LABELS[each.code], note=each.reason, data=data, key=key, **by
        )


class Migration(migrations.Migration):
    dependencies = [("supervision", "0014_unit_months")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            "unitfiring",
            {
                "ordering": ("unitmonth", "planned_at", "pk"),
                "verbose_name": "单位触发记录",
                "verbose_name_plural": "单位触发记录",
            },
        ),
        migrations.RemoveConstraint("unitfiring", "unit_rule_fires_once"),
        migrations.RemoveField("unitfiring", "unit"),
        migrations.RemoveField("unitfiring", "month"),
        migrations.RemoveField("unitfiring", "fell_due"),
        migrations.RemoveField("unitfiring", "on_time"),
        migrations.AlterField("unitfiring", "code", models.CharField("规则", choices=CODES, max_length=12)),
        migrations.AlterField(
            "unitfiring", "merged_into", models.CharField("并入规则", blank=True, choices=CODES, max_length=12)
        ),
        migrations.AlterField(
            "unitfiring",
            "document",
            models.CharField(
                "文书",
                choices=[("reminder", "提示函"), ("urge", "督促函"), ("proposal", "通报、约谈建议")],
                max_length=10,
            ),
        ),
        migrations.AlterField("unitfiring", "round", models.PositiveSmallIntegerField("整改轮次")),
        migrations.AlterField("unitfiring", "deadline_no", models.PositiveSmallIntegerField("期限序次")),
        migrations.AlterField("unitfiring", "due_at", models.DateTimeField("所依据的期限")),
        migrations.AlterField("unitfiring", "planned_at", models.DateTimeField("应触发时间")),
        migrations.AlterField("unitfiring", "fired_at", models.DateTimeField("触发时间")),
        migrations.AlterField(
            "unitfiring",
            "unitmonth",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="firings",
                to="supervision.unitmonth",
                verbose_name="单位月度情况",
            ),
        ),
        migrations.AddConstraint(
            "unitfiring",
            models.UniqueConstraint(fields=["unitmonth", "round", "deadline_no", "code"], name="unit_rule_fires_once"),
        ),
        AppendOnly("supervision_unitfiring"),
    ]
