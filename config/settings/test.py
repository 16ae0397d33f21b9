"""Tests: real PostgreSQL started privately by the test plug-in, cheap password hashing, no manifest."""

import os

from config.settings.base import *
from config.settings.base import DATABASES, REST_FRAMEWORK, VAR_DIR

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Parallel workers share the run's folder, never a file.
VAR_DIR = VAR_DIR / os.environ.get("PYTEST_XDIST_WORKER", "main")
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "evidence"
OUTSIDE_NOTES = ""  # the tables are emptied after each test; a test of the notes names a folder of its own
OFFICE_FONTS_DIR = VAR_DIR / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The bell rings into memory; tests call the jobs, and tests/runtime runs them through both real brokers.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# One person may walk a thousand routes in a second here; the sign-in limit stays as it is in real life.
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"user": None, "sign-in": "20/min"}}

# Django empties the tables after a transactional test with TRUNCATE, which append-only tables refuse everywhere else.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c qinghuan.allow_truncate=on"
