"""An OpenAPI document turned into rows a template can show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class FieldRow:
    """One parameter or field: name, type, whether it is needed, what it means."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    anchor: str
    method: str
    path: str
    text: str
    parameters: list[FieldRow]
    body: list[FieldRow]
    answers: list[tuple[str, str, list[FieldRow]]]


def described(schema: dict[str, Any]) -> dict[str, list[Operation]]:
    """The operations of the document by their first tag, in the document's order."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                operation = methods[method]
                tag = (operation.get("tags") or ["其他"])[0]
                groups.setdefault(tag, []).append(_operation(schema, path, method, operation))
    return groups


def _operation(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        text=operation.get("description") or operation.get("summary") or "",
        parameters=[
            FieldRow(
                item["name"], _type(schema, item["schema"]), item.get("required", False), item.get("description", "")
            )
            for item in operation.get("parameters", ())
        ],
        body=_fields(schema, _content(operation.get("requestBody", {}))),
        answers=[
            (status, answer.get("description", ""), _fields(schema, _content(answer)))
            for status, answer in operation.get("responses", {}).items()
        ],
    )


def _content(part: dict[str, Any]) -> dict[str, Any]:
    """The schema of a body, whatever its media type."""
    return next((media.get("schema", {}) for media in part.get("content", {}).values()), {})


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> list[FieldRow]:
    return list(_walk(schema, shape, "", 0))


def _walk(schema: dict[str, Any], shape: dict[str, Any], prefix: str, depth: int) -> Iterator[FieldRow]:
    """The fields of an object and, two levels down, of the objects inside it."""
    shape = _resolved(schema, shape)
    if shape.get("type") == "array":
        yield from _walk(schema, shape.get("items", {}), f"{prefix}[]", depth)
        return
    for name, inner in shape.get("properties", {}).items():
        full = f"{prefix}.{name}" if prefix else name
        needed = name in shape.get("required", ())
        yield FieldRow(full, _type(schema, inner), needed, inner.get("description") or inner.get("title") or "")
        if depth < 2:
            yield from _walk(schema, inner, full, depth + 1)


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """The shape behind references and one-member compositions."""
    while "$ref" in shape or "allOf" in shape or "oneOf" in shape:
        name = shape.get("$ref", "").rsplit("/", 1)[-1]
        shape = schema["components"]["schemas"][name] if name else (shape.get("allOf") or shape["oneOf"])[0]
    return shape


def _type(schema: dict[str, Any], shape: dict[str, Any]) -> str:
    shape = _resolved(schema, shape)
    if shape.get("enum"):
        return " | ".join(str(value) for value in shape["enum"] if value is not None)
    if shape.get("type") == "array":
        return f"{_type(schema, shape.get('items', {}))}[]"
    return " ".join(filter(None, [str(shape.get("type", "any")), shape.get("format", "")]))
