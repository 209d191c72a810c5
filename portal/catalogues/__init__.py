"""The messages of the interface, from the sources to a catalogue for each language."""
