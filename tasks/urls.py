"""URLs of tasks."""

from django.urls import path

from tasks.views import assignments, bulk, duties, duty_records, duty_rules, ledger, plans, tasks, wall

urlpatterns = [
    path("tasks/", ledger.AssignmentLedger.as_view(), name="assignment-list"),
    path("tasks/bulk/<slug:action>/", bulk.bulk, name="assignment-bulk"),
    path("tasks/assignments/<int:pk>/", assignments.detail, name="assignment-detail"),
    path("tasks/assignments/<int:pk>/<slug:action>/", assignments.AssignmentAction.as_view(), name="assignment-action"),
    path("tasks/wall/", wall.page, name="wall-chart"),
    path("tasks/wall/screen/", wall.screen, name="wall-screen"),
    path("tasks/plans/", plans.PlanLedger.as_view(), name="plan-list"),
    path("tasks/plans/new/", plans.new, name="plan-new"),
    path("tasks/plans/<int:pk>/", plans.detail, name="plan-detail"),
    path("tasks/plans/<int:pk>/edit/", plans.edit, name="plan-edit"),
    path("tasks/plans/<int:pk>/assign/", plans.give, name="plan-assign"),
    path("tasks/plans/<int:pk>/tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/", tasks.detail, name="task-detail"),
    path("tasks/<int:pk>/edit/", tasks.edit, name="task-edit"),
    path("duties/", duties.StandingLedger.as_view(), name="duty-list"),
    path("duties/count/", duties.count_now, name="duty-count"),
    path("duties/mine/", duties.mine, name="duty-mine"),
    path("duties/people/<int:pk>/", duties.person, name="duty-person"),
    path("duties/units/<int:pk>/", duties.unit, name="duty-unit"),
    path("duties/<int:pk>/", duties.standing, name="duty-standing"),
    path("duties/rules/", duty_rules.rules, name="duty-rules"),
    path("duties/rules/<int:pk>/", duty_rules.rule, name="duty-rule"),
    path("duties/posts/", duty_records.posts, name="duty-posts"),
    path("duties/posts/<int:pk>/end/", duty_records.end_post, name="duty-post-end"),
    path("duties/records/", duty_records.RecordLedger.as_view(), name="duty-record-list"),
    path("duties/records/new/", duty_records.enter, name="duty-record-new"),
    path("duties/records/<int:pk>/", duty_records.record, name="duty-record"),
    path("duties/records/<int:pk>/void/", duty_records.void, name="duty-record-void"),
]
