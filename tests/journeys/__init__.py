"""A package, so that what journeys share (server, browser, families) ends with the last of them."""
