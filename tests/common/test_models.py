"""Long work with its result, and signs of life."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common import clock
from common.models import BackgroundWork, Heartbeat
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast: Cast) -> BackgroundWork:
    return BackgroundWork.objects.create(owner=cast.officer, kind="export", title="导出隐患台账")


def test_long_work_is_seen_by_its_owner_only(cast: Cast, work: BackgroundWork) -> None:
    assert list(BackgroundWork.objects.for_user(cast.officer)) == [work]
    assert not BackgroundWork.objects.for_user(cast.head).exists()


def test_work_is_taken_by_one_worker_only(work: BackgroundWork) -> None:
    twin = BackgroundWork.objects.get(pk=work.pk)
    assert work.start(total=10)
    assert not twin.start(total=10)
    assert list(BackgroundWork.objects.unfinished()) == [work]


def test_progress_reaches_one_hundred_only_when_done(work: BackgroundWork) -> None:
    assert work.percent == 0
    work.start(total=200)
    work.advance(200)
    assert work.percent == 99
    work.finish({"rows": 200})
    work.refresh_from_db()
    assert (work.percent, work.state, work.result) == (100, "DONE", {"rows": 200})
    assert work.finished_at is not None
    assert not BackgroundWork.objects.unfinished().exists()


def test_failed_work_tells_its_owner_why(work: BackgroundWork) -> None:
    work.start()
    work.fail("文件已损坏。")
    work.refresh_from_db()
    assert (work.get_state_display(), work.error) == ("失败", "文件已损坏。")


def test_a_heartbeat_grows_old_and_an_unknown_one_has_no_age() -> None:
    moment = clock.now()
    with clock.at(moment):
        Heartbeat.objects.beat("worker")
    with clock.at(moment + timedelta(seconds=90)):
        assert Heartbeat.objects.age("worker") == 90
        Heartbeat.objects.beat("worker")
        assert Heartbeat.objects.age("worker") == 0
    assert Heartbeat.objects.age("beat") is None
