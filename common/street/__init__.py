"""The street edition: everything a single machine needs to run 清患, started and stopped as one.

Nothing here imports Django at module level, so that settings, `manage.py` and the test plug-in may use it.
"""
