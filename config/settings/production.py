"""The city edition: everything that varies comes from the environment, and nothing unsafe has a default."""

from config.settings.base import *
