"""What every answer carries, whatever made it: a page, a file, a redirect, an error."""

import secrets

from django.conf import settings
from django.utils.cache import patch_vary_headers

from balai.config.logs import masked, request_number

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LEAVING = '"cache", "storage"'  # the cookies stay: they name the device of a kader and the language, not the person


def headers(get_response):
    def middleware(request):
        request.nonce = secrets.token_urlsafe(16)
        request_number.set(secrets.token_hex(6))  # kept after the answer: Django logs refusals last of all
        response = get_response(request)
        policy = POLICY.format(nonce=request.nonce)
        response.headers["Content-Security-Policy"] = policy
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if settings.HTTPS:
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if not request.path.startswith(settings.STATIC_URL):
            _keep_apart(request, response)
        return response

    return middleware


def page(request):
    """For templates: the nonce of this answer, and the address as a link back may carry it."""
    return {"nonce": getattr(request, "nonce", ""), "back_to": masked(request.get_full_path())}


def _keep_apart(request, response):
    """Nobody's page may be shown to somebody else: not by a cache on the way, not by the browser after signing out."""
    patch_vary_headers(response, ["Cookie"])
    if _public(request) and _strange(request) and not response.cookies:
        response.headers.setdefault("Cache-Control", "no-cache")
    else:
        response.headers["Cache-Control"] = "no-store, private"
    if _leaves(request, response):
        response.headers["Clear-Site-Data"] = LEAVING


def _public(request):
    """Whether the address and method are declared public. What has no declaration is not."""
    match = request.resolver_match
    door = (
        getattr(match.func, "doors", {}).get("GET" if request.method == "HEAD" else request.method) if match else None
    )
    return door is not None and door.public


def _strange(request):
    """Whether nothing in the request tells who sent it, and it sends nothing in."""
    told = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return not told and request.method in ("GET", "HEAD")


def _leaves(request, response):
    match = request.resolver_match
    return (
        bool(match) and match.url_name == "account_logout" and request.method == "POST" and response.status_code < 400
    )
