"""Send events to callbacks and subscribers, and retry each delivery until it arrives or expires."""
