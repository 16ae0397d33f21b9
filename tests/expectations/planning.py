"""Risk, draws, plans, campaigns and the records of the enterprise's duty."""

from __future__ import annotations

from tests.expectations.language import (
    ADMINS,
    BUSINESS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EVERYBODY,
    EXPERT,
    FIRM,
    GRID,
    LEADER,
    NO_HAZARD,
    OFFICE,
    READERS,
    RIVAL_DEPARTMENT,
    RIVAL_FIRM,
    RIVALS,
    Route,
    Way,
    act,
    both,
    page,
    people,
    verbs,
)

FIRMS = FIRM | RIVAL_FIRM
OWN_READERS = READERS - ELSEWHERE

_RISKS = {
    "inspection-hub": page(BUSINESS),
    "risk-overview": page(READERS),
    "risk-map": page(READERS),
    "risk-point-list": page(READERS),
    "risk-point-new": both(FIRMS),
    "risk-point": page(OWN_READERS, ELSEWHERE, "risk_point"),
    "risk-point-action": both(FIRM, NO_HAZARD, "risk_point_edit"),
    "risk-level-list": page(READERS),
    "risk-level-adopt": act(EDITORS),
    "risk-level": page(OWN_READERS, ELSEWHERE, "firm"),
    "risk-level-decide": both(OFFICE, RIVALS, "firm"),
    "risk-level-grade": both(OFFICE, RIVALS, "firm"),
}

_RISKS_API = {
    "/api/v1/risk-points/": Route(Way(READERS), Way(FIRMS)),
    "/api/v1/risk-points/{id}/": page(OWN_READERS, ELSEWHERE, "risk_point"),
} | verbs(
    "/api/v1/risk-points/",
    "risk_point",
    ELSEWHERE,
    {"edit": FIRM, "review": FIRM, "retire": FIRM, "restore": FIRM},
)

PLANNERS = OFFICE | RIVALS | DEPARTMENT | RIVAL_DEPARTMENT | GRID
DRAW_READERS = PLANNERS | LEADER | EXPERT
NO_DRAW = ELSEWHERE | DEPARTMENT | GRID | EXPERT  # the office's own draw; those it drew see it

_DRAWS = {
    "draw-list": page(DRAW_READERS),
    "draw-new": both(PLANNERS),
    "draw": page(OFFICE | LEADER, NO_DRAW - RIVAL_FIRM, "draw"),
    "draw-record": page(OFFICE | LEADER, NO_DRAW - RIVAL_FIRM, "draw"),
    "draw-action": (
        both(OFFICE, NO_DRAW | FIRM | ADMINS, "draw_draw"),
        both(people("head"), NO_DRAW | FIRM | ADMINS, "draw_void"),
    ),
    "draw-arrange": both(people("officer"), NO_DRAW - RIVAL_FIRM, "drawn_visit"),
    "conflict-list": page(PLANNERS),
    "conflict-new": both(PLANNERS),
    "conflict-end": Route(
        Way(OFFICE | DEPARTMENT, RIVALS | RIVAL_DEPARTMENT | GRID),
        Way(OFFICE | people("second"), RIVALS | RIVAL_DEPARTMENT | GRID),
        "conflict",
    ),
    "public-draw-list": page(EVERYBODY),
    "public-draw": page(EVERYBODY, on="public_draw"),
    "public-draw-record": page(EVERYBODY, on="public_draw"),
}

_DRAWS_API = {
    "/api/v1/draws/": Route(Way(DRAW_READERS), Way(PLANNERS)),
    "/api/v1/draws/{id}/": page(OFFICE | LEADER, NO_DRAW - RIVAL_FIRM, "draw"),
} | verbs(
    "/api/v1/draws/",
    "draw",
    NO_DRAW - RIVAL_FIRM,
    {"draw": OFFICE, "publish": people("head"), "publish_results": people("head"), "void": people("head")},
)

PLAN_READERS = PLANNERS | LEADER
NO_PLAN = RIVALS | RIVAL_DEPARTMENT | DEPARTMENT | GRID  # a plan of the office that names none of them
_PLANS = {
    "plan-list": page(PLAN_READERS),
    "plan-new": both(PLANNERS),
    "plan-calendar": page(PLAN_READERS),
    "planned-visit-list": page(PLAN_READERS),
    "planned-visit": Route(
        Way(OFFICE | LEADER, NO_PLAN),
        Way(OFFICE, NO_PLAN),
        "planned_visit",
    ),
    "plan": page(OFFICE | LEADER, NO_PLAN, "plan"),
    "plan-export": page(OFFICE | LEADER, NO_PLAN, "plan_table"),
    "plan-matter-new": both(OFFICE, NO_PLAN, "plan"),
    "plan-matter": both(OFFICE, NO_PLAN, "plan_matter"),
    "plan-covered": page(OFFICE | LEADER, NO_PLAN, "plan_matter"),
    "plan-action": (
        both(OFFICE, NO_PLAN | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "plan_build"),
        both(people("head"), NO_PLAN | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "plan_void"),
    ),
}

_PLANS_API = {
    "/api/v1/inspection-plans/": Route(Way(PLAN_READERS), Way(PLANNERS)),
    "/api/v1/inspection-plans/{id}/": page(OFFICE | LEADER, NO_PLAN, "plan"),
    "/api/v1/planned-visits/": page(PLAN_READERS),
} | verbs(
    "/api/v1/inspection-plans/",
    "plan",
    NO_PLAN,
    {
        "build": OFFICE,
        "submit": OFFICE,
        "approve": people("head"),
        "return_draft": people("head"),
        "void": people("head"),
    },
)

