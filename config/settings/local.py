"""The street edition: what `make run` starts on one machine, embedded PostgreSQL and broker included."""

import os

from environ import Env

from common.street import installation

# What the operator has not set follows from the installation on this machine, running or stopped.
Env.ENVIRON = {**installation.environment(), **os.environ}

from config.settings.base import *  # noqa: E402 the base reads the environment laid out above
from config.settings.base import DATABASES, env  # noqa: E402

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

# The embedded server's address carries its socket folder as an option; Django's `dbshell` looks for it here.
if "host" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["HOST"] = DATABASES["default"]["OPTIONS"].pop("host")
