"""The codes of audited actions and their Chinese names, which the filter of the audit page offers.

Every app registers its own codes in `AppConfig.ready`: `actions.register({"hazards.export": "导出隐患台账"})`.
"""

from __future__ import annotations

from common.naming import Names

SIGN_IN = "auth.sign_in"
SIGN_OUT = "auth.sign_out"
SIGN_IN_FAILED = "auth.sign_in_failed"
LOCKED_OUT = "auth.locked_out"
AUDIT_VIEW = "audit.view"
AUDIT_VERIFY = "audit.verify"
EXPORT = "ledger.export"

SIGN_IN_LOG = (SIGN_IN, SIGN_OUT, SIGN_IN_FAILED, LOCKED_OUT)

_names = Names(
    "audit action",
    {
        SIGN_IN: "登录",
        SIGN_OUT: "退出",
        SIGN_IN_FAILED: "登录失败",
        LOCKED_OUT: "账号锁定",
        AUDIT_VIEW: "查看审计记录",
        AUDIT_VERIFY: "校验审计链",
        EXPORT: "导出台账",
    },
)
register = _names.register
name_of = _names.name_of
choices = _names.choices
