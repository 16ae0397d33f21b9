"""Whatever the text, the reading does not break and does not invent."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.management.commands.score_plans import FOLDER
from tasks.plans.documents import Unreadable, open_document, paste
from tasks.plans.reading import read_plan

MARKS = [
    "一、主要任务",
    "（一）",
    "1.",
    "2、",
    "L",
    "7,",
    "第三条",
    "①",
    "1.1",
    "）",
    "(",
    "，",
    "。",
    "；",
    "|",
    "—",
    "至",
    "一是",
]
WORDS = [
    "（责任单位：",
    "牵头单位:",
    "应急办",
    "各村、社区",
    "等部门",
    "依职责分工负责",
    "分别牵头",
    "2024年6月底前",
    "每季度",
]
MORE = ["不少于3次", "100%", "年底前", "2026年", "排查隐患", "附件：", "《方案》", "\n", "\t", "\u3000", "\ufeff"]
PIECES = st.sampled_from([*MARKS, *WORDS, *MORE])
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map("".join))
LUBIAO = (FOLDER / "lubiao.txt").read_text(encoding="utf-8")


def document_of(text):
    try:
        return paste(text)
    except Unreadable:
        return None


@given(TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_value_is_a_piece_of_the_text(text):
    document = document_of(text)
    if document is None:
        return
    plan = read_plan(document)
    read = plan.as_json()
    values = [read["title"], read["number"], read["issuer"], *read["actions"]]
    for task in read["tasks"]:
        values += [task["title"], task["text"], *task["lead"], *task["responsible"], *task["cooperating"]]
        values += [*task["recurrence"], *task["quantities"]]
    assert all(value in plan.text.text for value in values)


@given(TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_lies_in_the_document_and_carries_its_value(text):
    document = document_of(text)
    if document is None:
        return
    plan = read_plan(document)
    for task in plan.tasks:
        for found in [task.title, task.text, *task.names, *task.due, *task.recurrence, *task.quantities]:
            start, end = plan.text.origin(found.piece)
            assert 0 <= start <= end <= len(document.text)
            left = iter(document.text[start:end])
            assert all(sign in left for sign in found.text)


@given(st.integers(0, len(LUBIAO)), st.integers(0, 400), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_damaged_plan_is_still_read(at, length, inserted):
    plan = read_plan(paste(LUBIAO[:at] + inserted + LUBIAO[at + length :]))
    assert len(plan.tasks) >= 35


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.doc", "a.exe"]),
    st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04"]),
)
@settings(max_examples=80, deadline=None)
def test_a_file_is_read_or_refused_in_chinese(data, name, head):
    refusal = ""
    try:
        read_plan(open_document(name, head + data))
    except Unreadable as refused:
        refusal = str(refused)
    assert not refusal or any("一" <= sign <= "鿿" for sign in refusal)
