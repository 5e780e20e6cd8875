"""List what people look at: restores, losses, licences and seats."""
