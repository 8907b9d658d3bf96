// Lays openapi.json out for people. Everything out of the document goes into the page as text, never as markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** An element with attributes and children; strings become text. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
}

/** A text with its `code` in code elements. */
function inline(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** Paragraphs, which blank lines separate. */
function prose(text = "") {
  const paragraphs = text.trim().split(/\n\s*\n/).filter(Boolean);
  return paragraphs.map((paragraph) => element("p", {}, inline(paragraph.replace(/\s+/g, " "))));
}

/** The value with its reference followed; members beside the reference count more. */
function resolved(api, value) {
  if (!value || !value.$ref) return value || {};
  const target = value.$ref.slice(2).split("/").reduce(
    (node, key) => node?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], api);
  const { $ref, ...beside } = value;
  return { ...resolved(api, target), ...beside };
}

/** A schema with its references followed and the parts of allOf brought together. */
function flattened(api, schema) {
  const { allOf, ...whole } = resolved(api, schema);
  return (allOf || []).map((part) => flattened(api, part)).reduceRight((sum, part) => ({
    ...part, ...sum,
    required: [...(part.required || []), ...(sum.required || [])],
    properties: { ...part.properties, ...sum.properties },
  }), whole);
}

function titleOf(schema) {
  return schema.$ref ? schema.$ref.split("/").pop() : schema.title;
}

/** What kind of value a schema describes, in a few words. */
function typeOf(api, schema) {
  const flat = flattened(api, schema);
  const choices = flat.oneOf || flat.anyOf;
  if (choices) return choices.map((choice) => typeOf(api, choice)).join(" or ");
  if (flat.const !== undefined) return `always ${JSON.stringify(flat.const)}`;
  if (flat.enum) return `one of ${flat.enum.join(", ")}`;
  const types = [flat.type || "any value"].flat();
  const name = titleOf(schema);
  return types.map((type) => {
    if (type === "array") return `array: ${typeOf(api, flat.items || {})}`;
    return type === "object" && name ? `object ${name}` : type;
  }).join(" or ");
}

/** `1 to 36 characters`, or one end of that; nothing without limits. */
function range(least, most, unit = "") {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `at least ${least} ${unit}`.trim();
  return `${least === undefined ? "at most" : `${least} to`} ${most} ${unit}`.trim();
}

/** The limits of a value, each as a phrase; examples are in backticks. */
function limitsOf(flat) {
  const example = flat.examples?.[0] ?? flat.example;
  const text = example === undefined || typeof example === "string" ? example : JSON.stringify(example);
  return [
    flat.format,
    range(flat.minimum, flat.maximum),
    range(flat.minLength, flat.maxLength, "characters"),
    range(flat.minItems, flat.maxItems, "elements"),
    flat.pattern && `pattern \`${flat.pattern}\``,
    flat.default !== undefined && `\`${flat.default}\` if not given`,
    text && `for instance \`${text}\``,
  ].filter(Boolean);
}

/** What is inside a value: a table of members for objects and for arrays of them, nothing for simple values. */
function inside(api, schema, above = []) {
  const flat = flattened(api, schema);
  const name = titleOf(schema);
  if (name && above.includes(name)) return [];
  const path = name ? [...above, name] : above;
  const choices = (flat.oneOf || flat.anyOf || []).flatMap((choice) =>
    inside(api, choice, path).map((part) =>
      folded([titleOf(choice) || typeOf(api, choice)], prose(choice.description), part)));
  if (choices.length) return choices;
  if (flat.items) return inside(api, flat.items, path);
  const rows = Object.entries(flat.properties || {}).flatMap(([key, member]) =>
    memberRows(api, key, member, (flat.required || []).includes(key), path));
  if (rows.length) return [table(`Members of ${name || "the object"}`, rows)];
  if (typeof flat.additionalProperties === "object") {
    return [element("p", {}, "Each member: ", typeOf(api, flat.additionalProperties), ".")];
  }
  if (flat.contentSchema) return inside(api, flat.contentSchema, path);
  return [];
}

