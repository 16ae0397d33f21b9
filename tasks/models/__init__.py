"""What must be done: plans with their tasks, and what each unit owes for them."""

from tasks.models.assignments import (
    LIVE_STATES,
    RUNNING_STATES,
    Assignment,
    AssignmentEvent,
    AssignmentState,
    ProgressReport,
)
from tasks.models.drafts import DraftTask, PlanDraft, UnitWording
from tasks.models.duties import Audience, Duty, LeaderPost, PeriodKind, Post
from tasks.models.duty_records import DutyRecord, DutyRecordVoid
from tasks.models.evaluations import Evaluation, EvaluationEvent
from tasks.models.indicators import Indicator, IndicatorLead, IndicatorValue
from tasks.models.meetings import Attendance, Decision, Meeting, MeetingEvent
from tasks.models.plans import ANSWERING, Action, Plan, PlanStage, Task, TaskTerm, TaskUnit
from tasks.models.standings import DutyStanding, StandingState
from tasks.models.yearly import YearlyItem, YearlyPaper, YearlyPaperEvent, YearlyState

__all__ = [
    "ANSWERING",
    "LIVE_STATES",
    "RUNNING_STATES",
    "Action",
    "Assignment",
    "AssignmentEvent",
    "AssignmentState",
    "Attendance",
    "Audience",
    "Decision",
    "DraftTask",
    "Duty",
    "DutyRecord",
    "DutyRecordVoid",
    "DutyStanding",
    "Evaluation",
    "EvaluationEvent",
    "Indicator",
    "IndicatorLead",
    "IndicatorValue",
    "LeaderPost",
    "Meeting",
    "MeetingEvent",
    "PeriodKind",
    "Plan",
    "PlanDraft",
    "PlanStage",
    "Post",
    "ProgressReport",
    "StandingState",
    "Task",
    "TaskTerm",
    "TaskUnit",
    "UnitWording",
    "YearlyItem",
    "YearlyPaper",
    "YearlyPaperEvent",
    "YearlyState",
]
