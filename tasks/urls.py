"""URLs of tasks."""

from django.urls import path

from tasks.views import assignments, ledger, plans, tasks

urlpatterns = [
    path("tasks/", ledger.AssignmentLedger.as_view(), name="assignment-list"),
    path("tasks/assignments/<int:pk>/", assignments.detail, name="assignment-detail"),
    path("tasks/assignments/<int:pk>/<slug:action>/", assignments.AssignmentAction.as_view(), name="assignment-action"),
    path("tasks/plans/", plans.PlanLedger.as_view(), name="plan-list"),
    path("tasks/plans/new/", plans.new, name="plan-new"),
    path("tasks/plans/<int:pk>/", plans.detail, name="plan-detail"),
    path("tasks/plans/<int:pk>/edit/", plans.edit, name="plan-edit"),
    path("tasks/plans/<int:pk>/assign/", plans.give, name="plan-assign"),
    path("tasks/plans/<int:pk>/tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/", tasks.detail, name="task-detail"),
    path("tasks/<int:pk>/edit/", tasks.edit, name="task-edit"),
]
