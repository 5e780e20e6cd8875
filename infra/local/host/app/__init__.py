"""Read what an app declares: functions and bindings, settings, `host.json`."""
