"""Pages of accounts: the door, one's own account, the members of an ASV."""
