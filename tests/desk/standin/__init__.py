"""Imitate the API for the desk, with answers for every state of every view.

`python -m tests.desk.standin --port 7200` serves it beside the page's own files, which come from
the function itself. The first part of an address chooses a scenario: see `scenario`.
"""
