"""Plans of inspection, visits, self-checks and dangerous work."""

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
    OFFICE,
    READS_THE_STREET,
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

CARRIERS = OFFICE | RIVALS | DEPARTMENT | RIVAL_DEPARTMENT | GRID | EXPERT | LEADER
OFFICER = people("officer")
STRANGERS = RIVALS | RIVAL_DEPARTMENT | EXPERT
UNSEEN = EXPERT | ELSEWHERE

_VISITS = {
    "inspection-list": page(BUSINESS),
    "inspection-new": both(CARRIERS),
    "inspection-detail": (
        page(READS_THE_STREET, UNSEEN | FIRM, "visit"),
        page(READS_THE_STREET | FIRM, UNSEEN, "visit_done"),
    ),
    "inspection-fill": both(OFFICER, STRANGERS, "visit"),
    "inspection-sign": both(OFFICER, STRANGERS, "visit"),
    "inspection-paper-draft": act(DEPARTMENT, STRANGERS, "visit_paper"),
    "inspection-action": both(OFFICER, UNSEEN | FIRM | ADMINS, "visit_cancel"),
    "inspection-paper-list": page(BUSINESS),
    "inspection-paper": page(READS_THE_STREET | FIRM, UNSEEN, "inspection_paper"),
    "inspection-paper-file": page(READS_THE_STREET | FIRM, UNSEEN, "inspection_paper_file"),
    "inspection-paper-action": both(DEPARTMENT, UNSEEN | ADMINS, "paper_serve"),
    "checklist-list": page(BUSINESS),
    "checklist-detail": page(BUSINESS, on="checklist"),
    "certificate-list": page(EDITORS | DEPARTMENT | RIVAL_DEPARTMENT),
    "certificate-new": both(EDITORS),
    "certificate-edit": both(OFFICE, RIVALS, "certificate"),
    "inspection-settings": both(EDITORS),
    "enterprise-qr": page(READS_THE_STREET | FIRM, ELSEWHERE, "firm"),
    "enterprise-qr-image": page(READS_THE_STREET | FIRM, ELSEWHERE, "firm"),
}
_FIELD = {
    "field-app": page(CARRIERS | FIRM | RIVAL_FIRM),
    "field-worker": page(EVERYBODY),
    "field-manifest": page(EVERYBODY),
    "field-pack": page(CARRIERS | FIRM | RIVAL_FIRM),
    "field-criteria": page(CARRIERS),
    "field-check": act(FIRM | RIVAL_FIRM, on="field_check"),
    "field-check-photo": both(FIRM | RIVAL_FIRM, on="field_check_photo"),
    "field-visit": both(OFFICER, CARRIERS - OFFICER, "field_visit"),
    "field-result": act(OFFICER, CARRIERS - OFFICER, "field_visit"),
    "field-photo": both(OFFICER, CARRIERS - OFFICER, "field_photo"),
    "field-signature": act(OFFICER, CARRIERS - OFFICER, "field_visit"),
    "field-finish": act(OFFICER, CARRIERS - OFFICER, "field_visit"),
}
PAGES: dict[str, Route | tuple[Route, ...]] = _VISITS | _FIELD
_SEEN = READS_THE_STREET | FIRM
API: dict[str, Route] = {
    "/api/v1/inspections/": Route(get=Way(BUSINESS), post=Way(CARRIERS)),
    "/api/v1/inspections/{id}/": page(READS_THE_STREET, UNSEEN | FIRM, "visit"),
    **verbs(
        "/api/v1/inspections/",
        "visit",
        UNSEEN | FIRM,
        dict.fromkeys(("start", "reschedule", "finish", "cancel"), OFFICER),
    ),
    "/api/v1/inspection-papers/": Route(get=Way(BUSINESS), post=Way(CARRIERS)),
    "/api/v1/inspection-papers/{id}/": page(_SEEN, UNSEEN, "inspection_paper"),
    **verbs(
        "/api/v1/inspection-papers/",
        "inspection_paper",
        UNSEEN,
        dict.fromkeys(("edit", "issue", "serve", "void"), DEPARTMENT),
    ),
}
