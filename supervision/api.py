"""API of letters, listings and measures: the lists, one record, making one, every action of the rules tables."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from evidence.transitions import store
from hazards.serializers.reading import PhotoSerializer
from supervision.filters import LetterFilter, ListingFilter, MeasureFilter
from supervision.models import Letter, Listing, ListingBatch, Measure
from supervision.serializers import acting, reading
from supervision.transitions import batches, letters, listings, measures
from units.access import require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


class OfficeRecordViewSet(RecordViewSet):
    """What the three kinds of record share."""

    rights: tuple[str, ...] = (Right.READ_LETTER,)
    model: Any
    selected: tuple[str, ...] = ()
    default_order: tuple[str, ...] = ()

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        visible = self.model.objects.for_user(self.request.user)
        return visible.select_related(*self.selected).order_by(*self.default_order)


@with_actions("letters")
class LetterViewSet(OfficeRecordViewSet):
    """函件。安委办看本辖区的，其他单位看主送、抄送或由本单位起草的。"""

    model, queryset, lifecycle, forms = Letter, Letter.objects.none(), letters.LIFECYCLE, acting.LETTERS
    row, whole = reading.LetterSerializer, reading.LetterDetailSerializer
    filterset_class = LetterFilter
    selected, default_order = ("to_unit", "hazard"), ("-drafted_at", "-pk")

    @extend_schema(
        operation_id="letters_draft",
        request=acting.LetterDraftSerializer,
        responses={201: reading.LetterDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """起草函件，签发后送达；街道领导的批示直接送达。"""
        require(request.user, Right.DRAFT_LETTER, Right.SIGN_LETTER)
        letter = letters.draft(request.user, **self.typed(acting.LetterDraftSerializer))
        return self.answer(letter.pk, status.HTTP_201_CREATED)


@with_actions("listings")
class ListingViewSet(OfficeRecordViewSet):
    """挂牌、挂账督办。企业只见已批准的。"""

    model, queryset, lifecycle, forms = Listing, Listing.objects.none(), listings.LIFECYCLE, acting.LISTINGS
    rights = (Right.READ_HAZARD,)
    row, whole = reading.ListingSerializer, reading.ListingDetailSerializer
    filterset_class = ListingFilter
    selected, default_order = ("hazard__unit", "department", "batch"), ("-proposed_at", "-pk")

    @extend_schema(
        operation_id="listings_propose",
        request=acting.ListingProposalSerializer,
        responses={201: reading.ListingDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """提请督办。同一隐患只能有一项正在办理的督办。"""
        require(request.user, Right.PROPOSE_LISTING)
        values = self.typed(acting.ListingProposalSerializer)
        listing = listings.propose(request.user, values.pop("hazard").pk, **values)
        return self.answer(listing.pk, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="listings_file",
        request={"multipart/form-data": PhotoSerializer},
        responses={201: PhotoSerializer, **REFUSALS},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request) -> Response:
        """上传附件，返回编号，供函件、督办、措施办理时引用；只能由本人引用。"""
        filled = PhotoSerializer(data=request.data)
        filled.is_valid(raise_exception=True)
        kept = store(filled.validated_data["file"], by=request.user)
        return Response(PhotoSerializer(kept).data, status=status.HTTP_201_CREATED)


@with_actions("listing-batches")
class ListingBatchViewSet(OfficeRecordViewSet):
    """挂牌批次：一份通知书、一张进展表。编入批次用 listings 的 set_batch。"""

    model, queryset, lifecycle, forms = ListingBatch, ListingBatch.objects.none(), batches.LIFECYCLE, acting.BATCHES
    rights = (Right.READ_HAZARD,)
    row, whole = reading.BatchSerializer, reading.BatchDetailSerializer
    selected, default_order = ("office",), ("-year", "-number", "-pk")

    @extend_schema(
        operation_id="listing_batches_open", request=None, responses={201: reading.BatchDetailSerializer, **REFUSALS}
    )
    def create(self, request: Request) -> Response:
        """新开一批，属于调用人所在的安委办。"""
        require(request.user, Right.SERVE_LISTING)
        batch = batches.open_batch(request.user, request.user.hat.unit)  # type: ignore[union-attr]
        return self.answer(batch.pk, status.HTTP_201_CREATED)


@with_actions("measures")
class MeasureViewSet(OfficeRecordViewSet):
    """约谈、提级、曝光、移送等措施。企业只见已决定的。"""

    model, queryset, lifecycle, forms = Measure, Measure.objects.none(), measures.LIFECYCLE, acting.MEASURES
    row, whole = reading.MeasureSerializer, reading.MeasureDetailSerializer
    filterset_class = MeasureFilter
    selected, default_order = ("hazard__unit", "unit"), ("-proposed_at", "-pk")

    @extend_schema(
        operation_id="measures_propose",
        request=acting.MeasureProposalSerializer,
        responses={201: reading.MeasureDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """提出措施建议，由负责人决定。"""
        require(request.user, Right.PROPOSE_LISTING)
        values = self.typed(acting.MeasureProposalSerializer)
        measure = measures.propose(request.user, values.pop("hazard").pk, **values)
        return self.answer(measure.pk, status.HTTP_201_CREATED)
