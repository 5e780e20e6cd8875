"""Run Microsoft's worker runtime with the app, in a process of its own under the host.

In Azure the host starts `python worker.py`, which connects back over gRPC; the host sends it one
message per invocation, and outlives its death. So it is here, over a loopback connection of our own
in place of gRPC: `launch` starts the process, `entry` is its program, `runtime` drives the code of
Microsoft's in it, `channel` and `messages` are what lies between, and `dispatcher` is the host's
side: it hands out the invocations, and replaces a worker that died.
"""
