"""The HTTP side: what arrives, who may call, what it costs, and how it is answered."""
