"""Microsoft Graph, behind the ports People, Tenant and Effects.

The URL, the token, the middleware and the wire are the SDK's; the shapes that are read are our own
(`models.py`), because the SDK's cost two seconds of import and a hundred times the CPU. What a
failure means for the effect is decided in one file (`faults.py`), what is asked in another
(`calls.py`). Nothing here waits or sends twice: waiting is a state of the restore.
"""
