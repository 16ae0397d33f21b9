"""Which files are served as static ones."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """As Django's, without the fonts: papers embed them (40 MB), no page asks for them."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "Noto*.ttf"]
