"""The first stage: untrusted bytes in, a RestoreRequest and a known caller out.

Nothing here looks anything up, writes anything or knows the time: the same bytes give the same
answer for ever, and a bad request is told every one of its faults at once.
"""
