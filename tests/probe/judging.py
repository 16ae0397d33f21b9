"""What an answer to bad input must look like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|COPY)\s+"?(\w+)', re.IGNORECASE)
_SAVEPOINT = re.compile(r'^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "?(\w+)')
# What may be written beside a refusal: the session, counters of failed sign-ins and tries, the record of the attempt.
ASIDE = ("django_session", "units_usersession", "axes_", "audit_", "supervision_replylink")


def written(queries: list[dict[str, str]]) -> set[str]:
    """The tables written to and not rolled back to a savepoint afterwards."""
    marks: list[tuple[str, int]] = []
    done: list[str] = []
    for query in queries:
        sql = query["sql"]
        if mark := _SAVEPOINT.match(sql):
            verb, name = mark.groups()
            if verb == "SAVEPOINT":
                marks.append((name, len(done)))
            elif verb == "ROLLBACK TO SAVEPOINT":
                del done[dict(marks)[name] :]
        elif match := _WRITE.match(sql):
            done.append(match[1])
    return {table for table in done if not table.startswith(ASIDE)}


def page_complaints(response: HttpResponse, queries: list[dict[str, str]]) -> Iterator[str]:
    """What is wrong with a page's answer."""
    code = response.status_code
    if code >= 500:
        yield f"{code}"
        return
    if code < 400:
        return
    if tables := written(queries):
        yield f"{code}, but wrote to {', '.join(sorted(tables))}"
    if not CHINESE.search(_said(response)):
        yield f"{code} without a Chinese word"
    for name, texts in _errors(response).items():
        yield from (f"{name}: {text}" for text in texts if not CHINESE.search(text))


def _said(response: HttpResponse) -> str:
    """The words of the answer; JSON hides Chinese behind escapes."""
    is_json = "json" in response.headers.get("Content-Type", "")
    return str(json.loads(response.content)) if is_json else response.content.decode()


def _errors(response: HttpResponse) -> dict[str, list[str]]:
    form = (getattr(response, "context", None) or {}).get("form")
    return form.errors if isinstance(form, BaseForm) and form.is_bound else {}


def api_complaints(response: HttpResponse, queries: list[dict[str, str]]) -> Iterator[str]:
    """What is wrong with the API's answer."""
    code = response.status_code
    if code >= 500:
        yield f"{code}"
        return
    if code < 400:
        return
    if tables := written(queries):
        yield f"{code}, but wrote to {', '.join(sorted(tables))}"
    body = response.json()
    for text in _texts([body.get("message", ""), body.get("fields", {})]):
        if not CHINESE.search(text):
            yield f"{code}: {text!r}"


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from _texts(each)
    else:
        yield str(found)
