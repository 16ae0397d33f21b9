"""How people and units look in the API. Coordinates are WGS-84 degrees; enum values are codes with a label beside."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.serializers import CalledField
from units.models import Area, Enterprise, Membership, Unit, User


class AreaSerializer(serializers.ModelSerializer):
    """An area, as a reference."""

    class Meta:
        model = Area
        fields = ("id", "name", "level", "code")


class UnitReferenceSerializer(serializers.ModelSerializer):
    """A unit, as a reference."""

    class Meta:
        model = Unit
        fields = ("id", "name", "kind")


class EnterpriseSerializer(serializers.ModelSerializer):
    """The enterprise profile."""

    sector = serializers.CharField(source="sector.name", default=None, help_text="行业领域")
    department = UnitReferenceSerializer()
    risk_label = CalledField(source="get_risk_display")
    state_label = CalledField(source="get_state_display")

    class Meta:
        model = Enterprise
        exclude = ("id", "unit", "grid_worker")


class UnitSerializer(serializers.ModelSerializer):
    """A unit of any kind, without its profile."""

    area = AreaSerializer()
    kind_label = CalledField(source="get_kind_display")
    standing_label = CalledField(source="get_standing_display")
    uscc = serializers.SerializerMethodField(help_text="统一社会信用代码")

    class Meta:
        model = Unit
        fields = (
            "id",
            "kind",
            "kind_label",
            "name",
            "short_name",
            "uscc",
            "area",
            "address",
            "is_committee_member",
            "standing",
            "standing_label",
            "is_active",
        )

    def get_uscc(self, unit: Unit) -> str | None:
        """The credit code of an enterprise."""
        profile = getattr(unit, "enterprise", None)
        return profile.uscc if profile else None


class UnitDetailSerializer(UnitSerializer):
    """A unit with its contacts, its sectors, and the profile where it is an enterprise."""

    sectors = serializers.SlugRelatedField("name", many=True, read_only=True)
    enterprise = serializers.SerializerMethodField()

    class Meta(UnitSerializer.Meta):
        fields = (
            *UnitSerializer.Meta.fields,
            "aliases",
            "contact",
            "phone",
            "duties",
            "sectors",
            "remark",
            "enterprise",
        )

    @extend_schema_field(EnterpriseSerializer(allow_null=True))
    def get_enterprise(self, unit: Unit) -> Any:
        """The profile; null for other kinds."""
        profile = getattr(unit, "enterprise", None)
        return EnterpriseSerializer(profile).data if profile else None


class HatSerializer(serializers.ModelSerializer):
    """A role the person holds; its id goes into the header `X-Membership`."""

    unit = UnitReferenceSerializer()
    role_label = CalledField(source="get_role_display")
    is_worn = serializers.SerializerMethodField(help_text="是否为当前身份")

    class Meta:
        model = Membership
        fields = ("id", "unit", "role", "role_label", "title", "is_worn")

    def get_is_worn(self, membership: Membership) -> bool:
        """Whether this request acts under it."""
        return membership.pk == self.context["worn"]


class MeSerializer(serializers.ModelSerializer):
    """The signed-in person, the hats held, and the rights of the hat worn (right code → scope code)."""

    hats = HatSerializer(many=True)
    rights = serializers.DictField(child=serializers.CharField(), help_text="权限代码 → 范围代码")
    unread = serializers.IntegerField(help_text="未读消息数")

    class Meta:
        model = User
        fields = ("id", "username", "name", "phone", "email", "hats", "rights", "unread")


class CredentialsSerializer(serializers.Serializer):
    """What a token is given for."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenSerializer(serializers.Serializer):
    """`Authorization: Token <token>` from now on, until the password changes."""

    token = serializers.CharField()


class ErrorSerializer(serializers.Serializer):
    """Every refusal: a code for programs, a message for people, reasons by field where there are any."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.CharField(), required=False)  # type: ignore[assignment]
