"""Build the timeline of one person, by which the window is judged, from what the sources say."""
