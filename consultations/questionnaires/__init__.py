"""What a consultation asks: as editors build it, and as plain values for everything else."""
