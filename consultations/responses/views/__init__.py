"""The pages of answering: beginning, writing, sending, following."""
