"""Send requests to Graph: one client, its connections, and what its failures mean."""
