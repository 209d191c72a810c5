"""The demonstration's content, loaded room by room from the TOML files beside this package."""
