// Reads AsyncAPI documents from stdin, a JSON array of them, and prints what AsyncAPI's parser makes of each: a JSON array of
// {diagnostics, channels, operations}. The packages are those of the folder that is named on the command line.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.argv[2]}/package.json`);
const { Parser } = require("@asyncapi/parser");
const { AvroSchemaParser } = require("@asyncapi/avro-schema-parser");

const parser = new Parser();
parser.registerSchemaParser(AvroSchemaParser());

function message(it) {
  return { id: it.id(), format: it.schemaFormat(), payload: it.payload()?.json(), headers: it.headers()?.json(), bindings: it.bindings().get("kafka")?.json() };
}

function channel(it) {
  return { id: it.id(), address: it.address(), messages: it.messages().all().map(message), bindings: it.bindings().get("kafka")?.json() };
}

function operation(it) {
  return { id: it.id(), action: it.action(), channels: it.channels().all().map((one) => one.id()) };
}

async function judge(source) {
  const { document, diagnostics } = await parser.parse(source);
  return {
    diagnostics: diagnostics.map(({ code, message, path }) => ({ code, message, path })),
    servers: document?.servers().all().map((it) => ({ host: it.host(), protocol: it.protocol() })),
    channels: document?.channels().all().map(channel),
    operations: document?.operations().all().map(operation),
  };
}

const answers = [];
for (const document of JSON.parse(await text(process.stdin))) answers.push(await judge(document));
console.log(JSON.stringify(answers));
