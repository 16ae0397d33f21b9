"""One definition per figure: pages, notices, tables, scores and the API ask here and nowhere else."""

from reports.statistics.figures import FIGURES, Figure
from reports.statistics.periods import Period
from reports.statistics.shares import SHARES, Share
from reports.statistics.tables import (
    GROUPINGS,
    by_group,
    compute,
    in_group,
    rank,
    records,
    table,
    value_of,
)
from reports.statistics.trend import month_trend

__all__ = [
    "FIGURES",
    "GROUPINGS",
    "SHARES",
    "Figure",
    "Period",
    "Share",
    "by_group",
    "compute",
    "in_group",
    "month_trend",
    "rank",
    "records",
    "table",
    "value_of",
]
