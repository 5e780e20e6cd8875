"""The main job on a made-up tenant, end to end, for somebody who watches."""
