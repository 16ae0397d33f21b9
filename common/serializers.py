"""What the API of every record with a lifecycle takes and answers: fields, the common inputs of actions, events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers


class ScopedField(serializers.PrimaryKeyRelatedField):
    """An id within the caller's reach: `reach(user)` gives the rows it may name."""

    def __init__(self, reach: Callable[[Any], QuerySet[Any]] | None = None, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(queryset=kwargs.pop("queryset", None), **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        """Nothing while the schema is written, which has no caller."""
        request = self.context.get("request")
        base: QuerySet[Any] = self.queryset
        return self.reach(request.user) if request is not None else base.none()


def text_field(label: str, most: int = 500, **more: Any) -> serializers.CharField:
    """Text of at most `most` characters, described by `label`."""
    return serializers.CharField(help_text=label, max_length=most, **more)


def optional_text(label: str, most: int = 500) -> serializers.CharField:
    """The same, may be left out or blank."""
    return text_field(label, most, required=False, allow_blank=True)


class CalledField(serializers.CharField):
    """What the method `source` of the record answers. A plain field would look at its signature again for every row."""

    def get_attribute(self, instance: Any) -> Any:
        """The answer."""
        return getattr(instance, str(self.source))()


class MomentField(serializers.DateTimeField):
    """A moment; one too early or too late for a time zone is refused like any other that cannot be."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """The aware moment."""
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow")


class ActionSerializer(serializers.Serializer):
    """Every action: the `version` of the record the caller saw; an older one is refused with 409."""

    version = serializers.IntegerField(
        required=False, allow_null=True, help_text="所见记录的版本，用于防止覆盖他人的办理"
    )


class OpinionSerializer(ActionSerializer):
    """A favourable decision."""

    opinion = optional_text("意见")


class ReasonSerializer(ActionSerializer):
    """A decision with its reason."""

    reason = text_field("理由")


class EventSerializer(serializers.Serializer):
    """One thing that happened."""

    at = serializers.DateTimeField(help_text="时间")
    action = serializers.CharField(help_text="动作")
    label = serializers.CharField(help_text="名称")
    source = serializers.CharField(help_text="原状态")
    target = serializers.CharField(help_text="新状态")
    actor_name = serializers.CharField(help_text="办理人姓名")
    actor_hat = serializers.CharField(help_text="办理身份")
    note = serializers.CharField(help_text="说明")
