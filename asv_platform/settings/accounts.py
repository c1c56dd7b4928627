"""Accounts, login and sessions (django-allauth)."""

from pathlib import Path

import environ

env = environ.Env()
environ.Env.read_env(Path(__file__).resolve().parent.parent.parent / ".env")

# Path prefix → dotted path of a function of the user: the ids of the ASV whose rows the pages under it show.
PATH_SCOPES = {"/mes-dossiers/": "actors.selectors.partner_asv_ids"}
# Function of the user: the organisations in whose name they act (actors stand above accounts: no import).
PARTNER_ORGANISATIONS = "actors.selectors.partner_organisations"

# Coordinators and operators must have a second factor before any member page (True in production).
MFA_REQUIRED_FOR_COORDINATORS = env.bool("MFA_REQUIRED_FOR_COORDINATORS", default=False)

SESSION_COOKIE_AGE = 14 * 24 * 3600
# Proxies between the Internet and the application: without it every visitor has the proxy's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

ACCOUNT_ADAPTER = "asv_platform.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# No sign-up page exists; "password1" is what keeps the password on the login form.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An address is proved by the code, the invitation or the link that was sent to it; never by a sign-up page.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "asv_platform.accounts.forms.LoginForm",
    "reset_password": "asv_platform.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "asv_platform.accounts.forms.ResetPasswordKeyForm",
    "change_password": "asv_platform.accounts.forms.ChangePasswordForm",
    "set_password": "asv_platform.accounts.forms.SetPasswordForm",
    "add_email": "asv_platform.accounts.forms.AddEmailForm",
    "reauthenticate": "asv_platform.accounts.forms.ReauthenticateForm",
}
# Merged with allauth's own limits; counted in the shared cache.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/m/ip,5/300s/key",
    "request_login_code": "20/600s/ip,5/900s/key",
    "confirm_login_code": "30/600s/ip",
    "accept_invitation": "30/600s/ip",
    "kept_form": "60/3600s/ip",
    # Open to whoever reads their own mail: what a stranger may have us send, or write.
    "invite_partner": "10/d/user,40/d/ip",
    "declare_organisation": "5/d/user,20/d/ip",
    "request_access": "10/d/user,40/d/ip",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env.str("SITE_NAME", default="Plateforme ASV")
MFA_TOTP_TOLERANCE = 1
# Accounts made by operators have no proved address yet, and must be able to protect themselves first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Passkeys need HTTPS, except on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.bool("WEBAUTHN_ALLOW_INSECURE_ORIGIN", default=False)
MFA_FORMS = {
    "authenticate": "asv_platform.accounts.mfa_forms.AuthenticateForm",
    "reauthenticate": "asv_platform.accounts.mfa_forms.ReauthenticateForm",
    "authenticate_webauthn": "asv_platform.accounts.mfa_forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "asv_platform.accounts.mfa_forms.ReauthenticateWebAuthnForm",
    "activate_totp": "asv_platform.accounts.mfa_forms.ActivateTOTPForm",
    "login_webauthn": "asv_platform.accounts.mfa_forms.LoginWebAuthnForm",
    "add_webauthn": "asv_platform.accounts.mfa_forms.AddWebAuthnForm",
    "edit_webauthn": "asv_platform.accounts.mfa_forms.EditWebAuthnForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

# ProConnect (OpenID Connect of the public service): off without these values.
PROCONNECT_CLIENT_ID = env.str("PROCONNECT_CLIENT_ID", default="")
PROCONNECT_CLIENT_SECRET = env.str("PROCONNECT_CLIENT_SECRET", default="")
PROCONNECT_SERVER_URL = env.str("PROCONNECT_SERVER_URL", default="")
PROCONNECT_ACR_VALUES = env.str("PROCONNECT_ACR_VALUES", default="eidas1")

SOCIALACCOUNT_ADAPTER = "asv_platform.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
