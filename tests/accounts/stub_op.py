"""A ProConnect for the tests: discovery, authorisation, token, keys and a signed user info, on loopback."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID = "plateforme-asv"


class StubOP:
    """Plays the provider. ``claims`` is who logs in; ``nonce`` replaces the one asked for, when set."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {"sub": "abc-123", "email": "ines@exemple.fr", "given_name": "Inès", "usual_name": "Morel"}
        self.nonce: str | None = None
        self.asked: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def authorise(self, url: str) -> str:
        """What the person's browser does: identify, and come back with a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        back = urlencode({"code": "le-code", "state": self.asked["state"]})
        return f"{urlsplit(self.asked['redirect_uri']).path}?{back}"

    def signed(self, **claims) -> str:
        now = int(time.time())
        common = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        return jwt.encode(common | claims, self.key, algorithm="RS256", headers={"kid": "cle-1"})

    def answers(self) -> dict[str, tuple[str, str]]:
        """Path → (content type, body)."""
        jwk = json.loads(RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": "cle-1", "use": "sig", "alg": "RS256"}
        id_token = self.signed(sub=self.claims["sub"], nonce=self.nonce or self.asked.get("nonce", ""))
        token = {"access_token": "jeton", "token_type": "Bearer", "expires_in": 60, "id_token": id_token}
        endpoints = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        discovery = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in endpoints.items()}
        discovery |= {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"}
        return {
            "/.well-known/openid-configuration": ("application/json", json.dumps(discovery)),
            "/jwks": ("application/json", json.dumps({"keys": [jwk]})),
            "/token": ("application/json", json.dumps(token)),
            "/userinfo": ("application/jwt", self.signed(**self.claims)),
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.rfile.read(int(self.headers.get("content-length", 0)))
                kind, body = stub.answers()[urlsplit(self.path).path]
                self.send_response(200)
                self.send_header("content-type", kind)
                self.end_headers()
                self.wfile.write(body.encode())

            do_POST = do_GET  # noqa: N815 -- the name http.server wants

            def log_message(self, *args):
                """Silent."""

        return Handler
