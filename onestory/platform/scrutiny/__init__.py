"""Looking into who looked: what no tie explains, searches that trawl, a sample, and what was decided about each."""
