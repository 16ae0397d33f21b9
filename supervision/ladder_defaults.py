"""The ladder the system starts with. Staff change it as new editions; nothing else in the code holds a step's days.

The offsets of 重大 are those of the others halved, rounded to the nearest whole day and half days away from the
deadline's own day (−7 → −4, −1 → −1, +1 → +1), so that no step falls onto the deadline itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any

FROM_THE_BEGINNING = date(2000, 1, 1)
BASIS = "街道工作惯例（参照各地交办单、督促函、通报、约谈、挂牌督办做法，可按本地规定调整）"
OFFSETS = {
    "remind_1": -7,
    "remind_2": -3,
    "remind_3": -1,
    "overdue": 1,
    "urge": 7,
    "notice": 15,
    "talk": 30,
    "list": 45,
    "publish": 60,
}
PERSON_DECIDES = frozenset({"talk", "list", "publish"})
DOCUMENTS = {code: code for code in ("urge", "notice", "talk", "list", "publish")} | {"overdue": "reminder"}
AUDIENCES = {
    "overdue": ("firm", "department", "village"),
    "urge": ("firm", "department", "head"),
    "notice": ("firm", "department"),
    # Proposals become the enterprise's business when a person has decided.
    "talk": ("department", "head", "leader"),
    "list": ("department", "head", "leader"),
    "publish": ("department", "head", "leader"),
}
NAMES = {"general": "一般隐患督办阶梯", "key": "重点隐患督办阶梯", "major": "重大隐患督办阶梯"}


def halved(days: int) -> int:
    """Half of `days`, half days rounded away from zero."""
    half = (abs(days) + 1) // 2
    return half if days > 0 else -half


def offsets_of(level: str) -> dict[str, int]:
    """The starting offsets of a level, in natural days from the deadline."""
    return {code: halved(days) if level == "major" else days for code, days in OFFSETS.items()}


def audience_of(code: str) -> tuple[str, ...]:
    """Whom a step tells to begin with: before the deadline the responsible unit alone."""
    return AUDIENCES.get(code, ("firm",))


def seed(policies: Any, steps: Any) -> None:
    """Store the starting policies through the given model classes; what is there already stays."""
    for level, name in NAMES.items():
        policy, is_new = policies.objects.get_or_create(
            level=level, area_path="", effective_from=FROM_THE_BEGINNING, defaults={"name": name, "basis": BASIS}
        )
        if is_new:
            steps.objects.bulk_create(
                steps(policy=policy, code=code, offset=days, **_effect(code))
                for code, days in offsets_of(level).items()
            )


TASKS = "assignment"
TASK_STEPS = ("remind_1", "remind_3", "overdue", "urge", "notice")
TASK_AUDIENCES = {
    "overdue": ("firm", "department"),
    "urge": ("firm", "department", "head"),
    "notice": ("firm", "department"),
}


def seed_tasks(policies: Any, steps: Any) -> None:
    """Store the starting policy of tasks: reminders, 提示单, 督促函, 通报; what is there already stays."""
    policy, is_new = policies.objects.get_or_create(
        subject=TASKS,
        level="",
        area_path="",
        effective_from=FROM_THE_BEGINNING,
        defaults={"name": "任务督办阶梯", "basis": BASIS},
    )
    if is_new:
        steps.objects.bulk_create(
            steps(
                policy=policy,
                code=code,
                offset=OFFSETS[code],
                document=DOCUMENTS.get(code, ""),
                audience=list(TASK_AUDIENCES.get(code, ("firm",))),
            )
            for code in TASK_STEPS
        )


def _effect(code: str) -> dict[str, Any]:
    return {
        "person_decides": code in PERSON_DECIDES,
        "document": DOCUMENTS.get(code, ""),
        "audience": list(audience_of(code)),
    }
