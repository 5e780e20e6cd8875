"""The rules of the drill, in which a throw-away account is deleted and brought back."""
