"""The headers of every page and asset: nothing of others is loaded, nothing runs inside the page, nothing is framed."""

from collections.abc import Sequence

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""The content policy (CSP 3). No inline script and no inline style: both live in files under /static."""
SHARED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


def of_page(*, secure: bool, framed_by: Sequence[str] = ()) -> dict[str, str]:
    """Return the headers of a page; `framed_by` names the origins that may embed it, `secure` that it came by HTTPS."""
    policy = {**POLICY, "frame-ancestors": " ".join(framed_by) or "'none'"}
    told = "; ".join(f"{name} {value}" for name, value in policy.items())
    return {
        **SHARED,
        **(HSTS if secure else {}),
        "Content-Security-Policy": told,
        "Cache-Control": "private, no-store",
    }


def of_asset() -> dict[str, str]:
    """Return the headers of a file whose name changes with its content: it may be kept for ever."""
    return {**SHARED, "Cache-Control": "public, max-age=31536000, immutable"}
