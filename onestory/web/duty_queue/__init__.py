"""Which concern next?"""
