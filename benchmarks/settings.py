"""As in production (no DEBUG, cached templates, real password hashing and sessions), with nothing sent anywhere."""

from config.settings.base import *
from config.settings.base import REST_FRAMEWORK

SECRET_KEY = "only-for-benchmarks"
ALLOWED_HOSTS = ["testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# One person asks more often here than the API's limit per minute allows.
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"user": None, "sign-in": "20/min"}}
