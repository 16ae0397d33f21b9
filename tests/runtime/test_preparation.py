"""What a start prepares, and what a second start finds done."""

from __future__ import annotations

from common.street import preparation


def test_static_files_are_collected_once_and_again_when_one_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(preparation, "ROOT", tmp_path)
    monkeypatch.setenv("QINGHUAN_VAR", str(tmp_path / "var"))
    (tmp_path / "requirements.txt").write_text("django")
    source = tmp_path / "static" / "app.css"
    collected = tmp_path / "var" / "static" / "app.css"
    for folder in (source.parent, collected.parent):
        folder.mkdir(parents=True)
    source.write_text("a")
    runs = []

    def collect(environment, *command, failure):
        runs.append(command)
        collected.write_text(source.read_text())

    monkeypatch.setattr(preparation, "_manage", collect)
    preparation._collect_static({})
    preparation._collect_static({})
    assert len(runs) == 1
    source.write_text("body {}")
    preparation._collect_static({})
    assert len(runs) == 2
