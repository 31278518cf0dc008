"""Django's settings. What differs between one place and another comes from the environment (config/environment.py)."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from django.utils.csp import CSP

from config.environment import data_folder, day, flag, listed, secret_key
from config.logs import LOGGING as LOGGING
from config.mail import mailers
from onestory.platform.database.addresses import django_databases

HOUSE = Path(__file__).resolve().parent.parent

# Where and how this runs.
DATA = data_folder()
DEMO = flag("ONESTORY_DEMO")
DEBUG = flag("ONESTORY_DEBUG")
LISTEN_ON = os.environ.get("ONESTORY_LISTEN_ON") or "127.0.0.1"
HTTPS = flag("ONESTORY_HTTPS")
SECRET_KEY = secret_key(DATA)
SECRET_KEY_FALLBACKS = listed("ONESTORY_FORMER_SECRET_KEYS", [])
ALLOWED_HOSTS = (
    ["localhost", "127.0.0.1", "[::1]"] if DEMO else listed("ONESTORY_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
)

# Heads of the chain over the audit, outside the database: a cut tail is found by them.
AUDIT_HEADS = DATA / "audit-heads"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth.account",
    "allauth.mfa",
    # The ground.
    "onestory.platform.database",
    "onestory.platform.queue",
    "onestory.platform.demonstration",
    "onestory.platform.access",
    "onestory.platform.agencies",
    "onestory.platform.accounts",
    "onestory.platform.people",
    "onestory.platform.history",
    "onestory.platform.sharing",
    "onestory.platform.scrutiny",
    "onestory.platform.notices",
    "onestory.platform.commitments",
    "onestory.platform.ui",
    # The stages, in the order of the flow.
    "onestory.arrive.matching",
    "onestory.arrive.chronology",
    "onestory.arrive.urgent_care",
    "onestory.arrive.entries",
    "onestory.arrive.feeds",
    "onestory.decide.checks",
    "onestory.decide.assessments",
    "onestory.arrive.concerns",
    "onestory.decide.decisions",
    "onestory.decide.protection",
    "onestory.help.plans",
    "onestory.help.services",
    "onestory.help.aftercare",
    "onestory.help.closure",
    "onestory.help.housing",
    "onestory.help.meetings",
    "onestory.oversee.signals",
    "onestory.oversee.tuning",
    "onestory.oversee.supervision",
    "onestory.web",
]

MIDDLEWARE = [
    # Outermost: a page for whatever fails further in has the policy, and the nonce that the policy names.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onestory.platform.demonstration.middleware.AnswerThisMachineOnly",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onestory.platform.accounts.middleware.StaySignedInOnlySoLong",
    "allauth.account.middleware.AccountMiddleware",
    # Every page asks who is there; the few open ones say so with `login_not_required`.
    "onestory.web.middleware.SignInFirst",
    # From here on the request is one transaction, read as whoever is signed in.
    "onestory.web.middleware.ReadAsMember",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# `default` runs the program and owns nothing; `owner` migrates.
DATABASES = django_databases(DATA, os.environ)

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

# Signing in (onestory/platform/accounts): two proofs for everybody.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        # Not lower: it compares letters and not their order, and would refuse many a good row of words.
        "OPTIONS": {"user_attributes": ("username", "display_name", "email"), "max_similarity": 0.9},
    },
]
ACCOUNT_ADAPTER = "onestory.platform.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # our own count tries in the database, for all processes together
MFA_ADAPTER = "onestory.platform.accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Which address somebody comes from: behind a proxy the last one that it names.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("ONESTORY_BEHIND_PROXY") else 0
# The secrets of organisations' providers, one file each, where no environment variable holds them.
PROVIDER_SECRETS = DATA / "provider-secrets"
SESSION_IDLE_LIMIT = dt.timedelta(minutes=15)
SESSION_WHOLE_LIMIT = dt.timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_WHOLE_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Dates as in England, stored in UTC.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "onestory.platform.ui.environment.environment",
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onestory.web.context.frame",
            ],
        },
    },
]

# Style sheets and scripts: built from npm packages by `make assets`, collected with hashed names.
STATIC_URL = "/static/"
STATIC_ROOT = HOUSE / "static"
STATICFILES_DIRS = [HOUSE / "build" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A file that somebody sends stays in memory: what it tells never lies on a disk unsealed.
FILE_UPLOAD_MAX_MEMORY_SIZE = 6_000_000

# What a browser may do with our pages.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "onestory.web.problems.too_old"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("ONESTORY_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "onestory-session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "onestory-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Letters: a link and nothing else, to the people of a team in whose inbox a notice stands (onestory/platform/notices).
MAILERS = mailers(os.environ)
MAIL_IS_SET_UP = bool(os.environ.get("ONESTORY_MAIL"))
DEFAULT_FROM_EMAIL = os.environ.get("ONESTORY_MAIL_FROM") or "onestory@localhost"
PUBLIC_ADDRESS = (os.environ.get("ONESTORY_ADDRESS") or "http://127.0.0.1:8000").rstrip("/")
# Where a test lets a process die (onestory/platform/queue/failpoints.py); set by the tests' settings and nowhere else.
FAILPOINT = ""

# From when on agencies have to tell what may help a child (onestory/platform/sharing/duty.py); None: not laid down yet.
DUTY_TO_DISCLOSE_FROM = day("ONESTORY_DUTY_TO_DISCLOSE_FROM")

# Jobs are queued through Django's connection, so in the caller's transaction: what is rolled back was never queued.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "config.schedule.register"
