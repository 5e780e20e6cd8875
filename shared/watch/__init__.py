"""Watch: what the timer sees of the tenant; licences are remembered before they are lost."""
