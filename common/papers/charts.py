"""Charts as PNG for papers. matplotlib takes a second to load: call this in jobs, not in pages (which draw in the browser)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from common.papers import fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

# Readable in print without colour: from dark to light, distinguishable to the colour-blind.
PALETTE = ("#1f4e79", "#c55a11", "#7f7f7f", "#2e8b57", "#8064a2")
_WIDTH, _DPI = 6.14, 200  # inches: 156 mm, the text width


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float]], title: str, unit: str = "") -> bytes:
    """Upright bars, one group per label and one colour per series; values stand above the bars."""
    figure, axes, font = _sheet(3.0)
    step = 0.8 / max(len(series), 1)
    for n, (name, values) in enumerate(series.items()):
        places = [place - 0.4 + step * (n + 0.5) for place in range(len(labels))]
        drawn = axes.bar(places, list(values), width=step * 0.92, label=name, color=PALETTE[n % len(PALETTE)])
        axes.bar_label(drawn, fmt="{:g}", fontsize=7, padding=1)
    axes.set_xticks(range(len(labels)), list(labels))
    return _finish(figure, axes, font, _titled(title, unit))


def lines(labels: Sequence[str], series: Mapping[str, Sequence[float | None]], title: str, unit: str = "") -> bytes:
    """A line per series over the labels; None leaves a gap (a rate of 0/0 is not zero)."""
    figure, axes, font = _sheet(3.0)
    for n, (name, values) in enumerate(series.items()):
        points = [float("nan") if value is None else float(value) for value in values]
        axes.plot(range(len(labels)), points, marker="osD^v"[n % 5], label=name, color=PALETTE[n % len(PALETTE)])
    axes.set_xticks(range(len(labels)), list(labels))
    axes.set_ylim(bottom=0, top=max(axes.get_ylim()[1], 1e-9) * 1.08)
    return _finish(figure, axes, font, _titled(title, unit))


def ranking(rows: Sequence[tuple[str, float]], title: str, unit: str = "") -> bytes:
    """Lying bars in the order given, the first on top: for ranked units with long names."""
    figure, axes, font = _sheet(0.9 + 0.28 * max(len(rows), 1))
    drawn = axes.barh(range(len(rows)), [value for _, value in rows], height=0.62, color=PALETTE[0])
    axes.bar_label(drawn, fmt="{:g}", fontsize=8, padding=2)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.invert_yaxis()
    axes.margins(x=0.1)
    return _finish(figure, axes, font, _titled(title, unit))


@lru_cache(maxsize=1)
def _font(path: str) -> FontProperties:
    from matplotlib.font_manager import FontProperties, fontManager

    fontManager.addfont(path)
    return FontProperties(fname=path, size=9)


def _sheet(height: float) -> tuple[Figure, Axes, FontProperties]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    return figure, figure.subplots(), _font(str(fonts.chart_font()[0]))


def _titled(title: str, unit: str) -> str:
    return f"{title}（单位：{unit}）" if unit else title


def _finish(figure: Figure, axes: Axes, font: FontProperties, title: str) -> bytes:
    large = font.copy()
    large.set_size(11)
    axes.set_title(title, fontproperties=large)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
    if len(axes.get_legend_handles_labels()[1]) > 1:
        figure.legend(loc="outside lower center", prop=font, frameon=False, ncols=4)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
