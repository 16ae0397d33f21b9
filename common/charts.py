"""A chart as data: the same figures drawn by charts.js and listed in the table beside it, each opening its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.columns import Figure

KINDS = ("bar", "line", "pie", "stack")


@dataclass(frozen=True)
class Series:
    """One row of figures over the chart's labels; None is "no value", never zero. `tone` only for risk and status."""

    name: str
    values: Sequence[float | int | None]
    urls: Sequence[str] = ()
    tone: str = ""


@dataclass(frozen=True)
class Chart:
    """What parts/chart.html shows. `axis` heads the labels in the table; `lying` turns bars sideways for long names.

    `tones` colours the labels of a pie. Every series must be as long as `labels`, or ValueError.
    """

    id: str
    title: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    axis: str = ""
    unit: str = ""
    lying: bool = False
    tones: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"chart {self.id}: unknown kind {self.kind!r}")
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError(f"chart {self.id}: a series differs in length from the labels")

    @property
    def data_id(self) -> str:
        """The id of the JSON block."""
        return f"{self.id}-data"

    @property
    def data(self) -> dict[str, Any]:
        """What charts.js reads."""
        values = [value for series in self.series for value in series.values if value is not None]
        return {
            "labels": list(self.labels),
            "unit": self.unit,
            "lying": self.lying,
            "tones": list(self.tones),
            "whole": all(float(value).is_integer() for value in values),
            "series": [
                {"name": each.name, "values": list(each.values), "urls": list(each.urls), "tone": each.tone}
                for each in self.series
            ],
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: one row a label, one linked figure a series."""
        return [
            {"label": label, "cells": [self._cell(series, place) for series in self.series]}
            for place, label in enumerate(self.labels)
        ]

    def _cell(self, series: Series, place: int) -> Figure:
        return Figure(series.name, series.values[place], series.urls[place] if series.urls else "")
