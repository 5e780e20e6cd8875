"""Lists: what people look at - restores, deleted users, licences."""
