"""A real Keycloak for tests: fetched by Maven, checked, run with the realm of `deploy/`."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import ipaddress
import os
import re
import secrets
import shutil
import ssl
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crosstip.local_neo4j.artifacts import default_cache, find_java
from crosstip.serving.ports import listen, port_of
from tests.architecture.sources import ROOT

VERSION: Final = "26.7.3"
SHA256: Final = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f"
REALM: Final = ROOT / "deploy/keycloak/crosstip-realm.json"
CLIENT: Final = "crosstip"
REDIRECT: Final = "http://127.0.0.1/crosstip"
_STARTS_WITHIN_S = 600.0
_ACTION = re.compile(r'<form[^>]*\baction="([^"]+)"')


def archive() -> Path:
    """Give Keycloak's distribution, fetched when it is not there and compared with its digest."""
    name = f"keycloak-quarkus-dist-{VERSION}.zip"
    folder = default_cache() / f"keycloak-{VERSION}"
    if not (folder / name).is_file():
        maven = shutil.which("mvn")
        assert maven is not None, "Keycloak is fetched with Maven (Debian: apt-get install maven)"
        artifact = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
        command = [maven, "-q", "-B", "--strict-checksums", plugin, f"-Dartifact={artifact}"]
        subprocess.run([*command, f"-DoutputDirectory={folder}"], check=True, timeout=900)
    found = folder / name
    with found.open("rb") as content:
        assert hashlib.file_digest(content, "sha256").hexdigest() == SHA256, "another file"
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Keycloak:
    """A running Keycloak, and its administrator."""

    url: str
    ca: Path
    admin: httpx.Client

    @property
    def issuer(self) -> str:
        """What its tokens name."""
        return f"{self.url}/realms/crosstip"

    @property
    def jwks(self) -> str:
        """Where its keys are."""
        return f"{self.issuer}/protocol/openid-connect/certs"

    def add_user(self, name: str) -> Person:
        """Make somebody with a random password and a second factor."""
        seed = secrets.token_hex(10)
        password = secrets.token_urlsafe(18)
        credentials = [
            {"type": "password", "value": password, "temporary": False},
            {
                "type": "otp",
                "secretData": f'{{"value":"{seed}"}}',
                "credentialData": '{"subType":"totp","digits":6,"counter":0,"period":30,'
                '"algorithm":"HmacSHA1"}',
            },
        ]
        wanted = {
            "username": name,
            "enabled": True,
            "email": f"{name}@example.org",
            "emailVerified": True,
            "firstName": "A",
            "lastName": "B",
            "credentials": credentials,
        }
        made = self.admin.post("/admin/realms/crosstip/users", json=wanted)
        assert made.status_code == 201, made.text
        subject = made.headers["Location"].rpartition("/")[2]
        totp = base64.b32encode(seed.encode()).decode()
        return Person(name=name, subject=subject, password=password, totp=totp)

    def rotate(self) -> None:
        """Have it sign with a new key from now on."""
        realm = self.admin.get("/admin/realms/crosstip").json()["id"]
        wanted = {
            "name": "newer",
            "providerId": "rsa-generated",
            "providerType": "org.keycloak.keys.KeyProvider",
            "parentId": realm,
            "config": {"priority": ["900"], "algorithm": ["RS256"], "keySize": ["2048"]},
        }
        made = self.admin.post("/admin/realms/crosstip/components", json=wanted)
        assert made.status_code == 201, made.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom Keycloak knows."""

    name: str
    subject: str
    password: str
    totp: str


def id_token(keycloak: Keycloak, person: Person, *, nonce: str, code: str | None = None) -> str:
    """Log on as a browser does, with PKCE, and give the ID token; an empty one where refused."""
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    asked = {
        "client_id": CLIENT,
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": "openid",
        "nonce": nonce,
        "state": "s",
        "code_challenge": challenge.rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    base = f"{keycloak.issuer}/protocol/openid-connect"
    with _client(keycloak.url, keycloak.ca) as browser:
        page = browser.get(f"{base}/auth", params=asked)
        page = _sent(browser, page, {"username": person.name, "password": person.password})
        otp = pyotp.TOTP(person.totp).now() if code is None else code
        page = _sent(browser, page, {"otp": otp})
        if page.status_code != 302 or not page.headers["Location"].startswith(REDIRECT):
            return ""
        (grant,) = parse_qs(urlsplit(page.headers["Location"]).query)["code"]
        wanted = {"grant_type": "authorization_code", "code": grant, "redirect_uri": REDIRECT}
        wanted |= {"client_id": CLIENT, "code_verifier": verifier}
        answer = browser.post(f"{base}/token", data=wanted)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id_token"])


def _sent(browser: httpx.Client, page: httpx.Response, fields: dict[str, str]) -> httpx.Response:
    found = _ACTION.search(page.text)
    assert found is not None, f"no form: {page.status_code} {page.text[:2000]}"
    return browser.post(html.unescape(found.group(1)), data=fields)


def _client(url: str, ca: Path, **headers: str) -> httpx.Client:
    return httpx.Client(
        base_url=url,
        verify=ssl.create_default_context(cafile=str(ca)),
        trust_env=False,
        timeout=60,
        headers=headers,
    )


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine alone; give its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Crosstip test")])
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


@contextmanager
def keycloak(folder: Path) -> Iterator[Keycloak]:
    """Run Keycloak on loopback with the realm, an administrator of random password, and TLS."""
    with zipfile.ZipFile(archive()) as content:
        content.extractall(folder)
    home = folder / f"keycloak-{VERSION}"
    imported = home / "data/import"
    imported.mkdir(parents=True)
    shutil.copy(REALM, imported)
    certificate, secret = _certificate(folder)
    with listen("127.0.0.1", 0) as bound:
        port = port_of(bound)
    password = secrets.token_urlsafe(24)
    environment = {
        **os.environ,
        "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
        "KC_BOOTSTRAP_ADMIN_PASSWORD": password,
        "JAVA_HOME": str(find_java().resolve().parents[1]),
        "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx512m",
        "JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1",
    }
    command = ["bash", str(home / "bin/kc.sh"), "start-dev", "--import-realm", "--db=dev-mem"]
    command += [f"--https-port={port}", "--http-enabled=false", "--http-host=127.0.0.1"]
    command += [f"--https-certificate-file={certificate}"]
    command += [f"--https-certificate-key-file={secret}"]
    url = f"https://127.0.0.1:{port}"
    with (folder / "keycloak.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(process, url, certificate, folder / "keycloak.log")
        with _client(url, certificate) as http:
            token = _admin_token(http, password)
        with _client(url, certificate, Authorization=f"Bearer {token}") as admin:
            yield Keycloak(url=url, ca=certificate, admin=admin)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait(30)


def _admin_token(http: httpx.Client, password: str) -> str:
    wanted = {"grant_type": "password", "client_id": "admin-cli"}
    wanted |= {"username": "admin", "password": password}
    answer = http.post("/realms/master/protocol/openid-connect/token", data=wanted)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def _wait(process: subprocess.Popen[bytes], url: str, ca: Path, log: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    with _client(url, ca) as http:
        while time.monotonic() < deadline:
            assert process.poll() is None, log.read_text(encoding="utf-8")[-4000:]
            with suppress(httpx.HTTPError):
                if http.get("/realms/crosstip").status_code == 200:
                    return
            time.sleep(0.5)
    raise AssertionError(log.read_text(encoding="utf-8")[-4000:])
