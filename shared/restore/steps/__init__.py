"""Run the steps of a plan: change the tenant once, verify, and go on from a refusal or a wait."""
