"""The settings of the tests: production with an in-memory SMS gateway. Ignores a developer's .env."""

import os

os.environ.update(
    ENV_FILE="",
    DEBUG="false",
    SECRET_KEY="a key for the tests, of more than thirty-two bytes",
    SECRET_KEY_FALLBACKS="",
    PHONE_HASH_KEY="",
    DEMO_CODES="false",
    SMS_URL="memory://",
    REDIS_URL="",
    SMS_COUNTRIES="",
    SMS_TIMEOUT="",
    TEMPLATE_DIR="",
    TEST_NUMBERS="",
    PHONE_REGION="RU",
    PUBLIC_URL="https://example.com",
    TRUSTED_PROXIES="0",
    DATABASE_POOL="80",
    WEB_CONCURRENCY="1",
    METRICS_TOKEN="",
    ALLOWED_HOSTS="",
    CORS_ALLOWED_ORIGINS="",
    GRAPHIQL="true",
    INTROSPECTION="true",
    PORT="",
    CODE_LENGTH="",
    INVITE_CODE_LENGTH="",
    GUESSES_PER_CODE="",
    GUESSES_PER_DAY="",
    SHORT_GUESSES_PER_DAY="",
    CODES_PER_HOUR="",
    CODES_PER_DAY="",
    SERVICE_GUESSES_PER_DAY="",
    SMS_PER_DAY="",
    ADDRESS_CODES_PER_HOUR="",
    ADDRESS_GUESSES_PER_HOUR="",
    NETWORK_CODES_PER_HOUR="",
    NETWORK_GUESSES_PER_HOUR="",
    BRAND_NAME="",
    BRAND_COLOUR="",
    BRAND_SECOND_COLOUR="",
    BRAND_LOGO="",
    BRAND_PREVIEW="",
    BRAND_PITCH="",
    BRAND_PITCH_RU="",
)

from core.settings import *  # noqa: F403
from core.settings import DATABASES, LOGGING

# On a slow machine two hundred threads wait for a connection longer than users would.
DATABASES["default"].get("POOL_OPTIONS", {})["TIMEOUT"] = 30  # seconds
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING["handlers"]["console"]["class"] = "logging.StreamHandler"  # which pytest captures
