"""What there is to say of licences: why there is none to give, and what to know beside."""
