"""Files and photos: fingerprint, checks, copies, watermark, permission-checked download."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """证据材料"""

    name = "evidence"
    verbose_name = "证据材料"
