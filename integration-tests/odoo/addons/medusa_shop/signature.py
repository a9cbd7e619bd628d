import base64
import hashlib
import hmac
import time

TOLERANCE = 5 * 60  # seconds


def is_authentic(secret, headers, body):
    """Whether a webhook was signed with this secret, not more than five minutes ago.

    headers is a mapping, body the bytes as they came.
    """
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    try:
        if abs(time.time() - int(timestamp)) > TOLERANCE:
            return False
    except (ValueError, OverflowError):
        return False
    if secret.startswith("whsec_"):
        key = base64.b64decode(secret[len("whsec_"):] + "==")
    else:
        key = secret.encode()
    signed = b".".join([webhook_id.encode(), timestamp.encode(), body])
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # while a secret is rotated, there is a signature for the old one and one for the new
    given = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(expected, signature) for signature in given)
