"""Ids within the caller's reach, as several serializers of this room take them."""

from __future__ import annotations

from typing import Any

from common.serializers import (
    ScopedField,
)
from evidence.models import Attachment
from units.models import Unit, User
from units.queries import leaders


def units_field(**more: Any) -> ScopedField:
    return ScopedField(queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user).active(), **more)


def leaders_field(**more: Any) -> ScopedField:
    return ScopedField(
        queryset=User.objects.all(), reach=lambda user: leaders(user.area_path), many=True, required=False, **more
    )


def files_field() -> ScopedField:
    return ScopedField(
        queryset=Attachment.objects.all(),
        reach=lambda user: Attachment.objects.filter(uploaded_by=user),
        many=True,
        required=False,
        help_text="佐证附件编号（先调用 assignments/files/ 上传）",
    )
