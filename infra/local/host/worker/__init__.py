"""The worker: Microsoft's runtime with the app in it, and the shapes it is fed with."""
