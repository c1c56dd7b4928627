"""The forms of the evaluation, by subject."""
