"""Take back what a restore has done: look, plan, and note on that restore that it is undone."""
