"""What the service itself saw of people, remembered to date a later loss and undo it."""
