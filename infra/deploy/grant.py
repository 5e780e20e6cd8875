"""Report which Graph permissions the app's identity lacks, and grant them when told to.

`GRANT_GRAPH=true` grants; whoever deploys then needs the rights of an administrator.
"""

from collections.abc import Mapping, Sequence

from infra.graph import grant

_HAND = (
    "The permissions could not be read. An administrator runs infra/graph/grant.py once:"
    " infra/RUNBOOK.md, Grant."
)


def main(_: Sequence[str], env: Mapping[str, str]) -> int:
    """Say or grant what is missing.

    A deployment goes on where nobody may even read it; it ends where granting was asked for.
    """
    principal = env.get("IDENTITY_PRINCIPAL_ID", "")
    if not principal:
        print("infra: IDENTITY_PRINCIPAL_ID is set by azd after provisioning; run this through azd")
        return 2
    arguments = ["--principal-id", principal]
    if env.get("GRAPH_FEATURES"):
        arguments += ["--features", env["GRAPH_FEATURES"]]
    if env.get("GRANT_GRAPH", "").lower() == "true":
        return grant.main(arguments)
    print(
        "Graph permissions are not granted here (GRANT_GRAPH is not true). Have them granted before"
        " the app runs: Azure keeps a token without them for up to a day. What is missing:"
    )
    if grant.main([*arguments, "--what-if"]) != 0:
        print(_HAND)
    return 0
