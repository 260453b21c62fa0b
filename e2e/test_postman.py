"""The Postman collection: it can be repeated, and covers every operation and refusal."""

import json

from graphql import FieldNode, GraphQLEnumType, build_schema, get_operation_ast, parse, validate

from conftest import ROOT

POSTMAN = ROOT / "docs/postman"
COLLECTION = POSTMAN / "referral.postman_collection.json"
ENVIRONMENT = POSTMAN / "local.postman_environment.json"
SCHEMA = build_schema((ROOT / "schema/schema.graphql").read_text())
RUNS = 2  # the second runs on the data of the first


def requests_of(folder):
    for item in folder["item"]:
        if "item" in item:
            yield from requests_of(item)
        else:
            yield item


REQUESTS = [*requests_of(json.loads(COLLECTION.read_text()))]


def test_the_collection_can_be_repeated(start, node, tmp_path):
    report = tmp_path / "report.json"
    with start("make", "run") as server:
        where = ("-e", ENVIRONMENT, "--env-var", f"url={server.url}/graphql")
        reporters = ("-r", "cli,json", "--reporter-json-export", report)
        node("newman", "run", COLLECTION, *where, "-n", RUNS, *reporters)
    stats = json.loads(report.read_text())["run"]["stats"]
    # A run that stops early, as without demonstration mode, reports no failures.
    assert stats["requests"] == {"total": RUNS * len(REQUESTS), "pending": 0, "failed": 0}


def test_the_collection_covers_every_operation_by_name():
    used = set()
    for request in REQUESTS:
        document = parse(request["request"]["body"]["graphql"]["query"])
        assert validate(SCHEMA, document) == []
        operation = get_operation_ast(document)
        assert operation is not None
        assert operation.name
        selections = operation.selection_set.selections
        used |= {field.name.value for field in selections if isinstance(field, FieldNode)}
    assert SCHEMA.query_type
    assert SCHEMA.mutation_type
    assert used == {*SCHEMA.query_type.fields, *SCHEMA.mutation_type.fields}


def test_the_collection_covers_every_refusal():
    """In the test of a request or in a saved response; a mention in a description does not count."""
    shown = json.dumps([(request["event"], request["response"]) for request in REQUESTS])
    codes = SCHEMA.type_map["ProblemCode"]
    assert isinstance(codes, GraphQLEnumType)
    assert [code for code in codes.values if code not in shown] == []
