"""What everybody meets: signing in, the shell, messages, the audit record."""

from __future__ import annotations

from tests.expectations.language import EVERYBODY, Route, act, both, page, people

_SHELL = {
    "home": both(EVERYBODY),
    "sign-in": both(EVERYBODY),
    "sign-out": act(EVERYBODY),
    "large-type": act(EVERYBODY),
    "healthz": page(EVERYBODY),
    "readyz": page(EVERYBODY),
    "account": both(EVERYBODY),
    "change-password": both(EVERYBODY),
    "switch-hat": act(frozenset(), EVERYBODY),
    "saved-view-save": act(EVERYBODY),
    "saved-view-delete": act(people("officer"), EVERYBODY - people("officer"), "saved_view"),
    "search": page(EVERYBODY),
    "api-docs": page(EVERYBODY),
}

_MESSAGES = {
    "message-list": page(EVERYBODY),
    "message-open": page(people("officer"), EVERYBODY - people("officer"), "message"),
    "messages-read-all": act(EVERYBODY),
    "message-preferences": both(EVERYBODY),
    "delivery-list": page(EVERYBODY),
    "work-list": page(EVERYBODY),
    "work-detail": page(people("officer"), EVERYBODY - people("officer"), "work"),
    "work-file": page(frozenset(), EVERYBODY, "work"),
    "evidence-file": page(people("safety"), EVERYBODY - people("safety"), "photo"),
}

_AUDIT = {
    "audit-list": page(people("auditor")),
    "audit-entry": page(people("auditor"), on="audit_entry"),
    "audit-chain": page(people("auditor")),
    "audit-chain-verify": act(people("auditor")),
}

PAGES = _SHELL | _MESSAGES | _AUDIT
API: dict[str, Route] = {}
