"""The street edition: what `make run` starts on one machine, embedded PostgreSQL and broker included."""

from config.settings.base import *
