"""PDF and pictures of paper: pages as they are seen, in a PDF of our own making."""
