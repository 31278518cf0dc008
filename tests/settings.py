"""The program's own settings, without what a test run does not have: collected static files with hashed names."""

from config.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Served straight from build/assets, which `make test` builds, and from the packages.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
