"""The verb of evidence: store a file."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.core.files.base import File
from PIL import Image

from evidence import copies, files, inspection, photos
from evidence.models import Attachment, Blob


def store(
    file: File[bytes],
    *,
    by: Any,
    name: str | None = None,
    caption: str = "",
    watermark: str = "",
    only_images: bool = False,
) -> Attachment:
    """Keep `file` unchanged as handed in by the user `by` (None: an anonymous reporter) and return its attachment.

    Type is decided by content; pictures are decoded, measured and copied for display with `watermark` (time, place,
    person, number; lines by "\\n"). The same bytes are kept once. `Refused` (Chinese) for whatever may not come in.
    """
    inspection.check_size(file.size)
    file.seek(0)
    data = file.read()
    kind = inspection.inspect(data, name or file.name or "附件")
    if only_images and not kind.is_image:
        raise inspection.not_a_picture(kind)
    sha256 = hashlib.sha256(data).hexdigest()
    blob, upright = _blob(sha256, data, kind)
    attachment = Attachment.objects.create(
        blob=blob, name=kind.name, caption=caption[:200], watermark=watermark[:300], uploaded_by=by
    )
    if upright is not None:
        copies.make(attachment, upright)
    return attachment


def _blob(sha256: str, data: bytes, kind: inspection.Kind) -> tuple[Blob, Image.Image | None]:
    """The file's row, and its picture if it had to be decoded now.

    The bytes reach the disk before the row exists: a row without bytes would be lost evidence, bytes without a row
    (the transaction was undone) cost space only.
    """
    known = Blob.objects.filter(pk=sha256).first()
    if known:
        files.write(files.original(sha256), data)
        return known, None
    facts, upright = photos.read(data) if kind.is_image else (None, None)
    files.write(files.original(sha256), data)
    blob = Blob(sha256=sha256, size=len(data), mime=kind.mime, **(asdict(facts) if facts else {}))
    Blob.objects.bulk_create([blob], ignore_conflicts=True)  # the same file may come in twice at once
    return blob, upright
