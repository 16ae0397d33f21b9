"""Fill the last step the responsible unit was told of from what fired for the present deadline."""

from django.db import migrations

FILL = """
    UPDATE hazards_hazard AS hazard
    SET told_step = COALESCE((
        SELECT firing.code FROM supervision_ladderfiring AS firing
        WHERE firing.hazard_id = hazard.id AND firing.round = hazard.round AND firing.deadline_no = hazard.deadline_no
            AND firing.merged_into = '' AND firing.code NOT IN ('talk', 'list', 'publish')
        ORDER BY firing.planned_at DESC, firing.id DESC LIMIT 1
    ), '')
    WHERE hazard.ladder_step <> ''
"""


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("supervision", "0004_fill_documents"), ("hazards", "0004_told_step")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
