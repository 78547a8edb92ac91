"""A bundled press hall of a federation that does not exist, served on this machine only."""
