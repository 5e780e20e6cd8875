"""The desk on the real service: host, storage and the stand-in of Microsoft Graph, signed in to."""
