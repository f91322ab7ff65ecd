"""Our own count beside Amazon's: which difference comes from where, in whole orders."""
