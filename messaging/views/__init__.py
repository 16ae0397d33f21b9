"""Pages of messaging: the inbox and its settings, the delivery log, and 后台任务."""
