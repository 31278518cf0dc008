"""Signing in through one's own organisation, by OpenID Connect: code flow with PKCE, state and nonce.

``finding`` reads what a provider publishes, ``asking`` sends the browser there, ``answering`` checks what came back.
Who the answer is about is decided in accounts' actions: a subject, or first a verified e-mail, within one agency.
"""
