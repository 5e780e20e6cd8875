"""Show the main job on a made-up tenant, end to end."""
