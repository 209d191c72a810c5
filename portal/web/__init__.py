"""What every room's pages need of the web itself."""
