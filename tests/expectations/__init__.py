"""What every route answers whom: the language in `language`, one module per room."""

from __future__ import annotations

from tests.expectations import duty, hazards, inspections, planning, reports, shell, supervision, tasks, units
from tests.expectations.language import Route, people

_ROOMS = {
    "shell": shell,
    "units": units,
    "tasks": tasks,
    "hazards": hazards,
    "inspections": inspections,
    "planning": planning,
    "duty": duty,
    "supervision": supervision,
    "reports": reports,
}
# Reached without signing in; everything else redirects a stranger to the sign-in page.
PUBLIC = people(
    "sign-in sign-out large-type healthz readyz field-worker field-manifest reply-start reply public-listing-list"
    " public-listing public-draw-list public-draw public-draw-record"
)
API_PUBLIC = people("/api/v1/token/")

# Room → route → what is expected of it on each of the records it is tried on.
GROUPS: dict[str, dict[str, tuple[Route, ...]]] = {
    name: {route: wanted if isinstance(wanted, tuple) else (wanted,) for route, wanted in room.PAGES.items()}
    for name, room in _ROOMS.items()
}
PAGES: dict[str, tuple[Route, ...]] = {name: routes for group in GROUPS.values() for name, routes in group.items()}
API: dict[str, Route] = {path: route for room in _ROOMS.values() for path, route in room.API.items()}
