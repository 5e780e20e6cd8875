"""Build the connection string of Azurite, the same on every machine."""

# Microsoft's key of the emulator, the same on every machine.
# Source: learn.microsoft.com, "Use the Azurite emulator", Well-known storage account and key.
EMULATOR_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
_ACCOUNT = "devstoreaccount1"


def emulator_connection(
    blob_port: int = 10000, queue_port: int = 10001, table_port: int = 10002
) -> str:
    """Write the connection string of an Azurite on this machine; its own ports by default."""
    ports = {"Blob": blob_port, "Queue": queue_port, "Table": table_port}
    endpoints = [
        f"{kind}Endpoint=http://127.0.0.1:{port}/{_ACCOUNT}" for kind, port in ports.items()
    ]
    account = ["DefaultEndpointsProtocol=http", f"AccountName={_ACCOUNT}"]
    return ";".join([*account, f"AccountKey={EMULATOR_KEY}", *endpoints, ""])
