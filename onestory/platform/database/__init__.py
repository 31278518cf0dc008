"""The database: PostgreSQL's own binaries behind a small launcher, its roles, and who may connect as what."""
