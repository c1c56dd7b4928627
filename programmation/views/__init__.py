"""The pages of the programme: the team's, the public's, the partners'."""
