"""Settings, read from the environment. docs/settings.md documents the variables."""

from datetime import timedelta

from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured

from core import database, listening, logs, policy, public_url
from core.environment import (
    BASE_DIR,
    env_bool,
    env_float,
    env_int,
    env_list,
    env_str,
    read_env_file,
)
from referral.crypto import derive_key

read_env_file()

# Basics

DEBUG = env_bool("DEBUG", default=False)
DEVELOPMENT_KEY = "development only: set SECRET_KEY before anybody else can reach this server"
SECRET_KEY = env_str("SECRET_KEY", DEVELOPMENT_KEY if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is required when DEBUG is off: at least 32 random bytes.")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
PHONE_HASH_KEY = env_str("PHONE_HASH_KEY", SECRET_KEY)
PORT = listening.port()
PUBLIC_URL = env_str("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = public_url.hosts("ALLOWED_HOSTS", env_list("ALLOWED_HOSTS"))
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0, least=-1)  # -1 fails a system check

# HTTPS, if PUBLIC_URL uses it. A proxy terminates TLS and sets X-Forwarded-Proto.

ORIGIN = public_url.origin("PUBLIC_URL", PUBLIC_URL)
HTTPS = ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [ORIGIN] if HTTPS else []
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # a year
if HTTPS and TRUSTED_PROXIES > 0:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: the domain's owner decides
    "security.W021",  # HSTS preload: the domain's owner decides
    "security.W008",  # HTTPS redirect: without a trusted proxy the scheme of a request is unknown
]

# Sign-in and SMS

PHONE_REGION = env_str("PHONE_REGION", "RU")
SMS_URL = env_str("SMS_URL", "console://")
SMS_TIMEOUT = env_float("SMS_TIMEOUT", 5)  # seconds
SMS_COUNTRIES = env_list("SMS_COUNTRIES")
SIGN_IN_POLICY = policy.configuration()
DEMO_CODES = env_bool("DEMO_CODES", default=DEBUG)
TEST_NUMBERS = env_list("TEST_NUMBERS")
INVITE_CODE_LENGTH = env_int("INVITE_CODE_LENGTH", 6)

# The brand, of which web/brand.py makes what people see

BRAND_NAME = env_str("BRAND_NAME").strip()
BRAND_COLOUR = env_str("BRAND_COLOUR").strip()
BRAND_SECOND_COLOUR = env_str("BRAND_SECOND_COLOUR").strip()
BRAND_LOGO = env_str("BRAND_LOGO").strip()
BRAND_PREVIEW = env_str("BRAND_PREVIEW").strip()
BRAND_PITCH = env_str("BRAND_PITCH").strip()
BRAND_PITCH_RU = env_str("BRAND_PITCH_RU").strip()

# The GraphQL endpoint

GRAPHIQL = env_bool("GRAPHIQL", default=True)
INTROSPECTION = env_bool("INTROSPECTION", default=True)
GRAPHQL_JWT = {
    "JWT_SECRET_KEY": derive_key("access token", SECRET_KEY),
    "JWT_ALGORITHM": "HS256",
    "JWT_ISSUER": "referral",
    "JWT_AUDIENCE": "graphql",
    "JWT_EXPIRATION_DELTA": timedelta(minutes=10),
    "JWT_DECODE_HANDLER": "schema.tokens.access_tokens.decode_with_any_key",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000  # bytes per request body
# No cookie is read, so calls from other origins expose nothing. In development every origin may call.
CORS_URLS_REGEX = r"^/graphql/?$"
CORS_ALLOWED_ORIGINS = env_list("CORS_ALLOWED_ORIGINS")
CORS_ALLOW_ALL_ORIGINS = DEBUG and not CORS_ALLOWED_ORIGINS
CORS_ALLOW_HEADERS = (
    *default_headers,
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "x-apollo-operation-name",
)
CORS_EXPOSE_HEADERS = ("Retry-After", "X-Request-ID")

# Database and server

DATABASES = {"default": database.configuration()}
REDIS_URL = env_str("REDIS_URL")
WEB_CONCURRENCY = listening.workers()
METRICS_TOKEN = env_str("METRICS_TOKEN")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Django

INSTALLED_APPS = [
    "core.apps.CoreConfig",  # before staticfiles, which has a runserver too
    "core.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "corsheaders",
    "strawberry_django",
    "referral",
    "schema",
    "web",
]
MIDDLEWARE = [
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.security_headers.SecurityHeadersMiddleware",
    "core.middleware.probes.ProbesMiddleware",
    "core.middleware.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "core.middleware.client.ClientMiddleware",
    "core.middleware.endpoint.EndpointMiddleware",
    "core.middleware.admin.AdminMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": env_list("TEMPLATE_DIR"),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "core.urls"
WSGI_APPLICATION = "core.wsgi.application"
AUTH_USER_MODEL = "referral.User"
PASSWORD_HASHERS = ["core.password_hasher.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
OWN_STATIC_FILES = BASE_DIR / "static"  # an operator's: a logo, a picture for link previews
STATICFILES_DIRS = [OWN_STATIC_FILES] if OWN_STATIC_FILES.is_dir() else []
if DEBUG:
    MIDDLEWARE.append("core.middleware.not_found.NotFoundMiddleware")
else:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("corsheaders.middleware.CorsMiddleware"),
        "whitenoise.middleware.WhiteNoiseMiddleware",
    )
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "core.static_files.Storage"},
    }
LOGGING = logs.configuration(debug=DEBUG)
