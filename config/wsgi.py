"""What a web server runs. It refuses to start where a system check finds an error."""

import os

import django
from django.core.checks import Error, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

errors = [message for message in run_checks() if isinstance(message, Error)]
if errors:
    raise ImproperlyConfigured(" ".join(str(error.msg) for error in errors))

application = get_wsgi_application()
