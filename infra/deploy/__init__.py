"""Run the steps around a deployment, for azd, make and people.

`python3 -m infra.deploy STEP`, on every system that azd runs on. It needs Python alone: what a
step needs beyond it, the step fetches first (`infra.deploy.tools`).
"""
