"""What a paper says, apart from how it is laid out. Values are plain text: nothing here is ever read as markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layout(StrEnum):
    """The four kinds of sheet the office issues."""

    RED_HEAD = "RED_HEAD"  # 红头文件：通报、通知、决定、批复
    LETTER = "LETTER"  # 信函格式：函、督促函、提示函
    FORM = "FORM"  # 表单文书：检查记录、责改、挂牌通知书存根
    SIGNBOARD = "SIGNBOARD"  # 公示牌


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `strong` is set in 黑体."""

    text: str
    strong: bool = False


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4: 一、 / （一） / 1. / （1）. Numbers are counted unless `numbered` is False."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, first line indented two characters unless `indent` is False."""

    text: Text
    indent: bool = True
    align: str = "justify"  # justify, left, center, right


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its share of the text width relative to the other columns."""

    title: str
    width: float = 1.0
    align: str = "center"  # left, center, right


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that repeats on every page; `caption` stands above. Cells may hold line breaks."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A PNG picture, `width` as a share of the text width, with its caption below."""

    png: bytes
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items `1.` `2.` … as body paragraphs."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class KeyValues:
    """A ruled form grid: each row is one or more (label, value) pairs sharing the width."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """One place to sign: who, an optional signature picture (PNG) and date."""

    label: str
    name: str = ""
    png: bytes | None = None
    on: str = ""


@dataclass(frozen=True, slots=True)
class SignatureArea:
    """Places to sign, side by side two to a row."""

    places: tuple[Signing, ...]


Block = Heading | Paragraph | Table | Figure | NumberedList | PageBreak | KeyValues | SignatureArea


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: its title as listed under the text, and its content on new pages before 版记 (empty: sent separately)."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. Absent elements are empty and take no space.

    `issuer` is the 发文机关标志 (red for RED_HEAD and LETTER, plain for the others), `signer` the 签发人 of a report
    upward, `signature` the 署名 and `signed_on` the 成文日期 (written `2026年4月1日`); `qr` is what the QR code says.
    `note` is the 附注; its brackets are added. A line break in `title` fixes where its lines end. `mark` (草稿) stands
    large and grey behind the text of every page of the PDF; an editable file carries none.
    """

    layout: Layout
    title: str
    issuer: str = ""
    number: str = ""
    signer: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    signature: str = ""
    signed_on: date | None = None
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    qr: str = ""
    mark: str = ""
