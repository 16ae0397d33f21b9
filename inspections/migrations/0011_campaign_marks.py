import django.db.models.deletion
from django.db import migrations, models

# One mark per campaign under the same id; ids made afterwards go on from there.
MARKS = """
INSERT INTO hazards_campaignmark (id, title, owner_id, area_path, is_running, created_at)
SELECT id, title, owner_id, area_path, state = 'running', created_at FROM inspections_campaign;
UPDATE inspections_campaign SET mark_id = id;
SELECT setval(pg_get_serial_sequence('hazards_campaignmark', 'id'), greatest(max(id), 1), max(id) IS NOT NULL)
FROM hazards_campaignmark;
SET CONSTRAINTS ALL IMMEDIATE;
"""
FORGET = """
UPDATE hazards_hazard SET campaign_id = NULL;
UPDATE inspections_campaign SET mark_id = NULL;
DELETE FROM hazards_campaignmark;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def field(**more: bool) -> models.Field:
    return models.OneToOneField(
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="campaign",
        to="hazards.campaignmark",
        verbose_name="专项标记",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("hazards", "0007_campaign_marks"),
        ("inspections", "0010_campaigns"),
    ]

    operations = [
        migrations.AddField("campaign", "mark", field(null=True)),
        migrations.RunSQL(MARKS, FORGET),
        migrations.AlterField("campaign", "mark", field()),
        migrations.AddConstraint(
            "campaign",
            models.CheckConstraint(condition=models.Q(pk=models.F("mark_id")), name="campaign_has_its_marks_id"),
        ),
    ]
