"""Security keys and passkeys (WebAuthn level 2): what a browser is asked, and what is believed.

The person is verified by the key itself (PIN or fingerprint), always. What is asked names the site
and no key before log-on, so that it is the same for everybody. Signatures are checked by
py_webauthn; only the order is this module's own, so that a count that went back is known to be the
key's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pydantic import JsonValue
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import options_to_json_dict, parse_attestation_object
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from graph.errors import QuestionError
from graph.logon.key_answers import Attestation, KeyAnswer, from_text, to_text
from graph.logon.key_settings import KeySettings
from graph.queries.security_keys import SecurityKeyRow

TIMEOUT_MS = 300_000
_NAME = "Crosstip"
_ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
"""Ed25519, ES256, and RS256, which some built into Windows machines have alone."""
_FORMATS = (AttestationFormat.NONE, AttestationFormat.PACKED)
"""Who made a key is not asked; browsers leave a key's own signature in at most."""
_HOSTILE = (
    *(WebAuthnException, InvalidSignature, UnsupportedAlgorithm),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError),
)
"""What the library and its parsers raise of texts that somebody made up."""
_OFF = (
    "No security keys are taken here: whoever runs the installation names the site with "
    "CROSSTIP_WEBAUTHN_RP_ID and CROSSTIP_WEBAUTHN_ORIGINS."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that proved itself."""

    credential: str = field(repr=False)
    public_key: str = field(repr=False)
    """COSE (RFC 9052), base64url."""
    sign_count: int
    transports: tuple[str, ...]


class SecurityKeys:
    """Asks for keys and checks them, for one site. Safe to share among threads."""

    def __init__(self, settings: KeySettings) -> None:
        """Take the site and its pages."""
        self._settings = settings

    @property
    def is_on(self) -> bool:
        """Whether security keys are taken here."""
        return self._settings.is_on

    def to_add(
        self, *, challenge: str, handle: str, user: str, known: Sequence[SecurityKeyRow]
    ) -> dict[str, JsonValue]:
        """Give what `navigator.credentials.create` is asked, as `parseCreationOptionsFromJSON`
        takes it; `handle` names the person to the key, `known` are keys that they have.

        Raises:
            QuestionError: no security keys are taken here.
        """
        selection = AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        options = generate_registration_options(
            rp_id=self._site(),
            rp_name=_NAME,
            user_name=user,
            user_id=from_text(handle),
            challenge=from_text(challenge),
            timeout=TIMEOUT_MS,
            authenticator_selection=selection,
            exclude_credentials=_described(known),
            supported_pub_key_algs=_ALGORITHMS,
        )
        return dict(options_to_json_dict(options))

    def to_prove(self, *, challenge: str, known: Sequence[SecurityKeyRow]) -> dict[str, JsonValue]:
        """Give what `navigator.credentials.get` is asked, as `parseRequestOptionsFromJSON` takes
        it; without `known` any key that knows the site may answer.

        Raises:
            QuestionError: no security keys are taken here.
        """
        options = generate_authentication_options(
            rp_id=self._site(),
            challenge=from_text(challenge),
            timeout=TIMEOUT_MS,
            allow_credentials=_described(known),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return dict(options_to_json_dict(options))

    def added(self, attestation: Attestation, *, challenge: str) -> NewKey | None:
        """Give the key that answered a challenge, None where anything of it is not right."""
        raw, data = from_text(attestation.credential), from_text(attestation.client_data)
        shown, asked = from_text(attestation.attestation), from_text(challenge)
        if not self.is_on or raw is None or data is None or shown is None or asked is None:
            return None
        answer = AuthenticatorAttestationResponse(client_data_json=data, attestation_object=shown)
        try:
            if parse_attestation_object(shown).fmt not in _FORMATS:
                return None
            found = verify_registration_response(
                credential=RegistrationCredential(
                    id=attestation.credential, raw_id=raw, response=answer
                ),
                expected_challenge=asked,
                expected_rp_id=self._site(),
                expected_origin=list(self._settings.origins),
                require_user_verification=True,
                supported_pub_key_algs=_ALGORITHMS,
            )
        except _HOSTILE:
            return None
        if found.credential_id != raw:
            return None
        return NewKey(
            credential=attestation.credential,
            public_key=to_text(found.credential_public_key),
            sign_count=found.sign_count,
            transports=tuple(t.value for t in _known(attestation.transports)),
        )

    def count_of(self, key_answer: KeyAnswer, key: SecurityKeyRow, *, challenge: str) -> int | None:
        """Give the count that a key signed with a challenge, None where anything is not right.

        Whether the count went on is the caller's to see: here the signature is known to be good.
        """
        texts = (
            *(key_answer.credential, key_answer.client_data, key_answer.authenticator_data),
            *(key_answer.signature, challenge, key.public_key),
        )
        raw, data, device, signature, asked, public = map(from_text, texts)
        if not self.is_on or raw is None or data is None or device is None or signature is None:
            return None
        if key_answer.user_handle is not None and key_answer.user_handle != key.handle:
            return None
        answer = AuthenticatorAssertionResponse(
            client_data_json=data, authenticator_data=device, signature=signature
        )
        try:
            return verify_authentication_response(
                credential=AuthenticationCredential(
                    id=key_answer.credential, raw_id=raw, response=answer
                ),
                expected_challenge=asked or b"",
                expected_rp_id=self._site(),
                expected_origin=list(self._settings.origins),
                credential_public_key=public or b"",
                # The library looks at the count before the signature: anybody could cry wolf.
                credential_current_sign_count=0,
                require_user_verification=True,
            ).new_sign_count
        except _HOSTILE:
            return None

    def require_on(self) -> None:
        """Come back when security keys are taken here.

        Raises:
            QuestionError: they are not.
        """
        self._site()

    def _site(self) -> str:
        if self._settings.rp_id is None:
            raise QuestionError(_OFF)
        return self._settings.rp_id


def _described(keys: Sequence[SecurityKeyRow]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=from_text(key.credential) or b"", transports=_known(key.transports or ())
        )
        for key in keys
    ]


def _known(transports: Sequence[str]) -> list[AuthenticatorTransport]:
    """Give those that are known, in the order of their declaration, each once."""
    return [known for known in AuthenticatorTransport if known.value in transports]