/** One or two rows of a table: a member, and what is inside of it. */
function memberRows(api, name, schema, isRequired, above, description) {
  const flat = flattened(api, schema);
  const text = description || flat.description;
  const type = inline([typeOf(api, schema), ...limitsOf(flat)].join("; "));
  const mark = isRequired && element("span", { class: "required" }, "required");
  const row = element("tr", {},
    element("th", { scope: "row" }, element("code", {}, name), mark),
    element("td", {}, element("p", { class: "type" }, type), prose(text)));
  const content = inside(api, schema, above);
  if (!content.length) return [row];
  return [row, element("tr", {}, element("td", { colspan: 2 }, folded([`Inside of ${name}`], content)))];
}

function table(caption, rows) {
  return element("table", {}, element("caption", {}, caption), element("tbody", {}, rows));
}

/** Something to open and close. */
function folded(summary, ...content) {
  return element("details", {}, element("summary", {}, summary), element("div", {}, content.flat()));
}

function exampleText(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** The examples of a body, each with its title. */
function examplesOf(media) {
  const named = Object.values(media.examples || {}).map((example) => [example.summary || "Example", example.value]);
  return media.example === undefined ? named : [["Example", media.example], ...named];
}

/** The schema and the examples for each media type of a body. */
function bodies(api, content = {}) {
  return Object.entries(content).flatMap(([type, media]) => [
    element("p", {}, element("code", {}, type), media.schema ? ` ${typeOf(api, media.schema)}` : ""),
    ...(media.schema ? inside(api, media.schema) : []),
    ...examplesOf(media).map(([title, value]) =>
      folded([title], element("pre", { tabindex: 0 }, exampleText(value)))),
  ]);
}

function parameterTable(api, parameters) {
  const rows = parameters.flatMap((parameter) => {
    const example = parameter.example === undefined ? {} : { examples: [parameter.example] };
    const schema = { ...resolved(api, parameter.schema), ...example };
    const text = `In the ${parameter.in}. ${parameter.description || ""}`;
    return memberRows(api, parameter.name, schema, parameter.required, [], text);
  });
  return table("Parameters of the request", rows);
}

function responsePart(api, status, reference) {
  const response = resolved(api, reference);
  const headers = Object.entries(response.headers || {}).flatMap(([name, header]) => {
    const flat = resolved(api, header);
    return memberRows(api, name, flat.schema, flat.required, [], flat.description);
  });
  return folded([element("strong", {}, status), " ", ...inline(response.description.trim().split("\n\n")[0])],
    headers.length ? table("Headers", headers) : [], bodies(api, response.content));
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The path with examples for its parameters. */
function examplePath(api, operation) {
  return operation.path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = operation.parameters.find((each) => each.in === "path" && each.name === name);
    return encodeURIComponent(parameter?.example ?? resolved(api, parameter?.schema).examples?.[0] ?? name);
  });
}

/**
 * A command line that makes the request. Token and body are in no argument, so that no list of processes shows them.
 */
function curl(api, base, operation) {
  const words = ["curl", ...(operation.method === "get" ? [] : ["-X", operation.method.toUpperCase()])];
  if (operation.produces.includes("text/event-stream")) words.push("-N");
  if (operation.headers.includes("Content-Disposition")) words.push("-OJ");
  if (operation.needsToken) words.push("-H", "@token.txt");
  const address = quoted(new URL(`.${examplePath(api, operation)}`, base).href);
  const [type, media] = Object.entries(operation.body?.content || {})[0] || [];
  const [example] = type ? examplesOf(media) : [];
  if (!example) return [...words, address].join(" ");
  words.push("-H", quoted(`Content-Type: ${type}`), "--data-binary", "@-", address);
  return `${words.join(" ")} <<'END'\n${JSON.stringify(example[1], null, 2)}\nEND`;
}

/** Copies a command; where the browser does not allow it, selects it. */
async function copy(command, output) {
  try {
    await navigator.clipboard.writeText(command.textContent);
    output.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(command);
    output.textContent = "Selected; copy it with Ctrl+C.";
  }
}

