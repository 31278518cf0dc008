"""Reading the history: table, lanes, filters, as known on a day, print."""
