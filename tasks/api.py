"""API of tasks and assignments: the lists, one record, adding and giving out tasks, every action of the rules table."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotInScope
from evidence.transitions import store
from tasks.filters import AssignmentFilter, TaskFilter
from tasks.models import Assignment, Task
from tasks.serializers import acting, reading
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import LIFECYCLE
from tasks.transitions.editing import add_task
from tasks.transitions.plans import TaskData, TermData, UnitData
from units.access import HoldsRight, require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


class TaskViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """任务。安委办看本街道的，其他单位看本单位归口或点到本单位的。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_TASK,)
    queryset = Task.objects.none()
    filterset_class = TaskFilter
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Task]:
        """The caller's scope, in the order of the plans."""
        return Task.objects.for_user(self.request.user).select_related("plan", "action").order_by("plan", "order")

    def get_object(self) -> Task:
        """The task of the address; `NotInScope` when the caller does not see it."""
        found = self.get_queryset().prefetch_related("named__unit", "terms").filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise NotInScope
        return found

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return reading.TaskSerializer if self.action == "list" else reading.TaskDetailSerializer

    def _typed(self, serializer: Any) -> dict[str, Any]:
        filled = serializer(data=self.request.data, context={"request": self.request})
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    @extend_schema(
        operation_id="tasks_add",
        request=acting.TaskDraftSerializer,
        responses={201: reading.TaskDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """向本单位归口的方案添加任务，另行下达。"""
        require(request.user, Right.MANAGE_TASK)
        values = self._typed(acting.TaskDraftSerializer)
        plan = values.pop("plan")
        units = [UnitData(each["unit"], each["role"]) for each in values.pop("units", ())]
        terms = [TermData(each.get("due_on"), each["period"]) for each in values.pop("terms", ())]
        task = add_task(request.user, plan.pk, TaskData(**values, units=units, terms=terms))
        return Response(reading.TaskDetailSerializer(task).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="tasks_assign",
        request=acting.AssignSerializer,
        responses={200: reading.AssignmentSerializer(many=True), **REFUSALS},
    )
    @action(detail=True, methods=["post"], url_path="actions/assign", pagination_class=None, filterset_class=None)
    def assign(self, request: Request, pk: str) -> Response:
        """下达任务：为牵头、责任单位各开一项分解，已下达的不重复。"""
        require(request.user, Right.MANAGE_TASK)
        task = self.get_object()
        done = assign(request.user, [task.pk], **self._typed(acting.AssignSerializer))
        return Response(reading.AssignmentSerializer(done.opened, many=True).data)


@with_actions("assignments")
class AssignmentViewSet(RecordViewSet):
    """任务分解。承办单位看本单位的，归口、牵头单位看所属任务的。"""

    queryset, lifecycle, forms = Assignment.objects.none(), LIFECYCLE, acting.FORMS
    rights = (Right.READ_TASK,)
    row, whole = reading.AssignmentSerializer, reading.AssignmentDetailSerializer
    filterset_class = AssignmentFilter

    def get_queryset(self) -> QuerySet[Assignment]:
        """The caller's scope, the most urgent first."""
        visible = Assignment.objects.for_user(self.request.user).select_related("task", "plan", "unit")
        return visible.order_by("due_at", "pk")

    @extend_schema(
        operation_id="assignments_file",
        request={"multipart/form-data": reading.FileSerializer},
        responses={201: reading.FileSerializer, **REFUSALS},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser], rights=(Right.REPORT_TASK,))
    def files(self, request: Request) -> Response:
        """上传佐证，返回编号，供报告进展、报告完成时引用；只能由本人引用。"""
        filled = reading.FileSerializer(data=request.data)
        filled.is_valid(raise_exception=True)
        kept = store(filled.validated_data["file"], by=request.user)
        return Response(reading.FileSerializer(kept).data, status=status.HTTP_201_CREATED)
