"""A list as a file to download, written row by row so that its size costs time, not memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from common import clock
from common.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2 * 1024 * 1024


def export_response(kind: str, title: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponseBase:
    """`rows` as an attachment 标题20261122.xlsx or .csv with the given columns."""
    from common.spreadsheets import OutColumn, stream_csv, write_xlsx

    heads = [OutColumn(column.label, column.kind, column.width) for column in columns]
    name = f"{title}{clock.today():%Y%m%d}.{kind}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            stream_csv(heads, _values(columns, rows)), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response
    # The response closes the file once it is sent.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    write_xlsx(file, title, heads, _values(columns, rows))  # type: ignore[arg-type]
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _values(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    return ([column.exported(row) for column in columns] for row in rows)
