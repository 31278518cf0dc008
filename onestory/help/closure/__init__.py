"""Ending a plan: is it safe to stop, and who goes on?"""
