"""The pages of the evaluation, by subject."""
