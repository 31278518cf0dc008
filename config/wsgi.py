"""What a web server runs. It refuses to start where a system check finds an error."""

import gc
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

# What the program has loaded by now it keeps. Looking through all of it for garbage again and again made one page in
# twenty wait three times as long as the others (onestory bench --only front_door).
gc.collect()
gc.freeze()
