"""What must be done: plans, responsibility lists, duties, indicators. A task is 任务; background work is a job."""
