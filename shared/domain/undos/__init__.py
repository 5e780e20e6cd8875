"""The rules of taking back what a restore has done."""
