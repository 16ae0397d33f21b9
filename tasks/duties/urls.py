"""URLs of duties, meetings, indicators and evaluations."""

from django.urls import path

from tasks.views import duties, duty_records, duty_rules, evaluation_records, evaluations, indicators, meetings

urlpatterns = [
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
    path("meetings/", meetings.MeetingLedger.as_view(), name="meeting-list"),
    path("meetings/new/", meetings.call, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.detail, name="meeting-detail"),
    path("meetings/<int:pk>/paper.<slug:kind>", meetings.paper, name="meeting-paper"),
    path("meetings/<int:pk>/<slug:action>/", meetings.MeetingAction.as_view(), name="meeting-action"),
    path("indicators/", indicators.board, name="indicator-list"),
    path("indicators/<int:pk>/", indicators.detail, name="indicator-detail"),
    path("indicators/<int:pk>/enter/", indicators.enter, name="indicator-enter"),
    path("indicators/<int:pk>/leads/", indicators.leads, name="indicator-leads"),
    path("evaluations/", evaluations.EvaluationLedger.as_view(), name="evaluation-list"),
    path("evaluations/new/", evaluations.draft, name="evaluation-new"),
    path("evaluations/<int:pk>/", evaluations.detail, name="evaluation-detail"),
    path("evaluations/<int:pk>/tasks/<slug:key>/", evaluation_records.TaskRecords.as_view(), name="evaluation-tasks"),
    path("evaluations/<int:pk>/duties/<slug:key>/", evaluation_records.DutyRecords.as_view(), name="evaluation-duties"),
    path("evaluations/<int:pk>/indicators/<int:indicator>/", evaluation_records.indicator, name="evaluation-indicator"),
    path("evaluations/<int:pk>/paper.<slug:kind>", evaluations.paper, name="evaluation-paper"),
    path("evaluations/<int:pk>/<slug:action>/", evaluations.EvaluationAction.as_view(), name="evaluation-action"),
]
