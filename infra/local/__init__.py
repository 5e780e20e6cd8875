"""The local landscape: what stands in for Azure and Microsoft 365 on one machine."""
