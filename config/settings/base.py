"""Settings shared by every edition; `local`, `test` and `production` say only what differs."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from common.street.broker import transport_options
from common.street.places import var_dir

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# Where the running installation keeps what is not code: database, broker, uploads, fonts, logs.
VAR_DIR = var_dir()

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
SECRET_KEY = env("SECRET_KEY", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFiles",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "axes",
    "common",
    "audit",
    "evidence",
    "messaging",
    "units",
    "tasks",
    "hazards",
    "inspections",
    "supervision",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "units.middleware.HatMiddleware",
    "audit.middleware.RequestContextMiddleware",
    "units.middleware.PasswordDueMiddleware",
    "common.middleware.ErrorPageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "units.context.shell",
            ],
            "builtins": ["common.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "common.form_renderer.KitRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///qinghuan")}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in (GB/T 22239 level 2): complexity, lock-out after repeated failures, idle sign-out.
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "units.passwords.LengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "units.passwords.SimilarityValidator"},
    {"NAME": "units.passwords.CommonValidator"},
    {"NAME": "units.passwords.CharacterClassesValidator"},
    {"NAME": "units.passwords.HistoryValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MAX_AGE_DAYS = 90  # natural days; domain-rules §10
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_ENGINE = "units.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.views.csrf_failure"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "units.views.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "audit.context.address_of"
AXES_ENABLE_ADMIN = False

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y年n月j日"
DATETIME_FORMAT = "Y年n月j日 H:i"
FILTERS_EMPTY_CHOICE_LABEL = "全部"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "evidence"
FONTS_DIR = BASE_DIR / "static" / "vendor" / "fonts"
OUTSIDE_NOTES = env("OUTSIDE_NOTES", default=str(VAR_DIR / "notes"))  # kept when a backup is restored (common.outside)
OFFICE_FONTS_DIR = VAR_DIR / "fonts"  # an office may drop 仿宋_GB2312 and 小标宋 in here
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_IMAGE_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_SHEET_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_SHEET_MAX_ROWS = 50_000

# Under which address people reach this installation (links in e-mail), and how many of our own proxies stand before it.
SITE_URL = env("SITE_URL", default="")
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "units.authentication.TokenAuthentication",
        "units.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "common.api.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "common.api.LedgerPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "EXCEPTION_HANDLER": "common.api.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "sign-in": "20/min"},
    "PAGE_SIZE": 50,
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,  # limits count the visitor, not what a caller writes into X-Forwarded-For
}
SPECTACULAR_SETTINGS = {
    "TITLE": "清患 Qinghuan API",
    "DESCRIPTION": "隐患排查治理闭环系统接口。错误一律为 JSON：code（英文代码）与 message（中文说明）。",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "HazardLevel": "hazards.models.hazard.Level",
        "HazardState": "hazards.models.hazard.State",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

# Jobs. The message is only a bell: every job finds its work in the database, so a lost or repeated
# message costs minutes, never a missed deadline.
CELERY_BROKER_URL = env("BROKER_URL", default="redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)
CELERY_BEAT_SCHEDULE = {
    "watch-numbers": {"task": "supervision.watch_numbers", "schedule": crontab(minute="*/10")},
    "climb-ladder": {"task": "supervision.climb_ladder", "schedule": crontab(minute="*/10")},
    "resume-imports": {"task": "hazards.resume_imports", "schedule": crontab(minute="*/5")},
    "resume-plan-drafts": {"task": "tasks.resume_plan_drafts", "schedule": crontab(minute="*/5")},
    "simulate-ladders": {"task": "supervision.simulate_ladders", "schedule": crontab(minute="*")},
    "chase-listings": {"task": "supervision.chase_listings", "schedule": crontab(minute=20, hour="8-18")},
    "count-duties": {"task": "tasks.count_duties", "schedule": crontab(minute="5-55/10")},
    "measure-indicators": {"task": "tasks.measure_indicators", "schedule": crontab(minute=15, hour=6)},
    "remind-duties": {"task": "tasks.remind_duties", "schedule": crontab(minute=45, hour=7)},
    "open-recurring-tasks": {"task": "tasks.open_recurring", "schedule": crontab(minute=15, hour="0,6,12")},
    "draft-yearly-papers": {"task": "tasks.draft_yearly", "schedule": crontab(minute=50, hour=6)},
    "deliver-messages": {"task": "messaging.deliver", "schedule": crontab(minute="*")},
    "send-digests": {"task": "messaging.send_digests", "schedule": crontab(minute=0, hour=8)},
    "draft-notice": {"task": "reports.draft_monthly_notice", "schedule": crontab(minute=30, hour=7)},
    "open-unit-months": {"task": "reports.open_unit_months", "schedule": crontab(minute=40, hour=8)},
    "chase-receipts": {"task": "reports.chase_receipts", "schedule": crontab(minute=30, hour=9)},
    "warn-calendar": {"task": "messaging.warn_calendar", "schedule": crontab(minute=5, hour=8)},
    "draw-spot-checks": {"task": "inspections.draw_spot_checks", "schedule": crontab(minute=20, hour=6)},
    "remind-records": {"task": "inspections.remind_records", "schedule": crontab(minute=45, hour=7)},
    "remind-self-checks": {"task": "inspections.remind_self_checks", "schedule": crontab(minute=0, hour=15)},
    "watch-works": {"task": "inspections.watch_works", "schedule": crontab(minute="*/10")},
    "sweep-partial-photos": {"task": "inspections.sweep_partial_photos", "schedule": crontab(minute=40, hour=3)},
    "check-audit-chain": {"task": "units.check_audit_chain", "schedule": crontab(minute=10, hour="2,8,12")},
    "end-old-sessions": {"task": "units.end_old_sessions", "schedule": crontab(minute=35, hour=3)},
    "heartbeat": {"task": "common.heartbeat", "schedule": 30.0},
}

EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="qinghuan@localhost")

# Robots of the office's own groups, and the SMS provider's gateway: empty, so off, by default.
WECOM_ROBOT_URL = env("WECOM_ROBOT_URL", default="")
DINGTALK_ROBOT_URL = env("DINGTALK_ROBOT_URL", default="")
DINGTALK_ROBOT_SECRET = env("DINGTALK_ROBOT_SECRET", default="")
SMS_URL = env("SMS_URL", default="")
SMS_BODY = env("SMS_BODY", default='{"phone": "{phone}", "text": "{text}"}')
SMS_CONTENT_TYPE = env("SMS_CONTENT_TYPE", default="application/json; charset=utf-8")
SMS_HEADERS = env.str("SMS_HEADERS", default="", multiline=True)
SMS_SUCCESS = env("SMS_SUCCESS", default=r'"code":\s*"?0"?\b')
MESSAGE_BUDGET = env.int("MESSAGE_BUDGET", default=10)  # urgent messages a person gets in a day; the rest is digested

# Shared by all processes: Redis where there is one, else the database.
CACHE_URL = env("CACHE_URL", default=CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis://") else "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "common_cache"}
    )
}

# Lock-out counts by name: everybody in an office shares one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Printed by `manage.py street`; read by name because the layers below `reports` must not import it.
DEMONSTRATION_ACCOUNTS = "reports.demo.accounts.ACCOUNTS"
