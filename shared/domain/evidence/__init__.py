"""From what the sources say of one person to the timeline that the window is judged by."""
