"""Run the service on one machine, with stand-ins for Azure and Microsoft 365."""
