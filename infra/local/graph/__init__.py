"""Imitate Microsoft Graph v1.0 and the managed identity on one machine.

It has the endpoints that restoring people needs, for tests and demonstrations. It imitates
Microsoft, not the service in this repository: it knows nothing of it, and answers any honest Graph
client. Each part names what it rests on: a page of Microsoft's, Graph's published metadata, an
issue, a report. What no source settles is said to be so, or is a switch (`switches.py`).

Run: `python -m infra.local.graph [--port N] [--host H] [--tenant FILE.json] [--identity-only]`

    Graph      http://127.0.0.1:N/v1.0/...
    identity   http://127.0.0.1:N/msi/token    (IDENTITY_ENDPOINT; IDENTITY_HEADER is any text)
    control    http://127.0.0.1:N/_control/...

README.md beside this file tells of the control, the tenant document and every switch.
"""
