"""The one way a record with a lifecycle changes state: lock, check, write, tell.

A lifecycle is a table `RULES: action → Rule` in an app's `transitions.py`. `perform` is the only code that
writes a status: it locks the row, checks state, permission, separation of duties and guard on the locked
row, applies the change and appends exactly one event, in one transaction. Buttons, API actions, permission
tests and the table in the docs are read from the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from common import clock
from common.errors import Forbidden, Refused, Stale, WrongState

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """One action of a lifecycle.

    `right` is a key of the permission matrix; `guard(record, actor, values)` raises `Refused`/`Forbidden`;
    `apply(record, actor, values)` sets fields other than the state and returns what the event shall keep;
    `target` is the state reached, or a function of (record, values) where the rule branches, or None where
    the state stays. `effect` tells the person, before pressing, what will happen.
    """

    label: str
    sources: tuple[str, ...]
    target: str | Callable[[Any, Values], str] | None
    right: str
    effect: str
    guard: Callable[[Any, Any, Values], None] | None = None
    apply: Callable[[Any, Any, Values], dict[str, Any]] | None = None
    after: Callable[[Any, Any, Any], None] | None = None
    form: str = ""
    tone: str = "primary"
    system: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """A rules table bound to its model, its event log and its permission check.

    `may(actor, right, record)` answers whether the actor holds the right over this very record, `log(record, actor)`
    which of its events the actor may know of. `related` names what nearly every action of it reads beside the record.
    """

    model: type[models.Model]
    rules: Mapping[str, Rule]
    may: Callable[[Any, str, Any], bool]
    write_event: Callable[..., Any]
    state_field: str = "state"
    related: tuple[str, ...] = ()
    on_change: tuple[Callable[[Any, Any, str], None], ...] = field(default=())
    log: Callable[[Any, Any], Any] = field(default=lambda record, actor: record.events.all())

    def allowed(self, record: Any, actor: Any) -> list[str]:
        """The actions the actor may press now, in table order. Guards on what is typed come later."""
        state = getattr(record, self.state_field)
        return [
            name
            for name, rule in self.rules.items()
            if not rule.system and state in rule.sources and self.may(actor, rule.right, record)
        ]

    def perform(self, action: str, pk: Any, actor: Any, version: int | None = None, **values: Any) -> Any:
        """Do `action` on the record `pk` for `actor` and return the locked, updated record.

        `version` is the record's version the person saw; a newer row refuses with `Stale` and names who
        acted. Raises `WrongState` (409), `Forbidden` (403) or `Refused` (422); then nothing is written.
        """
        rule = self.rules[action]
        with transaction.atomic():
            record = self._locked(pk)
            at = clock.now()
            source = getattr(record, self.state_field)
            self._check(rule, record, actor, source, version)
            if rule.guard:
                rule.guard(record, actor, values)
            data = rule.apply(record, actor, values) if rule.apply else {}
            target = rule.target(record, values) if callable(rule.target) else (rule.target or source)
            setattr(record, self.state_field, target)
            record.version += 1
            record.updated_at = at
            record.save()
            event = self.write_event(record, action, actor, at=at, source=source, target=target, data=data)
            if rule.after:
                rule.after(record, actor, event)
            for hook in self.on_change:
                hook(record, actor, action)
        return record

    def _locked(self, pk: Any) -> Any:
        rows = self.model._default_manager.select_for_update(no_key=True, of=("self",))
        return (rows.select_related(*self.related) if self.related else rows).get(pk=pk)

    def check(self, action: str, record: Any, actor: Any) -> None:
        """Raise what `perform` would raise before it looks at any value: `WrongState` or `Forbidden`."""
        self._check(self.rules[action], record, actor, getattr(record, self.state_field), None)

    def _check(self, rule: Rule, record: Any, actor: Any, source: str, version: int | None) -> None:
        if version is not None and version != record.version:
            raise Stale(self._who_acted(record, actor))
        if source not in rule.sources:
            states = dict(self.model._meta.get_field(self.state_field).flatchoices)
            raise WrongState(
                f"当前状态为“{states.get(source, source)}”，不能{rule.label}。{self._who_acted(record, actor)}"
            )
        self._check_right(rule, record, actor)

    def check_right(self, action: str, record: Any, actor: Any) -> None:
        """Refuse (403) whoever does not hold the action's right over this record, whatever its state or the input."""
        self._check_right(self.rules[action], record, actor)

    def _check_right(self, rule: Rule, record: Any, actor: Any) -> None:
        if not rule.system and not self.may(actor, rule.right, record):
            raise Forbidden(f"您没有对该记录“{rule.label}”的权限。")

    def _who_acted(self, record: Any, actor: Any) -> str:
        last = record.events.order_by("-id").first()
        if last is None or not self.log(record, actor).filter(pk=last.pk).exists():
            return Stale.default
        moment = f"{clock.local(last.at):%m月%d日 %H:%M}"
        return f"该记录已被{last.actor_name or '系统'}于{moment}处理（{last.label}），请刷新后查看。"


def require(values: Values, **labels: str) -> None:
    """Refuse when any named value is missing or blank, with one Chinese reason per field."""
    missing = {
        name: f"请填写{label}。"
        for name, label in labels.items()
        if values.get(name) in (None, "") or (isinstance(values.get(name), str) and not values[name].strip())
    }
    if missing:
        raise Refused("；".join(reason.rstrip("。") for reason in missing.values()) + "。", missing)


def with_reason(record: Any, actor: Any, values: Values) -> None:
    """A reason."""
    require(values, reason="理由")


def keep_reason(record: Any, actor: Any, values: Values) -> dict[str, Any]:
    """The effect of an action that changes nothing but the state: its event keeps the reason."""
    return {"note": values["reason"]}
