"""Following a consultation: who asked to be told what happens to it is told, once each time."""
