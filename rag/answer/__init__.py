"""Evidence becomes a cited answer, or an honest refusal.

Imports the results of retrieval; opens no index and chooses no model.
"""
