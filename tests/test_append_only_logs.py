"""What happened stays written: the database refuses a change of any log and of any step the ladder fired."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from audit.models import AuditEntry, AuditLink
from common.events import RecordEvent
from supervision.models import Firing

LOGS = [model for model in apps.get_models() if issubclass(model, (RecordEvent, Firing, AuditEntry, AuditLink))]


@pytest.mark.django_db
@pytest.mark.parametrize("model", LOGS, ids=lambda model: model._meta.db_table)
def test_the_database_keeps_every_log_as_written(model: type) -> None:
    asked = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(asked, [model._meta.db_table])
        found = {name.removeprefix(model._meta.db_table) for (name,) in cursor.fetchall()}
    assert found >= {"_no_change", "_no_truncate"}
