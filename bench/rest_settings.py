"""The service's settings with the usual REST packages: Django REST Framework and its Simple JWT."""

from core.settings import *  # noqa: F403
from core.settings import GRAPHQL_JWT, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework"]
ROOT_URLCONF = "bench.rest"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
# Accepts the service's own access tokens.
SIMPLE_JWT = {
    "SIGNING_KEY": GRAPHQL_JWT["JWT_SECRET_KEY"],
    "ISSUER": GRAPHQL_JWT["JWT_ISSUER"],
    "AUDIENCE": GRAPHQL_JWT["JWT_AUDIENCE"],
    "USER_ID_CLAIM": "sub",
    "TOKEN_TYPE_CLAIM": None,
}
