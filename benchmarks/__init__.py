"""`make bench`: what pages, jobs and files cost, beside the same rows by plain SQL, at N hazards and at N/100.

Run as `python -m benchmarks`. Each size gets its own database on a private server and its own process, so that
memory is that of the size alone.
"""
