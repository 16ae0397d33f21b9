"""QR codes for papers and boards."""

from __future__ import annotations

from io import BytesIO

import segno


def png(content: str, scale: int = 10) -> bytes:
    """A QR code (error correction M, quiet zone of four modules) as PNG."""
    out = BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def svg(content: str) -> bytes:
    """The same as SVG for print."""
    out = BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="svg", border=4)
    return out.getvalue()
