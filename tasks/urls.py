"""URLs of tasks."""

from django.urls import include, path

from tasks.views import (
    assignments,
    bulk,
    drafts,
    importing,
    ledger,
    plans,
    tasks,
    wall,
    yearly,
)

urlpatterns = [
    path("", include("tasks.duties.urls")),
    path("tasks/", ledger.AssignmentLedger.as_view(), name="assignment-list"),
    path("tasks/bulk/<slug:action>/", bulk.bulk, name="assignment-bulk"),
    path("tasks/assignments/<int:pk>/", assignments.detail, name="assignment-detail"),
    path("tasks/assignments/<int:pk>/<slug:action>/", assignments.AssignmentAction.as_view(), name="assignment-action"),
    path("tasks/import/", importing.page, name="task-import"),
    path("tasks/import/template.xlsx", importing.template, name="task-template"),
    path("tasks/wall/", wall.page, name="wall-chart"),
    path("tasks/wall/screen/", wall.screen, name="wall-screen"),
    path("tasks/plans/", plans.PlanLedger.as_view(), name="task-plan-list"),
    path("tasks/plans/import/", drafts.start, name="plan-import"),
    path("tasks/plans/import/<int:pk>/", drafts.review, name="plan-draft"),
    path("tasks/plans/import/<int:pk>/head/", drafts.head, name="plan-draft-head"),
    path("tasks/plans/import/<int:pk>/names/", drafts.names, name="plan-draft-names"),
    path("tasks/plans/import/<int:pk>/confirm/", drafts.confirm, name="plan-draft-confirm"),
    path("tasks/plans/import/<int:pk>/discard/", drafts.discard, name="plan-draft-discard"),
    path("tasks/plans/import/rows/<int:pk>/", drafts.row, name="plan-draft-row"),
    path("tasks/plans/new/", plans.new, name="task-plan-new"),
    path("tasks/plans/<int:pk>/", plans.detail, name="plan-detail"),
    path("tasks/plans/<int:pk>/edit/", plans.edit, name="plan-edit"),
    path("tasks/plans/<int:pk>/assign/", plans.give, name="plan-assign"),
    path("tasks/plans/<int:pk>/tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/", tasks.detail, name="task-detail"),
    path("tasks/<int:pk>/edit/", tasks.edit, name="task-edit"),
    path("tasks/yearly/", yearly.YearlyLedger.as_view(), name="yearly-list"),
    path("tasks/yearly/new/", yearly.draft, name="yearly-new"),
    path("tasks/yearly/<int:pk>/", yearly.detail, name="yearly-detail"),
    path("tasks/yearly/<int:pk>/<slug:which>.<slug:kind>", yearly.printed, name="yearly-paper"),
    path("tasks/yearly/<int:pk>/<slug:action>/", yearly.YearlyAction.as_view(), name="yearly-action"),
]
