"""Make a checkout able to run: Python 3.13 environments and Azurite, on any system.

It is run by whatever Python the machine has, from 3.9 on, and imports the standard library only:
what it needs more, it fetches. It says what it does while it does it, and in one sentence what is
in its way.
"""
