"""What runs left on disk, read back, and the page that puts the worst account first."""
