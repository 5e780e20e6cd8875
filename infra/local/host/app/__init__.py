"""What an app declares: its functions and their bindings, its settings, its `host.json`."""
