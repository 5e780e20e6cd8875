"""Turn untrusted bytes into checked requests and known callers: the first stage of every request.

Nothing here looks anything up, writes anything or knows the time: the same bytes give the same
answer for ever, and a bad request is told every one of its faults at once.
"""
