"""Write what the docs repeat from the code: lifecycle tables in docs/architecture.md, the matrix in docs/permissions.md.

`python scripts/reference_tables.py` rewrites what stands between the markers; tests/docs holds both to the code.
Needs no database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PERMISSIONS = ROOT / "docs" / "permissions.md"
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"

# Rights that depend on the record and therefore are no row of the matrix: which row an app resolves them to.
DERIVED = {
    "hazard.author": "the author",
    "spot.judge": "the person drawn, while `hazard.review` lasts",
    "hazard.change_level": "`hazard.confirm`, not 村社区",
    "hazard.decide_extension": "`hazard.approve_plan`; listed: `hazard.decide_listed_extension`; after silence the head, then 街道领导",
    "inspection.complete": "`inspection.carry_out`, not 专家",
    "inspection.keep_paper": "`inspection.paper` on the team; of a patrol: `inspection.complete`",
    "record.keep_or_office": "`record.keep`; credit entries: `unit.edit`",
    "letter.edit": "`letter.draft` over own drafts; office: all",
    "listing.delist": "`listing.approve` and `hazard.sign_off`",
    "listing.unpublish": "`listing.serve`, while it is on the public page",
    "measure.edit_paper": "`listing.serve`; not 提级",
    "measure.follow_up": "`listing.serve`, while something is owed",
}


@dataclass(frozen=True)
class Shown:
    """A lifecycle as the docs show it; `samples` are unsaved records, by what a branching target looks at."""

    title: str
    place: str
    lifecycle: Any
    samples: Mapping[str, Any]


def lifecycles() -> list[Shown]:
    """Every lifecycle there is, in the order of the house."""
    from common import clock
    from hazards import transitions as hazards
    from hazards.models import Hazard
    from hazards.models.hazard import Level
    from inspections.transitions import campaigns, draws, papers, plans, records, risks, spots, visits
    from reports import transitions as notices
    from supervision.models import Letter, Listing
    from supervision.transitions import batches, letters, listings, measures
    from tasks.transitions import assignments, evaluations, meetings, yearly

    levels = {str(level.label): Hazard(level=level) for level in Level}
    services = {"no plan yet": Listing(), "plan on file": Listing(next_report_at=clock.now())}
    receipts = {"answer wanted": Letter(due_at=clock.now()), "none wanted": Letter()}
    return [
        Shown("隐患 hazard", "hazards/transitions/rules.py", hazards.LIFECYCLE, levels),
        Shown("检查 inspection", "inspections/transitions/visits.py", visits.LIFECYCLE, {}),
        Shown("检查文书 paper", "inspections/transitions/papers.py", papers.LIFECYCLE, {}),
        Shown("检查计划 plan", "inspections/transitions/plans.py", plans.LIFECYCLE, {}),
        Shown("双随机抽取 draw", "inspections/transitions/draws.py", draws.LIFECYCLE, {}),
        Shown("抽查复核 spot check", "inspections/transitions/spots.py", spots.LIFECYCLE, {}),
        Shown("整治对象 campaign object", "inspections/transitions/campaigns.py", campaigns.LIFECYCLE, {}),
        Shown("履责记录 compliance record", "inspections/transitions/records.py", records.LIFECYCLE, {}),
        Shown("风险点 risk point", "inspections/transitions/risks.py", risks.LIFECYCLE, {}),
        Shown("挂牌、挂账 listing", "supervision/transitions/listings.py", listings.LIFECYCLE, services),
        Shown("挂牌批次 batch", "supervision/transitions/batches.py", batches.LIFECYCLE, {}),
        Shown("函件 letter", "supervision/transitions/letters.py", letters.LIFECYCLE, receipts),
        Shown("处置措施 measure", "supervision/transitions/measures.py", measures.LIFECYCLE, {}),
        Shown("任务分解 assignment", "tasks/transitions/assignments.py", assignments.LIFECYCLE, {}),
        Shown("年度报备 yearly paper", "tasks/transitions/yearly.py", yearly.LIFECYCLE, {}),
        Shown("会议 meeting", "tasks/transitions/meetings.py", meetings.LIFECYCLE, {}),
        Shown("阶段评估 evaluation", "tasks/transitions/evaluations.py", evaluations.LIFECYCLE, {}),
        Shown("通报 notice", "reports/transitions.py", notices.LIFECYCLE, {}),
    ]


def lifecycle_tables() -> str:
    """All lifecycles as Markdown."""
    return "\n\n".join(lifecycle_table(shown) for shown in lifecycles())


def lifecycle_table(shown: Shown) -> str:
    """One lifecycle: action, 中文, from, to, right, what the guard asks."""
    lifecycle = shown.lifecycle
    states = {key: str(text) for key, text in lifecycle.model._meta.get_field(lifecycle.state_field).flatchoices}
    rows = [
        (
            f"`{action}`",
            rule.label,
            "、".join(states[source] for source in rule.sources),
            target_of(rule, states, shown.samples),
            "the system" if rule.system else right_of(rule.right),
            guard_of(rule.guard),
        )
        for action, rule in lifecycle.rules.items()
    ]
    head = ("action", "中文", "from", "to", "right", "guard")
    return f"### {shown.title} (`{shown.place}`)\n\n{table(head, rows)}"


def target_of(rule: Any, states: Mapping[str, str], samples: Mapping[str, Any]) -> str:
    """The state reached; where the rule branches every state it can reach, and by what where that decides it alone."""
    if rule.target is None:
        return "stays"
    if not callable(rule.target):
        return states[rule.target]
    reached: dict[str, list[str]] = {}
    for label, record in samples.items():
        for source in rule.sources:
            record.state = source
            labels = reached.setdefault(rule.target(record, {}), [])
            labels += [label] if label not in labels else []
    decided = sum(map(len, reached.values())) == len(samples)
    return "; ".join(
        f"{states[state]} ({'、'.join(labels)})" if decided else states[state] for state, labels in reached.items()
    )


def right_of(right: str) -> str:
    """A row of the matrix by its code, or what a derived right resolves to."""
    from units.roles import Right

    return f"`{Right(right).value}`" if right in Right.values else DERIVED[right]


def guard_of(guard: Any) -> str:
    """The first line of the guard's docstring, else its name."""
    if guard is None:
        return ""
    return (guard.__doc__ or f"`{guard.__name__.lstrip('_')}`").strip().splitlines()[0]


def permission_matrix() -> str:
    """`units.roles.GRANTS` as Markdown: the right down, the role across, the scope where they meet."""
    from units.roles import GRANTS, Role, Scope

    rows = [
        (f"`{right.value}`", right.label, *(grants[role].value if role in grants else "–" for role in Role))
        for right, grants in GRANTS.items()
    ]
    scopes = "\n".join(f"- {scope.value}: {scope.label}" for scope in Scope)
    return f"{scopes}\n\n{table(('right', '中文', *(role.label for role in Role)), rows)}"


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def documents() -> dict[Path, str]:
    """Each document with its generated part renewed."""
    parts = {ARCHITECTURE: lifecycle_tables(), PERMISSIONS: permission_matrix()}
    return {path: renewed(path.read_text(encoding="utf-8"), part) for path, part in parts.items()}


def renewed(text: str, part: str) -> str:
    """`text` with what stands between the markers replaced by `part`. Raises ValueError where a marker is missing."""
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError("the document lacks its markers")
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"


def main() -> None:
    """Write the documents."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
