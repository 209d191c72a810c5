"""Two established Django packages for threaded comments, each set up as its documentation says."""
