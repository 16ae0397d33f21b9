"""Units: created, changed, proposed, confirmed, merged, taken out of use; lists, search and options."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from common.errors import Forbidden, Refused, WrongState
from hazards.models import Hazard
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from units import dossier, merging
from units.forms.fields import UnitField
from units.models import Enterprise, Membership, Unit, UnitProposal
from units.transitions import units as verbs
from units.transitions.proposals import decide_change, propose_change

CODE = "91530181985139192N"


def form_values(cast: Cast, **changes: object) -> dict[str, object]:
    """What the office types for a new enterprise."""
    values = {
        "name": "新建食品店",
        "uscc": CODE,
        "area": cast.areas["village"].pk,
        "risk": "yellow",
        "state": "operating",
    }
    return {**values, **changes}


def test_the_office_creates_an_enterprise_and_the_record_says_so(as_, cast: Cast) -> None:
    as_("officer").post(reverse("enterprise-create"), form_values(cast))
    unit = Unit.objects.get(name="新建食品店")
    assert unit.enterprise.uscc == CODE
    assert AuditEntry.objects.get(action="units.created").after["enterprise.uscc"] == CODE
    assert list(Unit.objects.matching("xjsp")) == list(Unit.objects.matching(CODE)) == [unit]


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"uscc": "91530181985139192X"}, "uscc", "校验不通过"),
        ({"uscc": ""}, "uscc", "须填写地址和经营者"),
        ({"name": "甲街道食品厂"}, "name", "同名单位"),
        ({"name": ""}, "name", "请填写单位名称"),
        ({"area": 999999}, "area", "选择"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_kept(as_, cast: Cast, changes: dict, field: str, text: str) -> None:
    response = as_("officer").post(reverse("enterprise-create"), form_values(cast, **changes))
    assert text in str(response.context["form"].errors[field])
    assert not Unit.objects.filter(name="新建食品店").exists()


def test_a_code_already_on_file_is_refused(as_, cast: Cast) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(uscc=CODE)
    response = as_("officer").post(reverse("enterprise-create"), form_values(cast))
    assert "已建档" in str(response.context["form"].errors["uscc"])


def test_a_change_is_recorded_with_before_and_after(as_, cast: Cast) -> None:
    firm = cast.units["firm"]
    typed = form_values(cast, name=firm.name, uscc="", operator="张三", address=firm.address, employees="12")
    as_("officer").post(reverse("enterprise-edit", args=[firm.pk]), typed)
    entry = AuditEntry.objects.get(action="units.changed")
    assert (entry.before["enterprise.employees"], entry.after["enterprise.employees"]) == (None, 12)


def test_an_enterprise_keeps_its_contacts_but_not_its_risk(as_, cast: Cast) -> None:
    firm = cast.units["firm"]
    typed = {"principal": "王新", "principal_phone": "13700000000", "risk": "red", "employees": "12"}
    as_("safety").post(reverse("enterprise-profile", args=[firm.pk]), typed)
    profile = Enterprise.objects.get(unit=firm)
    assert (profile.principal, profile.employees, profile.risk) == ("王新", 12, "blue")


def test_a_proposal_changes_nothing_until_the_office_accepts_it(as_, cast: Cast) -> None:
    firm = cast.units["firm"]
    proposal = propose_change(firm, cast.fresh("grid"), {"principal": "王新"}, "企业换人")
    assert Enterprise.objects.get(unit=firm).principal != "王新"
    as_("officer").post(reverse("unit-proposal", args=[proposal.pk]), {"accept": "1"})
    assert Enterprise.objects.get(unit=firm).principal == "王新"
    with pytest.raises(WrongState):
        decide_change(proposal, cast.fresh("head"), accept=True)


def test_a_returned_proposal_needs_a_reason(cast: Cast) -> None:
    proposal = propose_change(cast.units["firm"], cast.fresh("grid"), {"principal": "王新"}, "企业换人")
    with pytest.raises(Refused):
        decide_change(proposal, cast.fresh("officer"), accept=False)
    decide_change(proposal, cast.fresh("officer"), accept=False, opinion="请附证明")
    assert UnitProposal.objects.get().opinion == "请附证明"


def test_a_provisional_unit_is_confirmed_once(cast: Cast) -> None:
    shop = Unit.objects.create(kind="enterprise", name="无名店", area=cast.areas["village"], standing="provisional")
    verbs.confirm_unit(shop, cast.fresh("officer"))
    with pytest.raises(WrongState):
        verbs.confirm_unit(shop, cast.fresh("officer"))


def test_merging_moves_hazards_and_people_and_leaves_a_pointer(cast: Cast) -> None:
    source, target = cast.units["neighbour"], cast.units["firm"]
    hazard = hazard_in(cast, "rectifying", unit=source, area_path=source.area_path)
    verbs.merge_units(source, target, cast.fresh("officer"), "同一企业")
    hazard.refresh_from_db()
    source.refresh_from_db()
    assert (hazard.unit, hazard.area_path) == (target, target.area_path)
    assert (source.standing, source.merged_into) == ("merged", target)
    assert Membership.objects.filter(user=cast.rival_safety, unit=target).exists()
    assert Unit.objects.matching(source.name).active().get() == target
    assert AuditEntry.objects.get(action="units.merged").after["moved"]["hazards.Hazard.unit"] == 1


def test_units_of_different_kinds_or_streets_do_not_merge(cast: Cast) -> None:
    officer = cast.fresh("officer")
    with pytest.raises(Refused):
        verbs.merge_units(cast.units["village"], cast.units["firm"], officer, "误")
    with pytest.raises(Forbidden):
        verbs.merge_units(cast.units["rival_firm"], cast.units["firm"], officer, "误")


def test_every_reference_to_a_unit_moves_or_is_known_to_stay() -> None:
    moved = {f"{model._meta.label}.{field}" for model, field in merging.references()}
    assert {"hazards.Hazard.unit", "supervision.Letter.to_unit", "units.Membership.unit"} <= moved
    assert "units.Enterprise.unit" not in moved


def test_a_unit_with_an_obstacle_stays_in_use(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier, "_obstacles", [lambda unit: "有未销号隐患"])
    with pytest.raises(Refused, match="有未销号隐患"):
        verbs.set_active(cast.units["firm"], cast.fresh("officer"), active=False, reason="关停")


def test_a_unit_field_understands_names_codes_and_initials_and_names_the_ambiguous(cast: Cast) -> None:
    field = UnitField(queryset=Unit.objects.for_user(cast.fresh("officer")))
    firm = cast.units["firm"]
    assert field.clean("甲街道食品厂") == field.clean("甲街道食品厂（甲村）") == field.clean("jjdspc") == firm
    for text, part in (("甲街道", "可能是"), ("乙街道食品厂", "没有找到")):
        with pytest.raises(Exception, match=part):
            field.clean(text)


@pytest.mark.parametrize("rows", [10, 1000])
@pytest.mark.parametrize("route", ["enterprise-list", "unit-list", "v1:unit-list"])
def test_a_list_costs_the_same_queries_at_any_length(
    as_, cast: Cast, route: str, rows: int, django_assert_max_num_queries
) -> None:
    units = [
        Unit(kind="enterprise", name=f"企业{n}", area=cast.areas["village"], area_path=cast.areas["village"].path)
        for n in range(rows)
    ]
    Unit.objects.bulk_create(units)
    Enterprise.objects.bulk_create([Enterprise(unit=unit, department=cast.units["department"]) for unit in units])
    browser: Client = as_("officer")
    with django_assert_max_num_queries(18 if route.startswith("v1") else 24):
        assert browser.get(reverse(route)).status_code == 200


def test_the_export_holds_the_filtered_rows_only(as_, cast: Cast) -> None:
    response = as_("officer").get(reverse("enterprise-list"), {"export": "csv", "q": "食品厂"})
    text = (
        b"".join(response.streaming_content).decode("utf-8-sig")
        if response.streaming
        else response.content.decode("utf-8-sig")
    )
    assert "甲街道食品厂" in text
    assert "机械厂" not in text


def test_search_finds_by_initials_and_code_but_only_in_scope(as_, cast: Cast) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(uscc=CODE)
    cast.units["firm"].refresh_from_db()
    Unit.objects.get(pk=cast.units["firm"].pk).save()
    for query in ("jjdspc", CODE, "食品厂"):
        assert "甲街道食品厂" in as_("grid").get(reverse("search"), {"q": query}).content.decode()
        assert "甲街道食品厂" not in as_("rival_safety").get(reverse("search"), {"q": query}).content.decode()


def test_the_exact_number_of_a_hazard_opens_it(as_, cast: Cast) -> None:
    hazard: Hazard = hazard_in(cast, "rectifying")
    assert as_("officer").get(reverse("search"), {"q": hazard.number}).url == reverse("hazard-detail", args=[hazard.pk])
    assert as_("rival_officer").get(reverse("search"), {"q": hazard.number}).status_code == 200


def test_whatever_follows_a_merged_unit_has_the_area_it_says_it_copies():
    for name, area in merging.followers().items():
        label, field = name.rsplit(".", 1)
        columns = {column.name for column in apps.get_model(label)._meta.get_fields()}
        assert {field, area} <= columns, name
