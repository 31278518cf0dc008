"""Bringing extracts in through the pages, saying who somebody in them is, setting feeds up."""
