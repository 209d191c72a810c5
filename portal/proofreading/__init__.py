"""Which translations of texts about consent and risk a native reader has read."""
