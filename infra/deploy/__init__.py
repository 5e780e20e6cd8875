"""What a deployment does around itself: one Python entry point for azd, make and a person.

`python3 -m infra.deploy STEP`, on every system that azd runs on. It needs Python alone: what a
step needs beyond it, the step fetches first (`infra.deploy.tools`).
"""
