"""The storage account that the host works on."""
