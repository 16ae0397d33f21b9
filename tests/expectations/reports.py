"""Notices, statistics and the dashboard."""

from __future__ import annotations

from tests.expectations.language import (
    ADMINS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EVERYBODY,
    EXPERT,
    FIRM,
    GRID,
    LEADER,
    OFFICE,
    READERS,
    Route,
    act,
    both,
    page,
    people,
    verbs,
)

SENT_TO = DEPARTMENT | GRID | FIRM  # the units the notice was issued to
NOTICE_READERS = OFFICE | LEADER | SENT_TO
NO_NOTICE = ELSEWHERE | EXPERT | ADMINS
NO_DRAFT = NO_NOTICE | SENT_TO

_REPORTS = {
    "notice-list": page(READERS),
    "notice-draft": both(EDITORS),
    "notice-detail": page(NOTICE_READERS, NO_NOTICE, "notice"),
    "notice-edit": both(OFFICE, NO_DRAFT, "notice_draft"),
    "notice-action": (
        both(people("head"), NO_DRAFT, "notice_approve"),
        both(people("head"), NO_NOTICE, "notice_void"),
    ),
    "notice-sign": act(SENT_TO, EVERYBODY - SENT_TO, "notice"),
    "notice-preview": page(OFFICE | LEADER, NO_NOTICE, "notice"),
    "notice-receipts": page(NOTICE_READERS, ELSEWHERE, "notice"),
    "notice-figure": page(NOTICE_READERS, ELSEWHERE, "notice_figure"),
    "statistics": page(READERS),
    "figure-records": page(READERS, on="figure"),
    "share-records": page(READERS, on="share"),
    "dashboard": page(READERS),
    "alert-missed": page(READERS),
    "alert-unsigned": page(READERS),
}

_REPORTS_API = {
    "/api/v1/notices/": page(READERS),
    "/api/v1/notices/{id}/": page(NOTICE_READERS, ELSEWHERE, "notice"),
    "/api/v1/notices/{id}/sign/": act(SENT_TO, READERS - SENT_TO, "notice"),
    "/api/v1/statistics/": page(READERS),
} | verbs(
    "/api/v1/notices/",
    "notice_draft",
    NO_DRAFT - ADMINS - EXPERT,
    {
        "edit": OFFICE,
        "recompute": OFFICE,
        "approve": people("head"),
        "return_draft": people("head"),
        "issue": people("head"),
        "void": people("head"),
    },
)

PAGES = _REPORTS
API: dict[str, Route] = _REPORTS_API
