"""`manage.py score_plans`: precision and recall of the plan reading, per field, on labelled documents."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tasks.plans.scoring import FIELDS, Score, labelled_documents, score_document

FOLDER = Path(__file__).resolve().parents[2] / "data" / "plans"
_WORDS = {
    "title": "标题", "number": "文号", "issuer": "发文机关", "period": "起止时间", "stages": "阶段", "actions": "行动", "task": "任务",
    "action": "任务所属行动", "lead": "牵头单位", "responsible": "责任单位", "cooperating": "配合单位", "due": "完成时限", "recurrence": "频次",
    "quantities": "量化指标",
}  # fmt: skip


class Command(BaseCommand):
    """Read every labelled document of a folder; print how far the reading agrees with the labels, together and for each."""

    requires_system_checks = ()
    help = "用人工标注的方案检验读取结果，按字段输出准确率和召回率"

    def add_arguments(self, parser: CommandParser) -> None:
        """FOLDER."""
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="文件夹，每份文件旁有同名 .json 标注")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Read and print the tables."""
        documents = list(labelled_documents(folder))
        if not documents:
            raise CommandError(f"{folder} 里没有带标注的文件。")
        started = time.perf_counter()
        alone: dict[str, dict[str, Score]] = {}
        for path, labels in documents:
            score_document(path, labels, alone.setdefault(path.stem, {}))
        seconds = time.perf_counter() - started
        scores = {name: sum((each[name] for each in alone.values()), Score()) for name in FIELDS}
        self._write(scores)
        for stem, each in alone.items() if len(alone) > 1 else ():
            self.stdout.write(f"\n{stem}\n")
            self._write(each)
        self.stdout.write(f"\n{len(documents)} 份文件，读取共 {seconds:.2f} 秒。")

    def _write(self, scores: dict[str, Score]) -> None:
        self.stdout.write("| 字段 | 标注 | 读出 | 正确 | 准确率 | 召回率 |\n|---|--:|--:|--:|--:|--:|")
        for name in FIELDS:
            score = scores[name]
            shares = " | ".join("—" if share is None else f"{share:.1%}" for share in (score.precision, score.recall))
            self.stdout.write(f"| {_WORDS[name]} | {score.labelled} | {score.read} | {score.right} | {shares} |")