function commandPart(api, base, operation) {
  const command = element("pre", { tabindex: 0 }, curl(api, base, operation));
  const output = element("span", { role: "status" });
  const label = `Copy as curl: ${operation.summary}`;
  const button = element("button", { type: "button", "aria-label": label }, "Copy as curl");
  button.addEventListener("click", () => copy(command, output));
  return [command, element("p", {}, button, " ", output)];
}

function operationPart(api, base, operation) {
  const { body, method, parameters, responses } = operation;
  const title = `${operation.operationId}-title`;
  const answers = Object.entries(responses).map(([status, response]) => responsePart(api, status, response));
  const need = body?.required ? "required" : "optional";
  return element("article", { id: operation.operationId, "aria-labelledby": title },
    element("h3", { id: title }, operation.summary),
    element("p", { class: "endpoint" },
      element("span", { class: `method method-${method}` }, method.toUpperCase()), ` ${operation.path}`),
    prose(operation.description),
    parameters.length > 0 && folded([`Parameters (${parameters.length})`], parameterTable(api, parameters)),
    body && folded([`Request body (${need})`], prose(body.description), bodies(api, body.content)),
    folded([`Answers: ${Object.keys(responses).join(", ")}`], answers),
    folded(["As a command"], commandPart(api, base, operation)));
}

/** All operations with their references followed, in the order of the document. */
function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operationOf(api, path, item, method)));
}

function operationOf(api, path, item, method) {
  const operation = item[method];
  const parameters = [...(item.parameters || []), ...(operation.parameters || [])];
  const responses = Object.values(operation.responses).map((response) => resolved(api, response));
  return {
    ...operation, path, method,
    parameters: parameters.map((parameter) => resolved(api, parameter)),
    body: operation.requestBody && resolved(api, operation.requestBody),
    needsToken: (operation.security || api.security || []).length > 0,
    produces: responses.flatMap((response) => Object.keys(response.content || {})),
    headers: responses.flatMap((response) => Object.keys(response.headers || {})),
  };
}

function navigationPart(groups) {
  const lists = groups.map(([tag, operations]) => element("details", { open: true },
    element("summary", {}, tag.name),
    element("ul", {}, operations.map((operation) =>
      element("li", {}, element("a", { href: `#${operation.operationId}` }, operation.summary))))));
  return folded(["Operations"], lists);
}

function signInPart(api) {
  const schemes = Object.values(api.components.securitySchemes);
  const file = "The commands on this page read the header from the file `token.txt`, whose one line is "
    + "`Authorization: Bearer` and the token.";
  return [
    element("h2", { id: "sign-in" }, "Signing in"),
    element("p", {}, "One of these is enough:"),
    element("ul", {}, schemes.map((scheme) => element("li", {}, prose(scheme.description)))),
    element("p", {}, inline(file)),
  ];
}

function show(api, base) {
  const operations = operationsOf(api);
  const groups = api.tags.map((tag) => [tag, operations.filter((operation) => operation.tags.includes(tag.name))]);
  const navigation = document.getElementById("navigation");
  const list = navigationPart(groups);
  const wide = matchMedia("(min-width: 62rem)");
  list.open = wide.matches;
  wide.addEventListener("change", () => { list.open = wide.matches; });
  navigation.append(list);
  navigation.hidden = false;
  document.getElementById("title").append(" ", element("small", {}, `version ${api.info.version}`));
  document.getElementById("content").append(
    ...prose(api.info.description), ...signInPart(api),
    ...groups.flatMap(([tag, operations]) => [
      element("h2", { id: `tag-${tag.name}` }, tag.name), ...prose(tag.description),
      ...operations.map((operation) => operationPart(api, base, operation)),
    ]));
  // The browser looked for the fragment before it was there.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

async function start() {
  const status = document.getElementById("status");
  const address = new URL("openapi.json", document.baseURI);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the host answers ${response.status}`);
    const api = await response.json();
    show(api, new URL(api.servers?.[0]?.url || ".", address));
  } catch (error) {
    status.textContent = `The description cannot be shown: ${error.message}. The link openapi.yaml has all of it.`;
  }
}

start();