_RECORDS = {
    "compliance-record-list": page(READERS),
    "compliance-coverage": page(READERS),
    "compliance-lacking": page(READERS, on="record_kind"),
    "compliance-record-new": (both(FIRMS, on="record_kind"), both(EDITORS, on="credit_kind")),
    "compliance-record": page(OWN_READERS, ELSEWHERE, "compliance_record"),
    "compliance-record-action": (
        both(FIRM, NO_HAZARD, "record_renew"),
        both(OFFICE, NO_HAZARD, "credit_withdraw"),
    ),
}

_RECORDS_API = {
    "/api/v1/compliance-records/": Route(Way(READERS), Way(FIRMS | EDITORS)),
    "/api/v1/compliance-records/files/": act(FIRMS | EDITORS),
    "/api/v1/compliance-records/{id}/": page(OWN_READERS, ELSEWHERE, "compliance_record"),
} | verbs(
    "/api/v1/compliance-records/",
    "compliance_record",
    ELSEWHERE,
    {"correct": FIRM, "renew": FIRM, "withdraw": FIRM},
)

NO_OBJECT = RIVALS | RIVAL_DEPARTMENT | GRID  # an object of the office's campaign that the department sees to
_CAMPAIGNS = {
    "campaign-list": page(PLAN_READERS),
    "campaign-new": both(PLANNERS),
    "campaign": page(OFFICE | LEADER | DEPARTMENT, NO_OBJECT, "campaign"),
    "campaign-close": act(OFFICE, NO_OBJECT, "campaign"),
    "campaign-import": both(OFFICE, NO_OBJECT, "campaign"),
    "campaign-template": page(OFFICE, NO_OBJECT, "campaign"),
    "campaign-object-new": both(OFFICE, NO_OBJECT, "campaign"),
    "campaign-object": page(OFFICE | LEADER | DEPARTMENT, NO_OBJECT, "campaign_object"),
    "campaign-object-action": (
        both(OFFICE | DEPARTMENT, NO_OBJECT | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "object_progress"),
        both(OFFICE, NO_OBJECT | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "object_remove"),
    ),
}

_CAMPAIGNS_API = {
    "/api/v1/campaigns/": Route(Way(PLAN_READERS), Way(PLANNERS)),
    "/api/v1/campaigns/{id}/": page(OFFICE | LEADER | DEPARTMENT, NO_OBJECT, "campaign"),
    "/api/v1/campaigns/{id}/import/": act(OFFICE, NO_OBJECT, "campaign"),
    "/api/v1/campaigns/{id}/actions/close/": act(OFFICE, NO_OBJECT, "campaign"),
    "/api/v1/campaign-objects/": Route(Way(PLAN_READERS), Way(PLANNERS)),
    "/api/v1/campaign-objects/{id}/": page(OFFICE | LEADER | DEPARTMENT, NO_OBJECT, "campaign_object"),
} | verbs(
    "/api/v1/campaign-objects/",
    "campaign_object",
    NO_OBJECT,
    {
        "report_progress": OFFICE | DEPARTMENT,
        "finish": OFFICE | DEPARTMENT,
        "change": OFFICE,
        "remove": OFFICE,
        "reopen": OFFICE,
    },
)

NO_SPOT = RIVALS | RIVAL_DEPARTMENT  # a closing of the department's and the village's enterprise
NO_ROUND = NO_SPOT | DEPARTMENT | GRID
_SPOTS = {
    "spot-check-list": page(PLAN_READERS),
    "spot-draw": act(people("head rival_head")),
    "spot-round": page(OFFICE | LEADER, NO_ROUND, "spot_round"),
    "spot-round-record": page(OFFICE | LEADER, NO_ROUND, "spot_round"),
    "spot-check": page(OFFICE | LEADER | DEPARTMENT | GRID, NO_SPOT, "spot_check"),
    "spot-check-action": (
        both(people("officer"), NO_SPOT | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "spot_true"),
        both(OFFICE, NO_SPOT | FIRM | RIVAL_FIRM | EXPERT | ADMINS, "spot_reassign"),
    ),
}
_LENIENCY = {
    "leniency": page(PLAN_READERS),
    "leniency-visits": page(PLAN_READERS, on="leniency_figure"),
}
_SPOTS_API = {
    "/api/v1/spot-checks/": page(PLAN_READERS),
    "/api/v1/spot-checks/files/": act(PLANNERS),
    "/api/v1/spot-checks/{id}/": page(OFFICE | LEADER | DEPARTMENT | GRID, NO_SPOT, "spot_check"),
} | verbs(
    "/api/v1/spot-checks/",
    "spot_check",
    NO_SPOT,
    {"find_true": people("officer"), "find_false": people("officer"), "reassign": OFFICE, "drop": people("head")},
)

PAGES: dict[str, Route | tuple[Route, ...]] = {
    **_RISKS,
    **_DRAWS,
    **_PLANS,
    **_RECORDS,
    **_CAMPAIGNS,
    **_SPOTS,
    **_LENIENCY,
}
API: dict[str, Route] = {**_RISKS_API, **_DRAWS_API, **_PLANS_API, **_RECORDS_API, **_CAMPAIGNS_API, **_SPOTS_API}
