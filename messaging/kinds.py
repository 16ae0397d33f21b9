"""The kinds of messages and their Chinese names.

Every app registers its own in `AppConfig.ready`: `kinds.register({"hazards.overdue": "隐患逾期"})`.
"""

from __future__ import annotations

from common.naming import Names

CALENDAR_MISSING = "common.calendar_missing"

_names = Names("message kind", {CALENDAR_MISSING: "节假日安排缺失"})
register = _names.register
name_of = _names.name_of
choices = _names.choices
