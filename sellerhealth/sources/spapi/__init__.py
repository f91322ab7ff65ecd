"""What Amazon's Selling Partner API gives, stored as the files a seller would download."""
