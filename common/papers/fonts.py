"""Which fonts there are: the office's own first, then the open ones of the installation, then the system's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

# Families in order of preference. The first names are those of government offices; the last are open.
FAMILIES: dict[str, tuple[str, ...]] = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02", "STFangsong", "FandolFang"),
    "kaiti": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03", "STKaiti", "FandolKai"),
    "heiti": ("SimHei", "黑体", "FZHei-B01", "STHeiti"),
    "songti": ("SimSun", "宋体", "NSimSun", "STSong"),
    "xiaobiaosong": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
}
_SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体")
_SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei", "Microsoft YaHei")


class NoChineseFontError(RuntimeError):
    """There is no Chinese font anywhere: a paper of empty boxes must not be issued."""

    def __init__(self) -> None:
        super().__init__("没有可用的中文字体：请运行 make setup，或将字体文件放入 var/fonts。")


def folders() -> list[Path]:
    """The font folders that exist, the office's first."""
    return [Path(folder) for folder in (settings.OFFICE_FONTS_DIR, settings.FONTS_DIR) if Path(folder).is_dir()]


def files() -> tuple[Path, ...]:
    """The font files in those folders."""
    kinds = {".ttf", ".otf", ".ttc"}
    return tuple(path for folder in folders() for path in sorted(folder.rglob("*")) if path.suffix.lower() in kinds)


def book() -> typst.Fonts:
    """The fonts for typst; read again when a file is added, removed or replaced."""
    return _book(tuple((str(path), path.stat().st_mtime_ns) for path in files()))


@lru_cache(maxsize=1)
def _book(state: tuple[tuple[str, int], ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders()]
    )


def chains() -> dict[str, list[str]]:
    """For every role the families that are there, best first, ending with an open one that knows rare characters.

    Raises `NoChineseFontError` when nothing is.
    """
    present = set(book().families())
    found = {}
    for role, names in FAMILIES.items():
        open_ones = _SANS + _SERIF if role == "heiti" else _SERIF + _SANS
        found[role] = [name for name in names + open_ones if name in present]
    if not all(found.values()):
        raise NoChineseFontError
    return found


def chart_font() -> tuple[Path, str]:
    """A file and family for charts: a sans-serif of the installation, else of the system."""
    fonts = [font for font in book().fonts() if font.path and font.weight == 400]
    for family in FAMILIES["heiti"] + _SANS + _SERIF:
        for font in fonts:
            if font.family == family and font.path:
                return Path(font.path), family
    raise NoChineseFontError
