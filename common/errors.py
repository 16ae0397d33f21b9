"""What a rule says when it refuses. One family, so that page, API and job answer alike."""

from __future__ import annotations

from collections.abc import Mapping


class RuleError(Exception):
    """A refusal with a Chinese message for the person, a stable code for programs and an HTTP status."""

    code = "refused"
    status = 422
    default = "操作未能完成。"

    def __init__(self, message: str = "", fields: Mapping[str, str] | None = None) -> None:
        self.message = message or self.default
        self.fields = dict(fields or {})
        super().__init__(self.message)


class Refused(RuleError):
    """The input does not satisfy a guard; `fields` says where (field name → Chinese reason)."""

    @classmethod
    def at(cls, field: str, text: str) -> Refused:
        """A refusal that stands at one field."""
        return cls(text, {field: text})


class Forbidden(RuleError):
    """The person may see the record but may not do this."""

    code = "forbidden"
    status = 403
    default = "您没有办理此事项的权限。"


class NotInScope(RuleError):
    """Outside the person's read scope; indistinguishable from what does not exist."""

    code = "not_found"
    status = 404
    default = "没有找到该记录，或不在您的管辖范围内。"


class WrongState(RuleError):
    """The record is not in a state from which this may be done."""

    code = "wrong_state"
    status = 409
    default = "当前状态不能办理此事项。"


class Stale(WrongState):
    """Somebody else acted on the record after the page was opened."""

    code = "stale"
    default = "该记录刚刚已被他人处理，请刷新后再操作。"
