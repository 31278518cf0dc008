"""The program's own settings, without what a test run does not have: collected static files with hashed names."""

import os

from config.settings import *  # noqa: F403

# A process that a test starts dies at this place (onestory/platform/queue/failpoints.py).
FAILPOINT = os.environ.get("ONESTORY_TEST_FAILPOINT", "")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Served straight from build/assets, which `make test` builds, and from the packages.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
