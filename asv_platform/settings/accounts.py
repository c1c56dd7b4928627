"""Accounts, login and sessions (django-allauth)."""

# Path prefix → dotted path of a function of the user that returns the ids of the ASV whose rows the pages under it show.
PATH_SCOPES = {"/mes-dossiers/": "actors.selectors.partner_asv_ids"}
