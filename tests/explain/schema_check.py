"""A JSON Schema validator of just the keywords that docs/explain.schema.json uses; any other keyword is a fault. It is stricter than the
schema: a member that the schema does not name is one that nobody documented.
"""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


class Checker:
    def __init__(self, schema):
        self.root = schema

    def faults(self, value, schema=None, path="$"):
        """What is wrong with VALUE, a line each."""
        schema = self.root if schema is None else schema
        for keyword, argument in schema.items():
            if keyword in ("$schema", "$defs", "title", "properties"):
                continue
            yield from getattr(self, "check_" + keyword.lstrip("$"))(value, argument, schema, path)

    def check_ref(self, value, argument, schema, path):
        yield from self.faults(value, self.root["$defs"][argument.removeprefix("#/$defs/")], path)

    def check_type(self, value, argument, schema, path):
        names = [argument] if isinstance(argument, str) else argument
        if not any(is_type(value, name) for name in names):
            yield f"{path}: {value!r} is not {names}"
        elif isinstance(value, dict):
            for name, member in value.items():
                if name in schema["properties"]:
                    yield from self.faults(member, schema["properties"][name], f"{path}.{name}")
                else:
                    yield f"{path}.{name} is not documented"

    def check_required(self, value, argument, schema, path):
        yield from (f"{path}.{name} is missing" for name in argument if isinstance(value, dict) and name not in value)

    def check_items(self, value, argument, schema, path):
        for i, item in enumerate(value if isinstance(value, list) else []):
            yield from self.faults(item, argument, f"{path}[{i}]")

    def check_anyOf(self, value, argument, schema, path):
        faults = [list(self.faults(value, option, path)) for option in argument]
        if all(faults):
            yield min(faults, key=len)[0] if not is_type(value, "object") else faults[0][0]

    def check_enum(self, value, argument, schema, path):
        if value not in argument:
            yield f"{path}: {value!r} is not one of {argument}"

    def check_const(self, value, argument, schema, path):
        if value != argument:
            yield f"{path}: {value!r} is not {argument!r}"

    def check_pattern(self, value, argument, schema, path):
        if isinstance(value, str) and not re.search(argument, value):
            yield f"{path}: {value!r} is not like {argument}"

    def check_minimum(self, value, argument, schema, path):
        if value is not None and value < argument:
            yield f"{path}: {value!r} is below {argument}"
