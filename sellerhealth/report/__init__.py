"""Notebooks to pages, in batch: papermill runs them, nbconvert lays them out, the index names the worst first."""
