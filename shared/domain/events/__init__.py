"""Events: subscriptions, deliveries, and the hosts that may be told."""
