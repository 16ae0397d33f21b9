"""Downloads: permission-checked, never a public media address."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from common.errors import NotInScope
from evidence import access, copies, files
from evidence.models import Attachment

ORIGINAL = "original"
JPEG = "image/jpeg"
MAX_AGE = 24 * 60 * 60  # seconds a browser may show its own copy; an attachment never changes


@require_safe
def file(request: HttpRequest, pk: str, variant: str) -> HttpResponseBase:
    """One variant of an attachment the user may see; 404 for all others and for copies that cannot be.

    The untouched original of a photo carries its EXIF time and position and goes to its uploader only; everybody else
    gets the full picture without them.
    """
    attachment = access.get(request.user, int(pk))
    if variant != ORIGINAL and not attachment.is_image:
        raise NotInScope("该附件不是图片，没有预览图。")
    if variant == ORIGINAL and attachment.is_image and attachment.uploaded_by_id != request.user.pk:
        variant = copies.FULL
    path = files.original(attachment.blob_id) if variant == ORIGINAL else copies.path_of(attachment, variant)
    etag = quote_etag(path.name + variant)
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag)
    return _guarded(_sent(attachment, variant, path), etag)


def _sent(attachment: Attachment, variant: str, path: Path) -> FileResponse:
    is_original = variant == ORIGINAL
    name = attachment.name if is_original else f"{Path(attachment.name).stem}.jpg"
    return FileResponse(
        path.open("rb"),
        as_attachment=variant in (ORIGINAL, copies.FULL),
        filename=name,
        content_type=attachment.blob.mime if is_original else JPEG,
    )


def _guarded(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={MAX_AGE}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
