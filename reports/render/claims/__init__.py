"""Answers to claims, one module a form: terminal, JSON, Markdown, an HTML card, schema.org ClaimReview."""
