"""The rules of approvals: which restores want one, and which plan is approved."""
