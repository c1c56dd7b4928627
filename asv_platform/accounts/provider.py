"""ProConnect, the OpenID Connect of French public agents.

The stock provider fails with it: its user info is a signed JWT, and it wants a nonce. Touches private names of allauth,
whose version is pinned; tests/accounts/test_proconnect.py plays the whole dance against a stub.
"""

import secrets

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.core.exceptions import PermissionDenied
from django.urls import reverse

NONCE_KEY = "proconnect_nonce"


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    """Reads a signed user info and checks the nonce."""

    def get_callback_url(self, request, app):
        return build_absolute_uri(request, reverse("proconnect_callback"), self.redirect_uri_protocol)

    def _fetch_user_info(self, access_token: str) -> dict:
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        if not response.headers.get("content-type", "").startswith("application/jwt"):
            return response.json()
        return jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )

    def _decode_id_token(self, app, id_token: str) -> dict:
        data = super()._decode_id_token(app, id_token)
        expected = self.request.session.pop(NONCE_KEY, None)
        if expected is None or not secrets.compare_digest(str(data.get("nonce", "")), expected):
            raise PermissionDenied("nonce")
        return data


class ProConnectProvider(OpenIDConnectProvider):
    id = "proconnect"
    name = "ProConnect"
    oauth2_adapter_class = ProConnectAdapter

    def get_login_url(self, request, **kwargs):
        return reverse("proconnect_login", query=kwargs or None)

    def get_callback_url(self):
        return reverse("proconnect_callback")

    def get_default_scope(self):
        return ["openid", "email", "given_name", "usual_name", "uid"]

    def get_auth_params_from_request(self, request, action):
        params = super().get_auth_params_from_request(request, action)
        params["nonce"] = request.session[NONCE_KEY] = secrets.token_urlsafe(32)
        params["acr_values"] = self.app.settings["acr_values"]
        return params

    def extract_common_fields(self, data):
        fields = super().extract_common_fields(data)
        return fields | {"last_name": data.get("userinfo", data).get("usual_name")}


provider_classes = [ProConnectProvider]
