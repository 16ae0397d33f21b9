"""The words of a drafted notice, from its snapshot; staff edit them before approval."""

from __future__ import annotations

from typing import Any

from reports.statistics import Period


def title(street: str, period: Period) -> str:
    """The title of a notice on `period`."""
    return f"关于{period.label}{street}\n事故隐患排查治理情况的通报"


def sections(snapshot: dict[str, Any], period: Period) -> list[dict[str, Any]]:
    """The text as {key, heading, paragraphs}; tables are placed by key when the paper is made."""
    drafted = (
        ("overall", "总体情况", _overall(snapshot, period)),
        ("units", "各单位整改情况", _units(snapshot, period)),
        ("listed", "重大隐患及挂牌督办进展", _listed(snapshot, period)),
        ("overdue", "逾期未改情况", _overdue(snapshot, period)),
        ("problems", "存在的主要问题", _problems(snapshot, period)),
        ("demands", "下一步工作要求", _demands(snapshot)),
    )
    return [{"key": key, "heading": heading, "paragraphs": text} for key, heading, text in drafted]


def _figure(snapshot: dict[str, Any], key: str, part: str = "figures") -> str:
    return str(snapshot[part][key]["display"])


def _days(snapshot: dict[str, Any]) -> str:
    """Nothing was closed, so nothing took any days."""
    entry = snapshot["figures"]["mean_days"]
    return f"，平均整改天数{entry['display']}天" if entry["value"] is not None else ""


def _overall(snapshot: dict[str, Any], period: Period) -> list[str]:
    f = lambda key: _figure(snapshot, key)  # noqa: E731
    first = (
        f"{period.label}，全街道新增隐患{f('new')}项（其中重大隐患{f('new_major')}项），销号{f('closed')}项，"
        f"期末存量{f('stock')}项（其中重大隐患{f('stock_major')}项），逾期未改{f('overdue')}项。"
        f"整改率{f('closing_rate')}，按期整改率{f('on_time_rate')}，一次复查合格率{f('first_pass_rate')}{_days(snapshot)}。"
    )
    second = (
        f"今年以来累计新增隐患{_figure(snapshot, 'new', 'year')}项，销号{_figure(snapshot, 'closed', 'year')}项，"
        f"按期整改率{_figure(snapshot, 'on_time_rate', 'year')}。去年同期新增{_figure(snapshot, 'new', 'last_year')}项，"
        f"销号{_figure(snapshot, 'closed', 'last_year')}项。"
    )
    channels = "，".join(f"{row['name']}{row['new']}项" for row in snapshot["channels"] if row["new"])
    return [first, second] + ([f"新增隐患按来源分：{channels}。"] if channels else [])


def _units(snapshot: dict[str, Any], period: Period) -> list[str]:
    ranked = [row for row in snapshot["villages"] if row.get("rank")]
    if not ranked:
        return [f"{period.word}各村（社区）均无到期隐患，不作排名。"]
    full = [row["name"] for row in ranked if row["on_time_rate"] == 1]
    low = [row for row in ranked if row["on_time_rate"] < 0.8]
    text = [f"{period.word}有到期隐患的村（社区）{len(ranked)}个。"]
    if full:
        text.append(f"到期隐患全部按期整改的有：{'、'.join(full)}。")
    if low:
        parts = [f"{row['name']}（到期{row['fell_due']}项，按期整改{row['on_time']}项）" for row in low]
        text.append(f"按期整改率低于80%的有：{'、'.join(parts)}。")
    return ["".join(text)]


def _listed(snapshot: dict[str, Any], period: Period) -> list[str]:
    rows = snapshot["listed"]
    if not rows:
        return ["截至期末，无挂牌、挂账督办隐患。"]
    done = sum(row.get("ended", row["state"] == "已摘牌") for row in rows)
    missed = [f"{row['unit']}（{row['missed']}次）" for row in rows if row["missed"]]
    text = f"截至期末，挂牌、挂账督办隐患{len(rows) - done}项，{period.word}摘牌、销账、销案{done}项。"
    return [text] + ([f"未按期报告进展的单位：{'、'.join(missed)}。"] if missed else [])


def _overdue(snapshot: dict[str, Any], period: Period) -> list[str]:
    rows = snapshot["overdue"]
    text = (
        [f"截至期末，逾期未改隐患{len(rows)}项，最长逾期{max(row['days'] for row in rows)}天，清单见附件1。"]
        if rows
        else []
    )
    text += _named(snapshot["named"])
    text += _named_tasks(snapshot.get("named_tasks") or [])
    if snapshot["zero"]:
        text.append(f"{period.word}未上报新增隐患的村（社区）：{'、'.join(snapshot['zero'])}。")
    return text or ["截至期末，无逾期未改隐患。"]


def _named(rows: list[dict[str, Any]]) -> list[str]:
    """Those the ladder put here by name: the ones still waiting, and the ones dealt with after all."""

    def joined(rectified: bool) -> str:
        return "；".join(
            f"{row['unit']}“{row['description'][:24].rstrip('。，；')}”（{row['number']}）"
            for row in rows
            if row["rectified"] == rectified
        )

    waiting, done = joined(False), joined(True)
    text = [f"以下隐患经提示、督促仍未整改，予以通报：{waiting}。"] if waiting else []
    return text + ([f"以下隐患长期逾期，经督促后方报告整改，一并通报：{done}。"] if done else [])


def _named_tasks(rows: list[dict[str, Any]]) -> list[str]:
    """Units the ladder put here by name for tasks that are late, task by task."""
    late: dict[str, list[str]] = {}
    for row in rows:
        late.setdefault(row["title"], []).append(row["unit"])
    named = "；".join(f"“{title[:30]}”：{'、'.join(dict.fromkeys(units))}" for title, units in late.items())
    return [f"以下任务经提示、督促仍未办结，予以通报：{named}。"] if named else []


def _problems(snapshot: dict[str, Any], period: Period) -> list[str]:
    worst = sorted(snapshot["sectors"], key=lambda row: -row["overdue"])[:2]
    late = [f"{row['name']}{row['overdue']}项" for row in worst if row["overdue"]]
    text = [f"逾期隐患较集中的行业领域：{'、'.join(late)}。"] if late else []
    repeat = snapshot["figures"]["first_pass_rate"]["value"]
    if repeat is not None and repeat < 0.9:
        text.append("部分单位整改质量不高，首次复查未通过，存在应付思想。")
    return text or [f"{period.word}未发现突出共性问题。"]


def _demands(snapshot: dict[str, Any]) -> list[str]:
    return [
        "一是压实整改责任。逾期未改隐患的责任单位要立即整改，监管部门和村（社区）要逐项盯办，整改一项、复查一项、销号一项。",
        "二是严格挂牌督办。挂牌、挂账隐患要按治理方案推进，按期报告进展，确需延期的须在规定时限内提出。",
        "三是坚持举一反三。各单位要对照通报问题开展自查，按规定报送排查情况，未发现隐患的实行零报告。",
    ]
