"""The chance and the cost of being wrong: plain numbers in, plain numbers out.

Nothing here knows of documents or of actors. `weigh.assessment.stakes` joins an assessment with what
a user says the outcomes are worth. No function recommends anything: each reports what its inputs imply.
"""
