"use strict";

exports.id = 222;

exports.ids = [ 222 ];

exports.modules = {
 2222: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   RECORD_FORMATS: () => RECORD_FORMATS
  });
  var external_node_util_ = __webpack_require__(7975);
  var text_edits = __webpack_require__(6154);
  var unreadable_text_error = __webpack_require__(7467);
  const MAX_DEPTH = 500;
  function scanJson(text) {
   const scanner = new Scanner(text);
   const root = scanner.value(0);
   scanner.expectEnd();
   return root;
  }
  class Scanner {
   #text;
   #offset=0;
   constructor(text) {
    this.#text = text;
   }
   value(depth) {
    this.#skipSpace();
    if (depth > MAX_DEPTH) throw this.#unreadable(`the JSON is nested more than ${MAX_DEPTH} levels deep`);
    const start = this.#offset;
    if (this.#take("{")) return {
     kind: "object",
     start: start,
     members: this.#members(depth),
     end: this.#offset
    };
    this.#take("[") ? this.#items(depth) : this.#match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y) === void 0 && this.#string("a value");
    return {
     kind: "other",
     start: start,
     end: this.#offset
    };
   }
   expectEnd() {
    this.#skipSpace();
    if (this.#offset < this.#text.length) throw this.#expected("the end of the file");
   }
   #members(depth) {
    const members = [];
    this.#skipSpace();
    if (this.#take("}")) return members;
    for (;;) {
     this.#skipSpace();
     const start = this.#offset;
     const key = JSON.parse(this.#string("a name in double quotes"));
     this.#skipSpace();
     if (!this.#take(":")) throw this.#expected('":"');
     members.push({
      key: key,
      start: start,
      value: this.value(depth + 1)
     });
     this.#skipSpace();
     if (this.#take("}")) return members;
     if (!this.#take(",")) throw this.#expected('"," or "}"');
    }
   }
   #items(depth) {
    this.#skipSpace();
    if (this.#take("]")) return;
    for (;;) {
     this.value(depth + 1);
     this.#skipSpace();
     if (this.#take("]")) return;
     if (!this.#take(",")) throw this.#expected('"," or "]"');
    }
   }
   #string(what) {
    const start = this.#offset;
    if (!this.#take('"')) throw this.#expected(what);
    for (;;) {
     this.#match(/[ !#-[\]-\uffff]*/y);
     if (this.#take('"')) return this.#text.slice(start, this.#offset);
     if (this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === void 0) throw this.#expected("the end of the string");
    }
   }
   #skipSpace() {
    this.#match(/[ \t\r\n]*/y);
   }
   #take(character) {
    const isNext = this.#text[this.#offset] === character;
    isNext && (this.#offset += 1);
    return isNext;
   }
   #match(sticky) {
    sticky.lastIndex = this.#offset;
    const found = sticky.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
   }
   #expected(what) {
    const seen = this.#text.slice(this.#offset).match(/^./u)?.[0];
    const isEnd = this.#offset >= this.#text.length;
    const found = seen === void 0 ? "the end of the " + (isEnd ? "file" : "line") : `"${seen}"`;
    return this.#unreadable(`invalid JSON: expected ${what} but found ${found}`);
   }
   #unreadable(problem) {
    return new unreadable_text_error.l(problem, {
     text: this.#text,
     offset: this.#offset
    });
   }
  }
  function newJson(path, value) {
   return `${pretty(nested(path, value), "  ", "\n")}\n`;
  }
  function setInJson(current, path, value) {
   if (current === void 0 || current.trim() === "") return newJson(path, value);
   const root = scanJson(current);
   const layout = {
    text: current,
    unit: indentUnit(current, root),
    newline: (0, text_edits.n_)(current)
   };
   const edit = editFor(layout, root, path, value);
   return edit === void 0 ? current : (0, text_edits.ct)(current, [ edit ]);
  }
  function editFor(layout, root, path, value) {
   let node = root;
   for (const [depth, key] of path.entries()) {
    const object = asObject(layout.text, node, path.slice(0, depth));
    const member = onlyMember(layout.text, object, key);
    if (member === void 0) return insertion(layout, object, key, nested(path.slice(depth + 1), value));
    node = member.value;
   }
   const old = JSON.parse(layout.text.slice(node.start, node.end));
   if ((0, external_node_util_.isDeepStrictEqual)(old, value)) return;
   const text = pretty(value, layout.unit, layout.newline, indentAt(layout.text, node.start));
   return {
    start: node.start,
    end: node.end,
    text: text
   };
  }
  function asObject(text, node, path) {
   if (node.kind === "object") return node;
   const what = path.length === 0 ? "the file" : JSON.stringify(path.at(-1));
   throw new unreadable_text_error.l(`${what} is not a JSON object`, {
    text: text,
    offset: node.start
   });
  }
  function onlyMember(text, object, key) {
   const [member, second] = object.members.filter(each => each.key === key);
   if (second === void 0) return member;
   throw new unreadable_text_error.l(`${JSON.stringify(key)} appears twice`, {
    text: text,
    offset: second.start
   });
  }
  function insertion(layout, object, key, value) {
   const {text: text, unit: unit, newline: newline} = layout;
   const last = object.members.at(-1);
   const name = JSON.stringify(key);
   if (last === void 0) {
    const outer = indentAt(text, object.start);
    const member = `${name}: ${pretty(value, unit, newline, outer + unit)}`;
    const inside = `{${newline}${outer}${unit}${member}${newline}${outer}}`;
    return {
     start: object.start,
     end: object.end,
     text: inside
    };
   }
   const isOnLines = text.slice(object.start, last.start).includes("\n");
   if (!isOnLines) return (0, text_edits.PT)(last.value.end, `, ${name}: ${JSON.stringify(value)}`);
   const indent = indentAt(text, last.start);
   return (0, text_edits.PT)(last.value.end, `,${newline}${indent}${name}: ${pretty(value, unit, newline, indent)}`);
  }
  function nested(path, value) {
   return path.reduceRight((inner, key) => ({
    [key]: inner
   }), value);
  }
  function pretty(value, unit, newline, indent = "") {
   return JSON.stringify(value, null, unit).replaceAll("\n", newline + indent);
  }
  function indentAt(text, offset) {
   const line = text.slice((0, text_edits.gf)(text, offset), offset);
   return line.match(/^[ \t]*/)?.[0] ?? "";
  }
  function indentUnit(text, root) {
   const [first] = root.kind === "object" ? root.members : [];
   return first && indentAt(text, first.start) || "  ";
  }
  const json = {
   needsTxtValues: false,
   render: record => newJson([ record.emailDomain ], entryOf(record)),
   merge: (current, record) => setInJson(current, [ record.emailDomain ], entryOf(record))
  };
  function entryOf({emailDomain: emailDomain, verificationCode: verificationCode, txtValues: txtValues, connectorId: connectorId, accountId: accountId}) {
   return {
    name: emailDomain,
    type: "TXT",
    value: verificationCode,
    ...txtValues !== void 0 && {
     txt_values: txtValues
    },
    ...connectorId !== void 0 && {
     connector_id: connectorId
    },
    ...accountId !== void 0 && {
     account_id: accountId
    }
   };
  }
  const VARIABLE = "cloudflare_sso_txt_values";
  const tfvars = {
   needsTxtValues: true,
   render: record => newJson([ VARIABLE, record.emailDomain ], requiredTxtValues(record)),
   merge: (current, record) => setInJson(current, [ VARIABLE, record.emailDomain ], requiredTxtValues(record))
  };
  function requiredTxtValues({txtValues: txtValues}) {
   if (txtValues === void 0) throw new TypeError("tfvars needs all TXT values at the name");
   return txtValues;
  }
  var external_node_path_ = __webpack_require__(6760);
  var external_node_url_ = __webpack_require__(3136);
  var dns_name = __webpack_require__(8924);
  var dist = __webpack_require__(8815);
  function escapeTxt(text) {
   return text.replaceAll(";", "\\;");
  }
  function unescapeTxt(value) {
   const isQuoted = /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/s.test(value);
   const joined = isQuoted ? value.slice(1, -1).replaceAll(/"\s+"/g, "").replaceAll('\\"', '"') : value;
   return joined.replaceAll("\\;", ";");
  }
  function yamlScalar(text) {
   const isPlain = /^[a-z][a-z0-9_=./+-]*$/i.test(text) && (0, dist.qg)(text, {
    version: "1.1"
   }) === text;
   if (isPlain) return text;
   const isPrintable = /^[\x20-\x7e]*$/.test(text);
   return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
  }
  function comesBefore(a, b) {
   const [left, right] = [ naturalParts(a), naturalParts(b) ];
   for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === void 0) return false;
    if (part !== other) return part < other;
   }
   return left.length < right.length;
  }
  function naturalParts(key) {
   const parts = key.split(/([0-9]+)/).map((part, index) => index % 2 === 1 ? BigInt(part) : part);
   return parts.at(-1) === "" ? parts.slice(0, -1) : parts;
  }
  function keyText(key) {
   return (0, dist.jn)(key) ? String(key.value) : void 0;
  }
  function valuePair(record) {
   return record.items.find(({key: key}) => keyText(key) === "values") ?? record.items.find(({key: key}) => keyText(key) === "value");
  }
  function startOf(node) {
   return (0, dist.tO)(node) ? startOf(node.key) : rangeOf(node)[0];
  }
  function endOf(node) {
   return (0, dist.tO)(node) ? endOf(node.value ?? node.key) : rangeOf(node)[1];
  }
  function lastNodeIn(node) {
   if ((0, dist.tO)(node)) return lastNodeIn(node.value ?? node.key);
   const last = (0, dist.P3)(node) && !node.flow ? node.items.at(-1) : void 0;
   return last === void 0 ? node : lastNodeIn(last);
  }
  function rangeOf(node) {
   const range = (0, dist.Ll)(node) ? node.range : void 0;
   return [ range?.[0] ?? 0, range?.[1] ?? 0 ];
  }
  class YamlEdits {
   #text;
   #newline;
   constructor(text) {
    this.#text = text;
    this.#newline = (0, text_edits.n_)(text);
   }
   addName(zone, name, value) {
    const key = name === "" ? "''" : yamlScalar(name);
    const lines = [ `${key}:`, "  type: TXT", `  value: ${yamlScalar(value)}` ];
    if (zone === void 0) return [ this.#linesAt(this.#text.length, 0, lines) ];
    const index = indexInOrder(zone, name);
    if (zone.flow) return [ this.#flowItem(zone, index, `${key}: { type: TXT, value: ${yamlScalar(value)} }`) ];
    const column = this.#column(startOf(zone.items[0]));
    const previous = zone.items[index - 1];
    const at = previous === void 0 ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
    return [ this.#linesAt(at, column, lines) ];
   }
   addRecord(records, key, value) {
    const flow = `{ type: TXT, value: ${yamlScalar(value)} }`;
    const lines = [ "- type: TXT", `  value: ${yamlScalar(value)}` ];
    if ((0, dist.oP)(records)) {
     if (records.flow) return [ this.#flowItem(records, records.items.length, flow) ];
     const column = this.#column(startOf(records));
     return [ this.#linesAt(this.#afterWithComments(records, column), column, lines) ];
    }
    if (records.flow) return [ (0, text_edits.PT)(startOf(records), "["), (0, text_edits.PT)(endOf(records), `, ${flow}]`) ];
    const first = startOf(records.items[0]);
    const column = this.#column(first) - 2;
    const canIndent = column >= this.#column(startOf(key)) && this.#text.slice(first - 2, first) === "  ";
    if (!canIndent) throw this.unsupported(first);
    return [ {
     start: first - 2,
     end: first,
     text: "- "
    }, this.#linesAt(this.#afterWithComments(records, column), column, lines) ];
   }
   addValue(record, value) {
    const pair = valuePair(record);
    if (pair === void 0) throw this.unsupported(startOf(record));
    const {key: key, value: old} = pair;
    if ((0, dist.oP)(old)) {
     if (old.flow) return [ this.#flowItem(old, old.items.length, yamlScalar(value)) ];
     return [ this.#linesAt(this.#after(old), this.#column(startOf(old)), [ `- ${yamlScalar(value)}` ]) ];
    }
    if (!(0, dist.jn)(old) || old.source === "") throw this.unsupported(startOf((0, 
    dist.jn)(old) ? key : old));
    return this.#valueToList(record, key, old, value);
   }
   unsupported(offset) {
    return new unreadable_text_error.l("the action cannot add a value to octoDNS data written in this form", {
     text: this.#text,
     offset: offset
    }, 'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.');
   }
   #valueToList(record, key, old, value) {
    const [keyStart, from, to] = [ startOf(key), startOf(old), endOf(old) ];
    const source = this.#text.slice(from, to);
    const kept = source.includes("\n") ? yamlScalar(String(old.value)) : source;
    const isBare = /^["']?:\s*$/.test(this.#text.slice(endOf(key), from));
    if (!isBare) throw this.unsupported(keyStart);
    if (record.flow) return [ {
     start: keyStart,
     end: to,
     text: `values: [${kept}, ${yamlScalar(value)}]`
    } ];
    const column = this.#column(keyStart) + this.#listIndent();
    const head = `values:${this.#newline}${" ".repeat(column)}- `;
    const ended = source.endsWith("\n") ? kept + this.#newline : kept;
    return [ {
     start: keyStart,
     end: to,
     text: head + ended
    }, this.#linesAt(this.#after(old), column, [ `- ${yamlScalar(value)}` ], source.endsWith("\n")) ];
   }
   #listIndent() {
    const [, key, dash] = /^( *)values:[^\n]*\n( *)- /m.exec(this.#text) ?? [];
    return key === void 0 || dash === void 0 ? 2 : Math.max(0, dash.length - key.length);
   }
   #flowItem(collection, index, item) {
    const next = collection.items[index];
    if (next !== void 0) return (0, text_edits.PT)(startOf(next), `${item}, `);
    const last = collection.items.at(-1);
    if (last === void 0) return (0, text_edits.PT)(startOf(collection) + 1, item);
    return (0, text_edits.PT)(endOf(last), `, ${item}`);
   }
   #linesAt(offset, column, lines, isLineStart = false) {
    const block = lines.map(line => " ".repeat(column) + line + this.#newline).join("");
    const isOpen = !isLineStart && offset > 0 && this.#text[offset - 1] !== "\n";
    return (0, text_edits.PT)(offset, isOpen ? this.#newline + block : block);
   }
   #after(node) {
    const end = endOf(lastNodeIn(node));
    if (this.#text[end - 1] === "\n") return end;
    const newline = this.#text.indexOf("\n", end);
    return newline === -1 ? this.#text.length : newline + 1;
   }
   #afterWithComments(node, column) {
    const end = this.#after(node);
    const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, "y");
    comments.lastIndex = end;
    return end + (comments.exec(this.#text)?.[0].length ?? 0);
   }
   #beforeFirst(zone) {
    const line = (0, text_edits.gf)(this.#text, startOf(zone.items[0]));
    let comment = line;
    while (comment > 0) {
     const before = (0, text_edits.gf)(this.#text, comment - 1);
     if (!/^[ \t]*#/.test(this.#text.slice(before, comment))) return comment;
     comment = before;
    }
    return line;
   }
   #column(offset) {
    return offset - (0, text_edits.gf)(this.#text, offset);
   }
  }
  function indexInOrder(zone, name) {
   const keys = zone.items.map(({key: key}) => keyText(key) ?? "");
   const isSorted = keys.every((key, index) => index === 0 || comesBefore(keys[index - 1] ?? "", key));
   const found = isSorted ? keys.findIndex(key => comesBefore(name, key)) : -1;
   return found === -1 ? keys.length : found;
  }
  function addTxtValue(text, {isName: isName, name: name, value: value}) {
   const {root: root, data: data} = parseZoneYaml(text);
   const pair = root?.items.find(each => {
    const key = keyText(each.key);
    return key !== void 0 && isName(key);
   });
   const key = keyText(pair?.key) ?? name;
   if (txtAt(data, key).values.some(each => unescapeTxt(each) === unescapeTxt(value))) return text;
   const edits = new YamlEdits(text);
   const result = (0, text_edits.ct)(text, pair === void 0 ? editsForNewName(edits, root, {
    name: name,
    value: value
   }) : editsAtName(edits, text, pair, value));
   if (!hasOnlyAdded(data, parseZoneYaml(result).data, key, value)) throw edits.unsupported(startOf(pair));
   return result;
  }
  function editsForNewName(edits, root, {name: name, value: value}) {
   const merge = root?.items.find(({key: key}) => keyText(key) === "<<");
   if (merge !== void 0) throw edits.unsupported(startOf(merge));
   return edits.addName(root, name, value);
  }
  function editsAtName(edits, text, {key: key, value: records}, value) {
   if (!(0, dist.jh)(records) && !(0, dist.oP)(records)) throw edits.unsupported(startOf(key));
   const list = (0, dist.oP)(records) ? records.items : [ records ];
   const mappings = list.filter(record => (0, dist.jh)(record));
   const odd = list.find(record => !(0, dist.jh)(record)) ?? mappings.find(record => record.has("<<"));
   if (odd !== void 0) throw edits.unsupported(startOf(odd));
   const cname = mappings.find(record => typeOf(record) === "CNAME");
   if (cname !== void 0) throw new unreadable_text_error.l("this name has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)", {
    text: text,
    offset: startOf(cname)
   }, "Replace the CNAME record with the records that it points to.");
   const txt = mappings.find(record => typeOf(record) === "TXT");
   return txt === void 0 ? edits.addRecord(records, key, value) : edits.addValue(txt, value);
  }
  function typeOf(record) {
   const type = record.get("type", true);
   return (0, dist.jn)(type) ? String(type.value).toUpperCase() : "";
  }
  function parseZoneYaml(text) {
   try {
    const document = (0, dist.Tp)(text, {
     schema: "failsafe",
     logLevel: "error",
     prettyErrors: false
    });
    const [error] = document.errors;
    if (error !== void 0) {
     const place = {
      text: text,
      offset: Math.max(0, error.pos[0])
     };
     if (error.message.includes("call stack")) throw tooDeep(place);
     throw new unreadable_text_error.l(`invalid YAML: ${error.message}`, place);
    }
    const root = document.contents;
    const isEmpty = root === null || (0, dist.jn)(root) && root.source === "";
    if (isEmpty) return {
     root: void 0,
     data: new Map
    };
    if (!(0, dist.jh)(root)) throw new unreadable_text_error.l("the file is not a YAML mapping", {
     text: text,
     offset: startOf(root)
    });
    return {
     root: root,
     data: document.toJS({
      mapAsMap: true
     })
    };
   } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) throw tooDeep({
     text: text,
     offset: 0
    });
    throw error;
   }
  }
  function tooDeep(place) {
   return new unreadable_text_error.l("the YAML is nested too deeply or has too many aliases", place);
  }
  function hasOnlyAdded(before, after, key, value) {
   const [oldTxt, newTxt] = [ txtAt(before, key), txtAt(after, key) ];
   return (0, external_node_util_.isDeepStrictEqual)(newTxt, {
    values: [ ...oldTxt.values, value ],
    others: oldTxt.others
   }) && (0, external_node_util_.isDeepStrictEqual)(without(after, key), without(before, key));
  }
  function txtAt(data, key) {
   const found = data.get(key);
   const records = found === void 0 ? [] : Array.isArray(found) ? found : [ found ];
   const txt = records.find(record => record instanceof Map && record.get("type") === "TXT");
   if (!(txt instanceof Map)) return {
    values: [],
    others: records
   };
   const values = txt.get("values") ?? txt.get("value") ?? [];
   const rest = new Map(txt);
   rest.delete("values");
   rest.delete("value");
   rest.delete("type");
   const others = [ ...records.filter(record => record !== txt), ...rest.size > 0 ? [ rest ] : [] ];
   return {
    values: (Array.isArray(values) ? values : [ values ]).map(String),
    others: others
   };
  }
  function without(data, key) {
   return new Map([ ...data ].filter(([each]) => each !== key));
  }
  const octodns = {
   needsTxtValues: false,
   render: record => newZone("", record),
   merge(current, record, {path: path}) {
    const name = nameInZone(record.emailDomain, zoneOf(path), current ?? "");
    if (current === void 0 || current.trim() === "") return newZone(name, record);
    return addTxtValue(current, {
     isName: key => name === "" ? key === "" : toAscii(key) === name,
     name: name,
     value: escapeTxt(record.verificationCode)
    });
   }
  };
  function newZone(name, {verificationCode: verificationCode}) {
   const key = name === "" ? "''" : yamlScalar(name);
   return `---\n${key}:\n  type: TXT\n  value: ${yamlScalar(escapeTxt(verificationCode))}\n`;
  }
  function zoneOf(path) {
   const file = external_node_path_.posix.basename(path.replaceAll("\\", "/"));
   const zone = toAscii(file.replace(/\.ya?ml$/i, "").replace(/^\$/, ""));
   return zone.includes(".") ? zone : void 0;
  }
  function nameInZone(emailDomain, zone, text) {
   const relative = zone === void 0 ? "" : (0, dns_name.IC)(emailDomain, zone);
   if (relative !== void 0) return relative;
   throw new unreadable_text_error.l(`this file holds the zone ${zone}, which does not contain ${emailDomain}`, {
    text: text,
    offset: 0
   }, `Set record-file to the file of the zone that contains ${emailDomain}. octoDNS names it after the zone, for example example.com.yaml.`);
  }
  function toAscii(name) {
   const isAscii = /^[\x20-\x7e]*$/.test(name);
   return isAscii ? name.toLowerCase() : (0, external_node_url_.domainToASCII)(name);
  }
  var own_file = __webpack_require__(9533);
  const DNSCONTROL_FILE = {
   comment: "//",
   header: [ 'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".', 'Load it in dnsconfig.js after the D() calls of your zones: require("./THIS-FILE.js");' ],
   hint: "Set record-file to a new file that only the action writes, for example cloudflare-sso.js, and require() it in dnsconfig.js.",
   render: extendStatement
  };
  const dnscontrol = {
   needsTxtValues: false,
   render: extendStatement,
   merge: (current, record) => (0, own_file.h)(DNSCONTROL_FILE, current, record)
  };
  function extendStatement({emailDomain: emailDomain, verificationCode: verificationCode}) {
   return `D_EXTEND(${literal(emailDomain)}, TXT("@", ${literal(verificationCode)}));\n`;
  }
  function literal(text) {
   return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  }
  var terraform = __webpack_require__(8919);
  var presentation_format = __webpack_require__(4720);
  const TAB_WIDTH = 8;
  function lineLike(neighbour, {owner: owner, ttl: ttl, data: data}, text) {
   const {ttlToken: ttlToken, classToken: classToken, typeToken: typeToken, entry: entry} = neighbour;
   const [firstData] = neighbour.data;
   const head = text.slice(entry.start, (firstData ?? typeToken).start);
   const columnOf = token => token === void 0 || head.includes("\n") ? 0 : visualWidth(text.slice(entry.start, token.start));
   const timeAndClass = [ {
    word: ttl,
    column: columnOf(ttlToken)
   }, {
    word: classToken?.text,
    column: columnOf(classToken)
   } ];
   const isClassFirst = (classToken?.start ?? 0) < (ttlToken?.start ?? 0) && classToken !== void 0;
   const fields = [ ...isClassFirst ? timeAndClass.toReversed() : timeAndClass, {
    word: "TXT",
    column: columnOf(typeToken)
   }, {
    word: data,
    column: columnOf(firstData)
   } ];
   const usesTabs = head.includes("\t");
   return fields.reduce((line, {word: word, column: column}) => word === void 0 ? line : `${padded(line, column, usesTabs)}${word}`, owner);
  }
  function visualWidth(text) {
   return [ ...text ].reduce((width, character) => width + (character === "\t" ? toNextStop(width) : 1), 0);
  }
  function toNextStop(width) {
   return TAB_WIDTH - width % TAB_WIDTH;
  }
  function padded(line, column, usesTabs) {
   const width = visualWidth(line);
   if (width >= column) return `${line}${usesTabs ? "\t" : " "}`;
   if (!usesTabs || width + toNextStop(width) > column) return `${line}${" ".repeat(column - width)}`;
   return width + toNextStop(width) === column ? `${line}\t` : padded(`${line}\t`, column, usesTabs);
  }
  const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;
  function originFromPath(path, domain) {
   const file = (0, external_node_path_.basename)(external_node_path_.win32.basename(path)).toLowerCase();
   const bare = withoutExtensions(file);
   const candidates = [ bare.replace(/^db\./, ""), bare, file ].filter(isDomain);
   const above = candidates.find(name => (0, dns_name.a5)(domain, name));
   if (above !== void 0) return {
    kind: "above",
    origin: above
   };
   const [other] = candidates;
   const isRelated = candidates.some(name => `.${name}.`.includes(`.${domain}.`));
   return other === void 0 || isRelated ? {
    kind: "unknown"
   } : {
    kind: "other",
    origin: other
   };
  }
  function withoutExtensions(file) {
   const shorter = file.replace(EXTENSION, "");
   return shorter === file ? file : withoutExtensions(shorter);
  }
  function isDomain(text) {
   return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(text);
  }
  var untrusted = __webpack_require__(1824);
  const PIECE = /([ \t]+|;[^\n]*)|(\r\n?|\n)|([()])|"((?:[^"\\\n]|\\[^\n]){0,65535})"|((?:\\[^\r\n]|[^ \t\r\n();"]){1,65535})/y;
  function readEntries(text) {
   const entries = [];
   const open = [];
   let start = 0;
   let tokens = [];
   function finish(end) {
    const [first, ...others] = tokens;
    const isIndented = text[start] === " " || text[start] === "\t";
    first !== void 0 && entries.push({
     start: start,
     end: end,
     isIndented: isIndented,
     tokens: [ first, ...others ]
    });
    start = end;
    tokens = [];
   }
   for (let at = start; at < text.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text);
    if (piece === null) throw new unreadable_text_error.l("this quote is not closed on its line", {
     text: text,
     offset: at
    });
    const [, , lineBreak, parenthesis, quoted, plain] = piece;
    if (parenthesis === "(") open.push(at); else {
     if (parenthesis === ")" && open.pop() === void 0) throw new unreadable_text_error.l("this closing parenthesis has no opening one", {
      text: text,
      offset: at
     });
     lineBreak !== void 0 && open.length === 0 && finish(PIECE.lastIndex);
    }
    const word = quoted ?? plain;
    word !== void 0 && tokens.push({
     text: word,
     isQuoted: quoted !== void 0,
     start: at
    });
   }
   const unclosed = open[0];
   if (unclosed !== void 0) throw new unreadable_text_error.l("this parenthesis is never closed", {
    text: text,
    offset: unclosed
   });
   finish(text.length);
   return entries;
  }
  const TYPE_NUMBERS = {
   TYPE2: "NS",
   TYPE5: "CNAME",
   TYPE6: "SOA",
   TYPE16: "TXT",
   TYPE39: "DNAME",
   TYPE46: "RRSIG"
  };
  const SOA_FIELDS = 7;
  function readZoneFile(text) {
   const state = {
    text: text,
    origin: "",
    owner: void 0,
    defaultTtlS: void 0,
    lastTtlS: void 0
   };
   const records = readEntries(text).flatMap(entry => {
    const [first] = entry.tokens;
    const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith("$");
    if (!isDirective) return [ readRecord(entry, state) ];
    applyDirective(entry, state);
    return [];
   });
   return {
    records: records,
    origin: state.origin,
    ttlS: state.defaultTtlS ?? state.lastTtlS
   };
  }
  function applyDirective({tokens: [directive, value]}, state) {
   const name = directive.text.toUpperCase();
   if ([ "$INCLUDE", "$GENERATE", "$DATE" ].includes(name)) return;
   if (name !== "$ORIGIN" && name !== "$TTL") throw unreadable(`unknown directive ${(0, 
   untrusted.g$)(directive.text, 40)}`, directive, state);
   if (value === void 0) throw unreadable(`${name} has no value`, directive, state);
   name === "$ORIGIN" ? state.origin = resolveName(value, state) : state.defaultTtlS = readTtl(value, state);
  }
  function resolveName({text: text}, {origin: origin}) {
   return (0, presentation_format.lX)(text === "@" ? "" : (0, presentation_format.Ew)(text), origin);
  }
  function readTtl(token, state) {
   const ttlS = (0, presentation_format.Kw)(token.text);
   if (ttlS === void 0) throw unreadable(`${(0, untrusted.g$)(token.text, 40)} is not a valid TTL`, token, state);
   return ttlS;
  }
  function readRecord(entry, state) {
   const {origin: origin} = state;
   const [first] = entry.tokens;
   const owner = entry.isIndented ? state.owner : resolveName(first, state);
   if (owner === void 0) throw unreadable("this record has no owner name, and no record before it has one", first, state);
   state.owner = owner;
   const {ttlToken: ttlToken, classToken: classToken, typeToken: typeToken, data: data} = readFields(entry, state);
   const type = typeToken.text.toUpperCase();
   const record = {
    entry: entry,
    owner: owner,
    ttlToken: ttlToken,
    classToken: classToken,
    typeToken: typeToken,
    data: data,
    origin: origin
   };
   const read = {
    ...record,
    type: TYPE_NUMBERS[type] ?? type,
    ttlS: void 0
   };
   read.type === "SOA" && checkSoa(read, state);
   return {
    ...read,
    ttlS: effectiveTtl(read, state)
   };
  }
  function readFields({tokens: tokens, isIndented: isIndented}, state) {
   let ttlToken;
   let classToken;
   for (let index = isIndented ? 0 : 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === void 0 || token.isQuoted) break;
    if (ttlToken === void 0 && /^\d/.test(token.text)) {
     readTtl(token, state);
     ttlToken = token;
    } else {
     if (classToken !== void 0 || !isClass(token, state)) {
      if (/^[a-z][a-z0-9-]*$/i.test(token.text)) return {
       ttlToken: ttlToken,
       classToken: classToken,
       typeToken: token,
       data: tokens.slice(index + 1)
      };
      break;
     }
     classToken = token;
    }
   }
   throw unreadable("this is not a record: no type follows the owner name, TTL and class", tokens[0], state);
  }
  function isClass(token, state) {
   if (/^(IN|CLASS1)$/i.test(token.text)) return true;
   if (/^(CH|CHAOS|HS|HESIOD|CS|CLASS\d+)$/i.test(token.text)) {
    const name = (0, untrusted.g$)(token.text.toUpperCase(), 40);
    throw unreadable(`this record is of class ${name}, and the action supports only IN`, token, state);
   }
   return false;
  }
  function checkSoa({data: data, typeToken: typeToken}, state) {
   if (data.length < SOA_FIELDS) {
    const problem = `the SOA record has ${data.length} fields instead of ${SOA_FIELDS}`;
    throw unreadable(problem, typeToken, state);
   }
   const serial = data[2];
   if (serial === void 0) return;
   if (serial.isQuoted || !/^\d+$/.test(serial.text) || Number(serial.text) > 4294967295) throw unreadable(`the SOA serial ${(0, 
   untrusted.g$)(serial.text, 40)} is not a 32-bit number`, serial, state);
  }
  function unreadable(problem, {start: start}, {text: text}) {
   return new unreadable_text_error.l(problem, {
    text: text,
    offset: start
   });
  }
  function effectiveTtl({ttlToken: ttlToken, type: type, data: data}, state) {
   const minimum = data[SOA_FIELDS - 1];
   const isUnknown = state.defaultTtlS === void 0 && state.lastTtlS === void 0;
   ttlToken !== void 0 ? state.lastTtlS = readTtl(ttlToken, state) : type === "SOA" && isUnknown && minimum !== void 0 && (state.defaultTtlS = readTtl(minimum, state));
   return ttlToken === void 0 ? state.defaultTtlS ?? state.lastTtlS : state.lastTtlS;
  }
  function resolveZone(text, {emailDomain: emailDomain}, {path: path}) {
   const file = readZoneFile(text);
   const soa = soaOf(file, text);
   const isAbsolute = soa.owner.endsWith(".");
   const fromPath = originFromPath(path, emailDomain);
   const zoneName = fromPath.kind === "unknown" ? emailDomain : fromPath.origin;
   const initialOrigin = isAbsolute ? soa.owner : `${zoneName}.`;
   const apex = (0, presentation_format.lX)(soa.owner, initialOrigin);
   if (!(0, dns_name.a5)(`${emailDomain}.`, apex)) {
    const hint = `Set record-file to the zone file of the zone that contains ${emailDomain}.`;
    throw new unreadable_text_error.l(`this file holds the zone ${withoutDot(apex)}, which does not contain ${emailDomain}`, {
     text: text,
     offset: soa.entry.start
    }, isAbsolute ? hint : `${hint} If this is that file, start it with an $ORIGIN line: the name of the zone with a dot at the end.`);
   }
   return {
    text: text,
    apex: apex,
    emailDomain: `${emailDomain}.`,
    isGuess: !isAbsolute && fromPath.kind === "unknown",
    soa: soa,
    origin: (0, presentation_format.lX)(file.origin, initialOrigin),
    ttlS: file.ttlS,
    records: file.records.map(each => ({
     ...each,
     owner: (0, presentation_format.lX)(each.owner, initialOrigin),
     origin: (0, presentation_format.lX)(each.origin, initialOrigin)
    }))
   };
  }
  function soaOf({records: records}, text) {
   const [soa, second] = records.filter(({type: type}) => type === "SOA");
   if (soa === void 0) throw new unreadable_text_error.l("this file has no SOA record, so its serial cannot be raised", {
    text: text,
    offset: 0
   }, "Set record-file to the zone file with the SOA record. The TXT record can go there even if other records are in included files.");
   if (second !== void 0) throw new unreadable_text_error.l("this is a second SOA record, and a zone has only one", {
    text: text,
    offset: second.typeToken.start
   }, "Remove one of the two and run again.");
   return soa;
  }
  function checkCanTakeTxt({records: records, apex: apex, emailDomain: emailDomain, text: text}) {
   const name = withoutDot(emailDomain);
   for (const {type: type, owner: owner, entry: entry, typeToken: typeToken} of records) {
    const isAbove = (0, dns_name.a5)(emailDomain, owner);
    const place = {
     text: text,
     offset: entry.tokens[0].start
    };
    if (type === "CNAME" && owner === emailDomain) throw new unreadable_text_error.l(`${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`, place, "Replace the CNAME record with the records that it points to.");
    if (type === "NS" && isAbove && owner !== apex && (0, dns_name.a5)(owner, apex)) throw new unreadable_text_error.l(`this zone delegates ${withoutDot(owner)} to other servers, so a TXT record of ${name} in this file has no effect`, place, `Set record-file to the zone file of ${withoutDot(owner)}.`);
    if (type === "DNAME" && isAbove && owner !== emailDomain) throw new unreadable_text_error.l(`the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`, place);
    if (type === "RRSIG") throw new unreadable_text_error.l("this zone file is signed, and the new record would have no signature", {
     text: text,
     offset: typeToken.start
    }, "Set record-file to the zone file that you sign, not to the signed one.");
   }
  }
  function withoutDot(name) {
   return name === "." ? name : name.slice(0, -1);
  }
  const MODULUS = 2 ** 32;
  function nextSerial(serial, nowMs) {
   const next = (serial + 1) % MODULUS;
   if (!isDateSerial(serial)) return next === 0 ? 1 : next;
   const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "");
   return Math.max(next, Number(`${today}01`));
  }
  function isDateSerial(serial) {
   const parts = /^((?:199|20\d)\d)(\d\d)(\d\d)\d\d$/.exec(String(serial));
   if (parts === null) return false;
   const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
   const date = new Date(Date.UTC(year, month - 1, day));
   return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  }
  const RENDERED_TTL_S = 3600;
  const bind = {
   needsTxtValues: false,
   render({emailDomain: emailDomain, verificationCode: verificationCode}) {
    return [ `${emailDomain}.`, RENDERED_TTL_S, "IN", "TXT", (0, presentation_format.Lx)(verificationCode) ].join("\t");
   },
   merge(current, record, target) {
    if (current === void 0) throw new unreadable_text_error.l("this zone file does not exist", {
     text: "",
     offset: 0
    }, "Set record-file to an existing zone file. The action can add a record to a zone, but cannot create a zone.");
    const zone = resolveZone(current, record, target);
    if (zone.records.some(each => isSsoRecord(each, zone, record))) return current;
    checkCanTakeTxt(zone);
    return (0, text_edits.ct)(current, [ raiseSerial(zone, target), addRecord(zone, record) ]);
   }
  };
  function isSsoRecord({owner: owner, type: type, data: data}, {emailDomain: emailDomain}, {verificationCode: verificationCode}) {
   const codeBytes = Buffer.from(verificationCode).toString("latin1");
   return owner === emailDomain && type === "TXT" && txtBytes(data) === codeBytes;
  }
  function txtBytes(data) {
   const [mark, , ...digits] = data;
   if (mark?.text !== "\\#" || mark.isQuoted) return data.map(({text: text}) => (0, 
   presentation_format.QT)(text)).join("");
   const bytes = Buffer.from(digits.map(({text: text}) => text).join(""), "hex");
   const strings = [];
   for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) strings.push(bytes.toString("latin1", at + 1, at + 1 + (bytes[at] ?? 0)));
   return strings.join("");
  }
  function raiseSerial({soa: soa}, {nowMs: nowMs}) {
   const serial = soa.data[2];
   if (serial === void 0) throw new TypeError("the SOA record was read without a serial");
   const {start: start, text: text} = serial;
   return {
    start: start,
    end: start + text.length,
    text: String(nextSerial(Number(text), nowMs))
   };
  }
  function addRecord(zone, {verificationCode: verificationCode}) {
   const atName = zone.records.filter(({owner: owner}) => owner === zone.emailDomain);
   const sibling = atName.findLast(({type: type}) => type === "TXT");
   const before = zone.isGuess ? void 0 : sibling ?? atName.at(-1);
   const line = lineLike(before ?? zone.records.at(-1) ?? zone.soa, {
    owner: ownerAfter(before, zone),
    ttl: ttlToState(sibling, (before ?? zone).ttlS),
    data: (0, presentation_format.Lx)(verificationCode)
   }, zone.text);
   return insertLine(zone.text, before?.entry.end ?? zone.text.length, line);
  }
  function ttlToState(sibling, inForceS) {
   if (sibling?.ttlToken !== void 0) return sibling.ttlToken.text;
   if (sibling?.ttlS === void 0 || sibling.ttlS === inForceS) return;
   return String(sibling.ttlS);
  }
  function ownerAfter(before, zone) {
   if (before?.entry.isIndented === false) return before.entry.tokens[0].text;
   const {emailDomain: emailDomain, isGuess: isGuess} = zone;
   const {origin: origin} = before ?? zone;
   if (isGuess || origin === "." || !(0, dns_name.a5)(emailDomain, origin)) return emailDomain;
   return emailDomain === origin ? "@" : emailDomain.slice(0, -origin.length - 1);
  }
  function insertLine(text, offset, line) {
   const isAtLineStart = offset === 0 || /[\r\n]/.test(text.charAt(offset - 1));
   return (0, text_edits.PT)(offset, isAtLineStart ? `${line}${(0, text_edits.n_)(text)}` : `${(0, 
   text_edits.n_)(text)}${line}`);
  }
  const RECORD_FORMATS = {
   bind: bind,
   octodns: octodns,
   dnscontrol: dnscontrol,
   terraform: terraform.v,
   tfvars: tfvars,
   json: json
  };
 }
};
