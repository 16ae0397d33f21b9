"""Decides by content, never by name, what an uploaded file is, and refuses what does not belong here.

Every refusal is a `Refused` whose Chinese text says what was found and what to do instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.conf import settings

from common import containers
from common.errors import Refused

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
IMAGES = frozenset({JPEG, PNG, WEBP, HEIC})
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC, XLS = "application/msword", "application/vnd.ms-excel"

# Phones and chat programs rename pictures freely, so any picture name goes with any picture; papers must say what they are.
_PICTURE_NAMES = {"jpg", "jpeg", "jfif", "png", "webp", "heic", "heif"}
_NAMES = {PDF: {"pdf"}, DOCX: {"docx"}, XLSX: {"xlsx"}, DOC: {"doc"}, XLS: {"xls"}}
_MACRO_NAMES = {"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm"}
EXTENSION = {
    JPEG: "jpg",
    PNG: "png",
    WEBP: "webp",
    HEIC: "heic",
    PDF: "pdf",
    DOCX: "docx",
    XLSX: "xlsx",
    DOC: "doc",
    XLS: "xls",
}

ACCEPTED = "照片（JPG、PNG、WebP、HEIC）、PDF、Word（.docx、.doc）或 Excel（.xlsx、.xls）"
_SIGNATURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}


@dataclass(frozen=True)
class Kind:
    """What the content is, and the file name with the extension that says so."""

    mime: str
    name: str

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.mime in IMAGES


def check_size(size: int) -> None:
    """Refuse an empty file and one above `UPLOAD_FILE_MAX_BYTES` (default: the picture limit) before it is read."""
    limit = getattr(settings, "UPLOAD_FILE_MAX_BYTES", settings.UPLOAD_IMAGE_MAX_BYTES)
    if size == 0:
        raise Refused("文件是空的，请重新选择。")
    if size > limit:
        raise Refused(f"文件有{size / 1048576:.1f} MB，超过{limit // 1048576} MB 的上限，请压缩后再上传。")


def inspect(data: bytes, name: str) -> Kind:
    """What `data` is; `Refused` for anything not on the list, disguised, encrypted, macro-bearing or a zip bomb.

    A picture is only recognised here; `photos.read` proves it by decoding.
    """
    check_size(len(data))
    stem, extension = PurePath(name).stem[:150] or "附件", PurePath(name).suffix.lower().removeprefix(".")
    if extension in _MACRO_NAMES:
        raise Refused(f"“{name}”是启用宏的文件，为安全起见不予接收，请另存为不含宏的格式后再上传。")
    mime = _content_type(data)
    if mime is None:
        raise Refused(f"“{name}”{_looks_like(data)}不能作为附件，请上传{ACCEPTED}。")
    if mime not in IMAGES and extension not in _NAMES[mime]:
        raise Refused(f"“{name}”的扩展名与内容不符，内容是 .{EXTENSION[mime]} 文件，请改正扩展名后再上传。")
    if mime in IMAGES and extension not in _PICTURE_NAMES:
        raise Refused(f"“{name}”的内容是图片，扩展名却是“{extension or '无'}”，请改正扩展名后再上传。")
    return Kind(mime, f"{stem}.{EXTENSION[mime]}")


def not_a_picture(kind: Kind) -> Refused:
    """The refusal where only photos are taken."""
    return Refused(f"“{kind.name}”不是图片，此处只收照片（JPG、PNG、WebP、HEIC）。")


def _content_type(data: bytes) -> str | None:
    head = data[:32]
    for magic, mime in _SIGNATURES:
        if head.startswith(magic):
            return mime
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    if head.startswith(containers.ZIP):
        return _office_zip(data)
    return _office_ole(data) if head.startswith(containers.OLE) else None


def _office_zip(data: bytes) -> str | None:
    names = {name for name, _ in containers.unpack_zip(data)}
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _office_ole(data: bytes) -> str | None:
    containers.check_ole(data)
    if "WordDocument".encode("utf-16-le") in data:
        return DOC
    return XLS if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")) else None


def _looks_like(data: bytes) -> str:
    """What puremagic takes it for, as part of a sentence."""
    try:
        return f"的内容像是 {puremagic.from_string(data[:4096])} 文件，"
    except puremagic.PureError:
        return "的内容不是可识别的文件，"
