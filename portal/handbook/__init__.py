"""The handbook of staff: one page a job, written in `docs/handbook`, read in the admin."""
