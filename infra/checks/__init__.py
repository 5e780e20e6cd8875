"""Check the Azure templates without Azure: `make check-infra`.

Each module finds faults and returns them as lines; none means fine. What needs the product's own
modules is a unit test (tests/unit/infra), since these tools live in an environment without it.
"""
