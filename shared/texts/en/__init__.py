"""The catalogue in English."""

from shared.texts.entry import Catalogue

ENTRIES: Catalogue = {}
