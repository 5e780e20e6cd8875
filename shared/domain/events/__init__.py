"""Describe subscriptions, deliveries, and the hosts that events may be sent to."""
