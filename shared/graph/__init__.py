"""Talk to Microsoft Graph: the adapters behind the ports that read and change the directory.

The URL, the token, the middleware and the wire are the SDK's; the shapes that are read are our own
(`models/`), because the SDK's cost two seconds of import and a hundred times the CPU. What a
failure means for the effect is decided in one file (`wire/failed_calls.py`), how long Graph wants
to be left alone in another (`wire/throttling.py`), what is asked in `calls/`. Nothing here waits or
sends twice: waiting is a state of the restore.
"""
