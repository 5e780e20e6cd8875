"""Hold the state of one tenant: its objects, their earlier states, its clock."""
