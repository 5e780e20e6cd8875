"""The catalogue in Danish."""

from shared.texts.entry import Catalogue

ENTRIES: Catalogue = {}
