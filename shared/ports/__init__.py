"""Define what the use cases need from outside, in one file of protocols for each matter."""
