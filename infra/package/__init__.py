"""Build the zip that Azure mounts: the app, its dependencies for Linux, and nothing else.

`make package` runs `python -m infra.package`. The same input gives the same bytes.
"""
