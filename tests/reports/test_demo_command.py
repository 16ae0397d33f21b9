"""When the demonstration may be loaded, begun anew, or left alone; the history itself is played elsewhere."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from common.models import Heartbeat
from reports.management.commands import demo
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(monkeypatch):
    """The histories begun; each leaves a person behind, and breaks off while `played.broken`."""

    class Played(list):
        broken = False

    runs = Played()

    def make(told):
        runs.append(User.objects.create(username=f"demo{len(runs)}"))
        if runs.broken:
            raise KeyboardInterrupt

    def empty():
        User.objects.all().delete()
        Heartbeat.objects.all().delete()

    monkeypatch.setattr(demo.history, "make", make)
    monkeypatch.setattr(demo, "_empty", empty)
    return runs


def load(*arguments):
    call_command("demo", *arguments, stdout=StringIO())


def test_a_whole_demonstration_is_left_as_it_is_unless_asked(played):
    load()
    load()
    assert len(played) == 1
    load("--fresh")
    assert (len(played), User.objects.count()) == (2, 1)


def test_a_demonstration_that_was_broken_off_is_begun_anew(played):
    played.broken = True
    with pytest.raises(KeyboardInterrupt):
        load()
    played.broken = False
    load()
    assert User.objects.get().username == "demo1"


@pytest.mark.parametrize("arguments", [(), ("--fresh",)])
def test_real_data_are_never_touched(played, arguments):
    User.objects.create(username="office")
    with pytest.raises(CommandError, match="已有正式数据"):
        load(*arguments)
    assert User.objects.get().username == "office"
