"""The costliest documents that are known: accepted at the limits, or refused late."""

from schema.tests.test_introspection_limits import FULL_TYPE

LISTS = "abcdefghijklmno"
LONG = "x" * 127


def of(field: str, count: int) -> str:
    """A field under long aliases."""
    return " ".join(f"{LONG}{letter}: {field}" for letter in LISTS[:count])


NODE = "edges { node { id invitedAt } }"
PAGE = "edges { cursor node { id phone invitedAt __typename } }"
KNOWN = {
    "sessions of one field": f"{{ {of('sessions { current }', 15)} }}",
    "sessions of two fields": f"{{ {of('sessions { current lastUsedAt }', 15)} }}",
    "sessions of three fields": f"{{ {of('sessions { id current lastUsedAt }', 10)} }}",
    "user agents": f"{{ {of('sessions { userAgent }', 3)} }}",
    "invitees": f"{{ me {{ {of(f'invitees(first: 100) {{ {PAGE} }}', 6)} }} }}",
    "invitees of two fields": f"{{ me {{ {of(f'invitees(first: 100) {{ {NODE} }}', 7)} }} }}",
    "numbers": f"{{ me {{ {of('invitedPhones', 15)} }} }}",
    "skipped": f"{{ me {{ {of('invitees(first: 100) { edges { node { id @skip(if: true) } } }', 5)} }} }}",
    "fields of one name": "{ " + ("... { " + "me { id } " * 5 + "} ") * 20 + "}",
    "fragments": "{ me { "
    + " ".join(f"...F{n}" for n in range(60))
    + " } } "
    + " ".join(f"fragment F{n} on User {{ id phone invitedCount }}" for n in range(60)),
    "operations": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(60))
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} me {{ id }} }}" for n in range(40))
    + " fragment F40 on Query { me { id } }",
    "unknown fields": "{ " + " ".join(f"{'x' * 120}{n}" for n in range(490)) + " }",
    "unknown arguments": "{ user(" + " ".join(f"{'x' * 100}{n}: 1" for n in range(300)) + ") { id } }",
    "variables": "query (" + " ".join(f"${'x' * 100}{n}: X{n}" for n in range(190)) + ") { __typename }",
    "a list": f"{{ user(phone: [{'1 ' * 980}]) {{ id }} }}",
    "an object": f"{{ user(phone: {'{a: ' * 190}1{'}' * 190}) {{ id }} }}",
    "a text": '{ user(phone: "' + "ф" * 16_000 + '") { id } }',
    "a block text": '{ user(phone: """' + " \n\t\n" * 13_000 + '""") { id } }',
    "a comment": "#" + "x" * 99_000 + "\n{ __typename }",
    "commas": "," * 99_000 + "{ __typename }",
    "introspection": f"{{ __schema {{ types {{ {FULL_TYPE} }} }} }}",
}
