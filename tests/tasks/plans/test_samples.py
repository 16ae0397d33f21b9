"""Plans in many styles, invented, with labels beside them; and the three real ones."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tasks.management.commands.score_plans import FOLDER
from tasks.plans.documents import open_document
from tasks.plans.reading import read_plan
from tasks.plans.scoring import FIELDS, Score, labelled_documents, score_document

SAMPLES = Path(__file__).parent / "samples"
DOCUMENTS = list(labelled_documents(SAMPLES))


@pytest.mark.parametrize(("path", "labels"), DOCUMENTS, ids=[path.stem for path, _ in DOCUMENTS])
def test_a_sample_is_read_as_labelled(path, labels):
    read = read_plan(open_document(path.name, path.read_bytes())).as_json()
    tasks = [{name: value for name, value in task.items() if name in labels["tasks"][0]} for task in read["tasks"]]
    assert {**read, "tasks": tasks} == labels


@pytest.mark.parametrize("path", [*SAMPLES.glob("*.txt"), *FOLDER.glob("*.txt")], ids=lambda path: path.stem)
def test_a_task_spans_its_own_text_and_no_other_task(path):
    document = open_document(path.name, path.read_bytes())
    tasks = read_plan(document).as_json()["tasks"]
    for task in tasks:
        words = re.sub(r"\s", "", document.text[slice(*task["span"])])
        head = re.sub(r"\s", "", task["title"])
        assert 0 <= words.find(head[:10]) <= max(len(task["no"]), 4) + 8, task["no"]
    spans = [task["span"] for task in tasks]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_there_are_thirty_seven_styles():
    assert len(DOCUMENTS) >= 37


def test_real_plans_agree_with_their_labels_no_less_than_the_docs_say():
    scores: dict[str, Score] = {}
    for path, labels in labelled_documents(FOLDER):
        score_document(path, labels, scores)
    assert [name for name in FIELDS if scores[name].precision < 1] == []
    assert [name for name in FIELDS if scores[name].recall < 1] == []


def test_the_lubiao_plan_has_eight_actions_and_forty_tasks():
    read = read_plan(open_document("plan.txt", (FOLDER / "lubiao.txt").read_bytes())).as_json()
    assert len(read["actions"]) == 8
    assert [task["no"] for task in read["tasks"]] == [str(number) for number in range(1, 41)]


def test_twelve_pages_take_less_than_half_a_second():
    document = open_document("plan.txt", (FOLDER / "lubiao.txt").read_bytes())
    started = time.process_time()
    read_plan(document)
    assert time.process_time() - started < 0.5
