"""Zip and OLE containers (.docx, .xlsx, .doc, .xls) unpacked with suspicion: bombs, lies, macros and passwords are refused.

Every refusal is a `Refused` whose Chinese text says what was found and what to do instead.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from common.errors import Refused

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE = 8 * 1024 * 1024  # an honest small file may repeat itself more than MAX_RATIO

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_END = b"PK\x05\x06"

MACROS = "文件中含有宏，为安全起见不予接收，请另存为不含宏的格式后再上传。"
ENCRYPTED = "文件已加密或设有打开密码，无法读取，请取消密码后重新上传。"
DAMAGED = "文件已损坏，无法读取，请用原软件打开并另存后再上传。"
BOMB = "文件解压后异常庞大，疑似恶意文件，不予接收。"


def unpack_zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each entry's name and content, one at a time. The directory is checked before anything is unpacked."""
    if _declared_entries(data) > MAX_ENTRIES:
        raise Refused(BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused(DAMAGED) from error
    _check_directory(entries, len(data))
    total = 0
    for entry in entries:
        content = _inflate(data, entry, MAX_UNPACKED - total)
        total += len(content)
        if entry.filename == "[Content_Types].xml" and b"macroenabled" in content.lower():
            raise Refused(MACROS)
        yield entry.filename, content


def check_ole(data: bytes) -> None:
    """Refuse an OLE container that is encrypted or holds macros."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(ENCRYPTED)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused(MACROS)


def _declared_entries(data: bytes) -> int:
    """What the end record says, read before a directory of millions of entries is built in memory."""
    end = data.rfind(_DIRECTORY_END)
    return int.from_bytes(data[end + 10 : end + 12], "little") if end >= 0 else 0


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise Refused(BOMB)
    if unpacked > RATIO_FREE and unpacked > MAX_RATIO * size:
        raise Refused(BOMB)
    if len(names) != len(entries):
        raise Refused(DAMAGED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(ENCRYPTED)
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise Refused(MACROS)


def _inflate(data: bytes, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Unpack one entry ourselves: the size its header declares may be a lie the parser would follow."""
    start = entry.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(ZIP):
        raise Refused(DAMAGED)
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(DAMAGED)
    limit = min(entry.file_size, room)
    try:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)
    except zlib.error as error:
        raise Refused(DAMAGED) from error
    if len(content) > limit:
        raise Refused(BOMB)
    return content
