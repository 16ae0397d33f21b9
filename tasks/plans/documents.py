"""Files as characters: .txt, .docx with its tables and automatic numbers, .pdf with text, pasted text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePath

from tasks.plans.listed import breaks_of, find_listed_tables
from tasks.plans.tables import Cell, find_plain_tables

MOST_CHARACTERS = 3_000_000
_MOST_UNPACKED = 300 * 1024 * 1024
SUFFIXES = (".docx", ".txt", ".pdf", ".md")


class Unreadable(Exception):
    """The file cannot be read; the text says why and what to do, in Chinese."""


@dataclass(frozen=True)
class Document:
    """A document as it was sent: its characters, its tables by cell, and the line breaks that end a cell."""

    text: str
    tables: tuple[list[list[Cell]], ...] = ()
    fixed_breaks: frozenset[int] = field(default_factory=frozenset)


def open_document(name: str, data: bytes) -> Document:
    """The document in a file; `Unreadable` for what holds no text."""
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise Unreadable("文件是空的，没有可读取的内容。")
    if data[:4] == b"%PDF":
        return _checked(_from_pdf(data))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("这是旧版 Word（.doc）文件，请用 Word 或 WPS 另存为 .docx 后再上传。")
    if data[:2] == b"PK":
        return _checked(_from_docx(data))
    if suffix in (".docx", ".pdf"):
        raise Unreadable("文件内容与扩展名不符，或者文件已损坏，请重新导出后再上传。")
    if suffix not in SUFFIXES:
        raise Unreadable("只能读取 .docx、.txt、.pdf 文件；也可以把文字直接粘贴进来。")
    return paste(_decoded(data))


def paste(text: str) -> Document:
    """Text as a document."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _checked(_with_tables(text))


def _with_tables(text: str) -> Document:
    """The tables of a text that has no cells of its own."""
    listed = find_listed_tables(text)
    return Document(text, (*find_plain_tables(text), *listed), frozenset(breaks_of(text, listed)))


def _checked(document: Document) -> Document:
    if not any(sign.isalnum() for sign in document.text):
        raise Unreadable("没有读到文字。")
    if len(document.text) > MOST_CHARACTERS:
        raise Unreadable("文件超过三百万字，请拆分后再上传。")
    return document


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码无法识别，请另存为 UTF-8 编码的 .txt 后再上传。")


def _from_pdf(data: bytes) -> Document:
    import pypdfium2

    from tasks.plans.printed import Written, write_page

    written, pages = Written(), 0
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = len(pdf)
            for page in pdf:
                write_page(page, written)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable("PDF 设置了打开密码，请解除密码后再上传。") from error
        raise Unreadable("PDF 文件已损坏，无法打开。") from error
    text = "".join(written.parts)
    if sum(1 for sign in text if sign.isalnum()) < 20 * min(pages, 3):
        raise Unreadable(
            "这个 PDF 是扫描图片，里面没有可读取的文字。请上传 Word 原稿或带文字的 PDF，或者识别成文字后粘贴进来。"
        )
    if written.tables:
        return Document(text, tuple(written.tables), frozenset(written.breaks))
    return _with_tables(text)


def _from_docx(data: bytes) -> Document:
    import docx

    from tasks.plans.word import write_out

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise Unreadable("文件解压后过大，无法读取。")
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("这不是 Word 文档，请上传 .docx、.txt 或 .pdf 文件。")
        word = docx.Document(io.BytesIO(data))
    except Unreadable:
        raise
    except Exception as error:  # a broken package fails in as many ways as there are parts in it
        raise Unreadable("Word 文件已损坏，无法打开，请重新保存后再上传。") from error
    text, tables, breaks = write_out(word)
    if not any(sign.isalnum() for sign in text):
        raise Unreadable("文档里没有文字，可能只有图片。请上传带文字的文件，或者识别成文字后粘贴进来。")
    return Document(text, tuple(tables), frozenset(breaks))
