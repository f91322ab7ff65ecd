"""An executed notebook to a page."""
