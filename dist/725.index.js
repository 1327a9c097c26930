"use strict";

exports.id = 725;

exports.ids = [ 725 ];

exports.modules = {
 4783: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   H: () => MissingFileError
  });
  var _unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7467);
  class MissingFileError extends _unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l {
   constructor(problem, hint) {
    super(problem, {
     text: "",
     offset: 0
    }, hint);
    this.name = "MissingFileError";
   }
  }
 },
 2725: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
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
  var errors = __webpack_require__(2690);
  var untrusted = __webpack_require__(1824);
  const VARIABLE = "cloudflare_sso_txt_values";
  const tfvars = {
   needsTxtValues: true,
   checkTxtValues: checkComposed,
   render: record => newJson([ VARIABLE, record.emailDomain ], requiredTxtValues(record)),
   merge: (current, record) => setInJson(current, [ VARIABLE, record.emailDomain ], requiredTxtValues(record))
  };
  function requiredTxtValues({txtValues: txtValues}) {
   if (txtValues === void 0) throw new TypeError("tfvars needs all TXT values at the name");
   return txtValues;
  }
  function checkComposed({emailDomain: emailDomain, txtValues: txtValues = []}) {
   const changed = txtValues.find(text => text !== text.normalize("NFC"));
   if (changed === void 0) return;
   throw new errors.AU(`Terraform would change the TXT text "${(0, untrusted.g$)(changed, 100)}" of ${emailDomain}, which is not in Unicode's normalization form NFC.`, {
    hint: "Write that record in NFC or in ASCII, or remove it, and run again. Or use another record-format, and add the value to the list by hand."
   });
  }
  var external_node_path_ = __webpack_require__(6760);
  var dns_name = __webpack_require__(8924);
  function contradictingName({zone: zone}, named) {
   if (zone === void 0 || named === void 0 || named === zone.name) return;
   return `record-zone is ${zone.name}, but the name of the file or of its folder says ${named}: the record is that of a file with the zone ${zone.name}. If the file holds ${named}, undo this change and set record-zone to ${named}, or leave it out.`;
  }
  var missing_file_error = __webpack_require__(4783);
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
  function yamlKey(name) {
   return name === "" ? "''" : yamlScalar(name);
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
  function scalarIn(quote, text) {
   if (quote === '"') return JSON.stringify(text);
   const isPrintable = /^[\x20-\x7e]*$/.test(text);
   return quote === "'" && isPrintable ? `'${text.replaceAll("'", "''")}'` : yamlScalar(text);
  }
  function commonQuote(nodes) {
   const quotes = new Set(nodes.filter(node => (0, dist.jn)(node)).map(quoteOf));
   const [quote] = quotes;
   return quotes.size === 1 ? quote : void 0;
  }
  function quoteOf({type: type}) {
   if (type === "QUOTE_DOUBLE") return '"';
   return type === "QUOTE_SINGLE" ? "'" : void 0;
  }
  function valuesOf(record) {
   const value = valuePair(record)?.value;
   return (0, dist.oP)(value) ? value.items : [ value ];
  }
  function recordsOf({root: root, records: records}) {
   return records === void 0 ? (root?.items ?? []).flatMap(({value: value}) => recordsIn(value)) : recordsIn(records);
  }
  function recordsIn(node) {
   const all = (0, dist.oP)(node) ? node.items : [ node ];
   return all.filter(each => (0, dist.jh)(each));
  }
  function styleLike(text, siblings, all, takesTtl) {
   const typed = siblings.findLast(record => record.has("type")) ?? siblings.at(-1) ?? all.at(-1);
   const ttl = typed?.get("ttl", true);
   const texts = all.filter(record => record.get("type") === "TXT");
   const flow = [ typed, ...all ].find(record => record?.flow === true && record.items.length > 0);
   return {
    ttl: takesTtl && (0, dist.jn)(ttl) ? ttl.source : void 0,
    keyQuote: commonQuote(typed?.items.map(({key: key}) => key) ?? []),
    typeQuote: commonQuote([ typed?.get("type", true) ]),
    valueQuote: commonQuote((texts.length > 0 ? texts : siblings).flatMap(valuesOf)),
    padding: flow === void 0 || /^\{\s/.test(text.slice(startOf(flow))) ? " " : "",
    memberIndent: flow && memberIndent(text, flow)
   };
  }
  function listIndent(text, zone, isOfRecords) {
   const found = collectionsIn(text, zone).filter(({isList: isList}) => isList);
   const alike = found.find(({key: key}) => keyText(key) !== "values" === isOfRecords) ?? found[0];
   return Math.max(0, alike?.indent ?? mappingIndent(text, zone));
  }
  function mappingIndent(text, zone) {
   return collectionsIn(text, zone).find(({isList: isList}) => !isList)?.indent ?? 2;
  }
  function collectionsIn(text, {root: root, records: records}) {
   const found = [];
   (0, dist.YR)(root ?? records ?? null, {
    Pair(_, {key: key, value: value}) {
     if (!((0, dist.oP)(value) || (0, dist.jh)(value)) || value.flow || value.items.length === 0) return;
     const isList = (0, dist.oP)(value);
     const first = startOf(isList ? value : value.items[0]);
     if (startsBesideColon(text, first)) return;
     found.push({
      key: key,
      isList: isList,
      indent: columnOf(text, first) - keyColumn(text, key)
     });
    }
   });
   return found;
  }
  function columnOf(text, offset) {
   return offset - (0, text_edits.gf)(text, offset);
  }
  function keyColumn(text, key) {
   const start = startOf(key);
   const mark = /\?[ \t]+$/.exec(text.slice((0, text_edits.gf)(text, start), start))?.[0] ?? "";
   return columnOf(text, start) - mark.length;
  }
  function startsBesideColon(text, offset) {
   return /^ *:[ \t]+$/.test(text.slice((0, text_edits.gf)(text, offset), offset));
  }
  function memberIndent(text, flow) {
   const first = startOf(flow.items[0]);
   const inside = text.slice(startOf(flow), first);
   if (!inside.includes("\n")) return;
   return " ".repeat(Math.max(0, columnOf(text, first) - yaml_style_indentAt(text, startOf(flow)).length));
  }
  function yaml_style_indentAt(text, offset) {
   return /^ */.exec(text.slice((0, text_edits.gf)(text, offset), offset))?.[0] ?? "";
  }
  class YamlEdits {
   text;
   #zone;
   #newline;
   constructor(text, zone) {
    this.text = text;
    this.#zone = zone;
    this.#newline = (0, text_edits.n_)(text);
   }
   addName(name, value) {
    const {root: zone} = this.#zone;
    const index = zone === void 0 ? 0 : indexInOrder(zone, name);
    const [previous, next] = [ zone?.items[index - 1], zone?.items[index] ];
    const [siblings = []] = [ previous, next ].map(pair => recordsIn(pair?.value)).filter(({length: length}) => length > 0);
    const all = recordsOf(this.#zone);
    const takesTtl = all.every(record => record.has("ttl"));
    const style = styleLike(this.text, siblings, all, takesTtl);
    const key = this.#nameKey(name);
    const indent = " ".repeat(mappingIndent(this.text, this.#zone));
    const lines = [ `${key}:`, ...membersOf(value, style).map(line => indent + line) ];
    if (zone === void 0) return [ this.#linesAt(this.text.length, 0, lines) ];
    if (zone.flow) {
     const at = startOf(next === void 0 ? zone.items.at(-1) ?? zone : next);
     return [ this.#flowItem(zone, index, `${key}: ${this.#flowRecord(value, style, at)}`) ];
    }
    const column = columnOf(this.text, startOf(zone));
    const at = previous === void 0 ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
    return [ this.#linesAt(at, column, lines) ];
   }
   addRecord(records, key, value) {
    const siblings = recordsIn(records);
    const style = styleLike(this.text, siblings, recordsOf(this.#zone), true);
    if (records.flow) {
     const record = this.#flowRecord(value, style, startOf((0, dist.oP)(records) ? records.items.at(-1) ?? records : records));
     if ((0, dist.oP)(records)) return [ this.#flowItem(records, records.items.length, record) ];
     return [ (0, text_edits.PT)(startOf(records), "["), (0, text_edits.PT)(endOf(records), `, ${record}]`) ];
    }
    if (!(0, dist.oP)(records)) return this.#recordToList(records, key, membersOf(value, style));
    const column = columnOf(this.text, startOf(records));
    const [first] = siblings;
    const width = first === void 0 ? 2 : columnOf(this.text, startOf(first)) - column;
    const at = this.#afterWithComments(records, column);
    return [ this.#linesAt(at, column, asItem(membersOf(value, style), width)) ];
   }
   addValue(record, value) {
    const pair = valuePair(record);
    if (pair === void 0) throw this.unsupported(startOf(record));
    const {key: key, value: old} = pair;
    const added = scalarIn(commonQuote(valuesOf(record)), value);
    if ((0, dist.oP)(old)) {
     if (old.flow) return [ this.#flowItem(old, old.items.length, added) ];
     return [ this.#linesAt(this.#after(old), columnOf(this.text, startOf(old)), [ `- ${added}` ]) ];
    }
    if (!(0, dist.jn)(old) || old.source === "") throw this.unsupported(startOf((0, 
    dist.jn)(old) ? key : old));
    return this.#valueToList(record, key, old, added);
   }
   unsupported(offset) {
    return new unreadable_text_error.l("the action cannot add a value to octoDNS data written in this form", {
     text: this.text,
     offset: offset
    }, 'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.');
   }
   #nameKey(name) {
    const keys = (this.#zone.root?.items ?? []).map(({key: key}) => key);
    const free = keys.filter(key => ![ "", "*" ].includes(keyText(key) ?? ""));
    const quote = commonQuote(free.length > 0 ? free : keys);
    return scalarIn(free.length > 0 || quote === '"' ? quote : void 0, name);
   }
   #recordToList(record, key, lines) {
    const first = startOf(record.items[0]);
    const start = (0, text_edits.gf)(this.text, first);
    const isFragment = this.#zone.records !== void 0;
    const base = isFragment ? 0 : keyColumn(this.text, key);
    const isBesideColon = startsBesideColon(this.text, first);
    const besideKey = isBesideColon ? first - start : base + listIndent(this.text, this.#zone, true);
    const dash = isFragment ? 0 : besideKey;
    const shift = dash + 2 - (first - start);
    const end = this.#afterWithComments(record, isFragment ? -1 : base);
    const block = this.text.slice(first, end).split("\n");
    const head = isBesideColon ? this.text.slice(start, first) : " ".repeat(dash);
    const isMovable = (isBesideColon || this.text.slice(start, first).trim() === "") && block.slice(1).every(line => line.trim() === "" || line.startsWith(" ".repeat(Math.max(0, -shift))));
    if (!isMovable) throw this.unsupported(first);
    const moved = block.map((line, index) => {
     if (index === 0) return `${head}- ${line}`;
     if (line.trim() === "") return line;
     return shift < 0 ? line.slice(-shift) : " ".repeat(shift) + line;
    });
    const ended = moved.join("\n").endsWith("\n") ? "" : this.#newline;
    const added = asItem(lines, 2).map(line => " ".repeat(dash) + line + this.#newline);
    return [ {
     start: start,
     end: end,
     text: moved.join("\n") + ended + added.join("")
    } ];
   }
   #valueToList(record, key, old, added) {
    const [keyStart, from, to] = [ startOf(key), startOf(old), endOf(old) ];
    const source = this.text.slice(from, to);
    const kept = source.includes("\n") ? yamlScalar(String(old.value)) : source;
    const isBare = /^["']?:\s*$/.test(this.text.slice(endOf(key), from));
    if (!isBare) throw this.unsupported(keyStart);
    const name = scalarIn(commonQuote([ key ]), "values");
    if (record.flow) return [ {
     start: keyStart,
     end: to,
     text: `${name}: [${kept}, ${added}]`
    } ];
    const column = columnOf(this.text, keyStart) + listIndent(this.text, this.#zone, false);
    const head = `${name}:${this.#newline}${" ".repeat(column)}- `;
    const ended = source.endsWith("\n") ? kept + this.#newline : kept;
    return [ {
     start: keyStart,
     end: to,
     text: head + ended
    }, this.#linesAt(this.#after(old), column, [ `- ${added}` ], source.endsWith("\n")) ];
   }
   #flowRecord(value, style, at) {
    const members = membersOf(value, style);
    if (style.memberIndent === void 0) return `{${style.padding}${members.join(", ")}${style.padding}}`;
    const outer = this.#newline + yaml_style_indentAt(this.text, at);
    return `{${outer}${style.memberIndent}${members.join(`,${outer}${style.memberIndent}`)}${outer}}`;
   }
   #flowItem(collection, index, item) {
    const [first, next, last] = [ collection.items[0], collection.items[index], collection.items.at(-1) ];
    if (last === void 0) return (0, text_edits.PT)(startOf(collection) + 1, item);
    const start = startOf(first);
    const isOnLines = this.text.slice(startOf(collection), start).includes("\n");
    const separator = isOnLines ? `,${this.#newline}${yaml_style_indentAt(this.text, start)}` : ", ";
    if (next !== void 0) return (0, text_edits.PT)(startOf(next), `${item}${separator}`);
    return (0, text_edits.PT)(endOf(last), `${separator}${item}`);
   }
   #linesAt(offset, column, lines, isLineStart = false) {
    const block = lines.map(line => " ".repeat(column) + line + this.#newline).join("");
    const isOpen = !isLineStart && offset > 0 && this.text[offset - 1] !== "\n";
    return (0, text_edits.PT)(offset, isOpen ? this.#newline + block : block);
   }
   #after(node) {
    const end = endOf(lastNodeIn(node));
    if (this.text[end - 1] === "\n") return end;
    const newline = this.text.indexOf("\n", end);
    return newline === -1 ? this.text.length : newline + 1;
   }
   #afterWithComments(node, column) {
    const end = this.#after(node);
    const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, "y");
    comments.lastIndex = end;
    return end + (comments.exec(this.text)?.[0].length ?? 0);
   }
   #beforeFirst(zone) {
    const line = (0, text_edits.gf)(this.text, startOf(zone));
    let comment = line;
    while (comment > 0) {
     const before = (0, text_edits.gf)(this.text, comment - 1);
     if (!/^[ \t]*#/.test(this.text.slice(before, comment))) return comment;
     comment = before;
    }
    return line;
   }
  }
  function membersOf(value, {ttl: ttl, keyQuote: keyQuote, typeQuote: typeQuote, valueQuote: valueQuote}) {
   const key = name => scalarIn(keyQuote, name);
   return [ ...ttl === void 0 ? [] : [ `${key("ttl")}: ${ttl}` ], `${key("type")}: ${scalarIn(typeQuote, "TXT")}`, `${key("value")}: ${scalarIn(valueQuote, value)}` ];
  }
  function asItem(lines, width) {
   return lines.map((line, index) => (index === 0 ? "-" : "").padEnd(width) + line);
  }
  function indexInOrder(zone, name) {
   const keys = zone.items.map(({key: key}) => keyText(key) ?? "");
   const isSorted = keys.every((key, index) => index === 0 || comesBefore(keys[index - 1] ?? "", key));
   const found = isSorted ? keys.findIndex(key => comesBefore(name, key)) : -1;
   return found === -1 ? keys.length : found;
  }
  function parseZoneYaml(text, name) {
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
     records: void 0,
     data: new Map,
     offsetOf: () => 0
    };
    const data = document.toJS({
     mapAsMap: true
    });
    if (isRecord(root) || (0, dist.oP)(root) && root.items.length > 0 && root.items.every(isRecord)) return {
     root: void 0,
     records: root,
     data: new Map([ [ name, data ] ]),
     offsetOf: () => startOf(root)
    };
    if ((0, dist.jh)(root) && data instanceof Map) {
     const offsetOf = key => startOf(root.items.find(each => keyText(each.key) === key)?.key);
     return {
      root: root,
      records: void 0,
      data: data,
      offsetOf: offsetOf
     };
    }
    throw new unreadable_text_error.l("the file is not a YAML mapping", {
     text: text,
     offset: startOf(root)
    });
   } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) throw tooDeep({
     text: text,
     offset: 0
    });
    throw error;
   }
  }
  function recordsAt(data, key) {
   const found = data.get(key);
   return found === void 0 ? [] : Array.isArray(found) ? found : [ found ];
  }
  function typesAt(data, key) {
   return recordsAt(data, key).flatMap(record => {
    const type = record instanceof Map ? record.get("type") : void 0;
    return typeof type === "string" ? [ type.toUpperCase() ] : [];
   });
  }
  function isRecord(node) {
   if (!(0, dist.jh)(node)) return false;
   return node.items.some(({key: key, value: value}) => keyText(key) === "type" && (0, 
   dist.jn)(value));
  }
  function tooDeep(place) {
   return new unreadable_text_error.l("the YAML is nested too deeply or has too many aliases", place);
  }
  function addTxtValue(text, addition, check) {
   const {isName: isName, name: name, value: value} = addition;
   const zone = parseZoneYaml(text, name);
   const pair = zone.root?.items.find(each => {
    const key = keyText(each.key);
    return key !== void 0 && isName(key);
   });
   const key = keyText(pair?.key) ?? name;
   if (txtAt(zone.data, key).values.some(each => unescapeTxt(each) === unescapeTxt(value))) return text;
   check();
   const edits = new YamlEdits(text, zone);
   const records = zone.records ?? pair?.value;
   const result = (0, text_edits.ct)(text, zone.records === void 0 && pair === void 0 ? editsForNewName(edits, zone, addition) : editsAtName(edits, text, {
    key: pair?.key,
    records: records
   }, addition));
   const after = parseOwnResult(result, {
    text: text,
    offset: startOf(pair)
   }, addition);
   if (hasOnlyAdded(zone.data, after, key, value)) return result;
   throw /&\S/.test(text) ? shared({
    text: text,
    offset: startOf(pair ?? records)
   }) : edits.unsupported(startOf(pair));
  }
  function parseOwnResult(result, place, {name: name, value: value}) {
   try {
    return parseZoneYaml(result, name).data;
   } catch (error) {
    if (!(error instanceof unreadable_text_error.l)) throw error;
    const line = `${yamlKey(name)}: {type: TXT, value: ${yamlScalar(value)}}`;
    throw new unreadable_text_error.l("the file is valid, but the action's own edit of it would not be", place, `Please report this as a fault of the action, with the file if you can. Add the record by hand: ${line} (or only the value, if the name has a TXT record).`);
   }
  }
  function editsForNewName(edits, {root: root}, {name: name, value: value, folder: folder}) {
   const merge = root?.items.find(({key: key}) => keyText(key) === "<<");
   if (merge !== void 0) throw included(merge.value, folder) ?? edits.unsupported(startOf(merge));
   return edits.addName(name, value);
   function included(node, from) {
    return includedFile(node) === void 0 ? void 0 : inOtherFile(edits.text, node, from, startOf(merge));
   }
  }
  function editsAtName(edits, text, {key: key, records: records}, {value: value, folder: folder}) {
   if (includedFile(records) !== void 0) throw inOtherFile(text, records, folder, startOf(key));
   if ((0, dist.Vj)(records)) throw shared({
    text: text,
    offset: startOf(key)
   });
   if (!(0, dist.jh)(records) && !(0, dist.oP)(records)) throw edits.unsupported(startOf(key));
   const list = (0, dist.oP)(records) ? records.items : [ records ];
   const mappings = list.filter(record => (0, dist.jh)(record));
   const odd = list.find(record => !(0, dist.jh)(record)) ?? mappings.find(record => record.has("<<"));
   if (odd !== void 0) throw refusalOfItem(odd, edits, text, folder);
   const cname = mappings.find(record => typeOf(record) === "CNAME");
   if (cname !== void 0) throw new unreadable_text_error.l("this name has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)", {
    text: text,
    offset: startOf(cname)
   }, "Replace the CNAME record with the records that it points to.");
   const txt = mappings.find(record => typeOf(record) === "TXT");
   return txt === void 0 ? edits.addRecord(records, key, value) : edits.addValue(txt, value);
  }
  function refusalOfItem(item, edits, text, folder) {
   const place = {
    text: text,
    offset: startOf(item)
   };
   if (includedFile(item) !== void 0) return inOtherFile(text, item, folder, place.offset);
   return (0, dist.Vj)(item) || (0, dist.jh)(item) ? shared(place) : edits.unsupported(place.offset);
  }
  function includedFile(node) {
   return (0, dist.jn)(node) && node.tag === "!include" && typeof node.value === "string" ? node.value : void 0;
  }
  function inOtherFile(text, node, folder, offset) {
   const path = external_node_path_.posix.join(folder, includedFile(node) ?? "");
   return new unreadable_text_error.l("the records here are those of an included file", {
    text: text,
    offset: offset
   }, `Set record-file to ${JSON.stringify(path)}, and record-zone to the zone.`);
  }
  function shared(place) {
   return new unreadable_text_error.l("the action cannot add a value to octoDNS data that an anchor or alias shares with other names", place, "Write the records of this name out, in place of the alias (*name) or merge key (<<) here or of the anchor (&name) that other names use. Then run again.");
  }
  function typeOf(record) {
   const type = record.get("type", true);
   return (0, dist.jn)(type) ? String(type.value).toUpperCase() : "";
  }
  function hasOnlyAdded(before, after, key, value) {
   const [oldTxt, newTxt] = [ txtAt(before, key), txtAt(after, key) ];
   const isNew = !typesAt(before, key).includes("TXT");
   const others = isNew ? newTxt.others.filter(each => !isTtlAlone(each)) : newTxt.others;
   return (0, external_node_util_.isDeepStrictEqual)({
    ...newTxt,
    others: others
   }, {
    values: [ ...oldTxt.values, value ],
    others: oldTxt.others
   }) && (0, external_node_util_.isDeepStrictEqual)(without(after, key), without(before, key));
  }
  function isTtlAlone(record) {
   return record instanceof Map && record.size === 1 && record.has("ttl");
  }
  function txtAt(data, key) {
   const records = recordsAt(data, key);
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
  var wildcard_loss = __webpack_require__(1635);
  function obstacleTo(name, zone, parts) {
   const all = parts.flatMap(({path: path, data: data}) => [ ...data.keys() ].map(key => ({
    path: path,
    key: key,
    owner: ownerOf(String(key), zone),
    types: typesAt(data, key)
   })));
   const seen = ({path: path, key: key}) => ({
    where: path === void 0 ? "" : ` in ${path}`,
    key: path === void 0 ? key : void 0
   });
   for (const entry of all) {
    const {path: path, owner: owner, types: types} = entry;
    const {where: where, key: key} = seen(entry);
    if (owner === name && path !== void 0 && (types.includes("TXT") || types.includes("CNAME"))) {
     const hint = `Set record-file to ${path}.`;
     return {
      problem: `the records of ${name} are in another file of the zone: ${path}`,
      hint: hint,
      key: key
     };
    }
    if (types.includes("NS") && owner !== zone && (0, dns_name.a5)(name, owner)) {
     const problem = `this zone delegates ${owner}${where} to other servers, so a TXT record of ${name} has no effect`;
     return {
      problem: problem,
      hint: `Set record-file to the file of the zone ${owner}.`,
      key: key
     };
    }
    if (types.includes("DNAME") && owner !== name && (0, dns_name.a5)(name, owner)) {
     const problem = `the DNAME record of ${owner}${where} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`;
     return {
      problem: problem,
      hint: void 0,
      key: key
     };
    }
   }
   const wildcard = (0, dns_name.K3)(name, zone, all.map(({owner: owner}) => owner));
   const lost = all.filter(({owner: owner, types: types}) => owner === wildcard && types.length > 0);
   const [first] = lost;
   if (wildcard === void 0 || first === void 0) return;
   const loss = (0, wildcard_loss.q)({
    name: name,
    wildcard: wildcard,
    types: lost.flatMap(({types: types}) => types)
   });
   return {
    ...loss,
    key: seen(first).key
   };
  }
  function ownerOf(key, zone) {
   return key === "" ? zone : `${(0, dns_name.gn)(key) || key}.${zone}`;
  }
  function zonesOf({path: path, zone: zone}, emailDomain) {
   const [stated, what] = zone === void 0 ? [ splitZone(path, emailDomain)?.name, "the folder of this file" ] : [ zone.name, "record-zone" ];
   if (stated !== void 0 && !(0, dns_name.a5)(emailDomain, stated)) throw new unreadable_text_error.l(`${what} says the zone ${stated}, which does not contain ${emailDomain}`, {
    text: "",
    offset: 0
   }, `Set record-file to a file of the zone that contains ${emailDomain}.`);
   if (stated !== void 0) return [ {
    name: stated,
    isGuess: false
   } ];
   const named = namedZone(path, emailDomain);
   if (named !== void 0) return [ {
    name: named,
    isGuess: false
   } ];
   const {folder: folder} = partsOf(path);
   const possible = possibleZones(emailDomain);
   const suggested = possible.find(name => name === (0, dns_name.gn)(folder));
   const likely = suggested ?? emailDomain;
   const others = possible.filter(name => name !== likely);
   const taken = {
    name: likely,
    isGuess: true,
    isBlindGuess: suggested === void 0
   };
   return [ taken, ...others.map(name => ({
    name: name,
    isGuess: true
   })) ];
  }
  function namedZone(path, emailDomain) {
   const named = splitZone(path, emailDomain)?.name ?? zoneName(partsOf(path).file);
   return named !== void 0 && (0, dns_name.a5)(emailDomain, named) ? named : void 0;
  }
  function splitZone(path, emailDomain) {
   const {file: file, folder: folder} = partsOf(path);
   const name = (0, dns_name.gn)(folder);
   const withDot = name.slice(0, -1);
   const isZone = name.endsWith(".") && !name.startsWith(".") && withDot.slice(1, -1).includes(".");
   if (isZone) return {
    name: withDot,
    extension: "."
   };
   const catchAll = file.startsWith("$") ? zoneName(file) : void 0;
   for (const zone of [ ...possibleZones(emailDomain), ...catchAll === void 0 ? [] : [ catchAll ] ]) {
    const extension = name.startsWith(zone) ? name.slice(zone.length) : "";
    if (/^[^a-z0-9]/.test(extension)) return {
     name: zone,
     extension: extension
    };
   }
   return;
  }
  function filesBeside({path: path}, emailDomain) {
   const {file: file, folder: folder, above: above} = partsOf(path);
   const split = splitZone(path, emailDomain);
   if (split !== void 0) {
    const zone = folder.slice(0, folder.length - split.extension.length);
    return [ external_node_path_.posix.join(above, folder), external_node_path_.posix.join(above, `${zone}.yaml`) ];
   }
   return zoneName(file) === void 0 ? [] : [ external_node_path_.posix.join(above, folder, file.replace(/ya?ml$/i, "")) ];
  }
  function isNamedAfterKey(path, keys) {
   const [key, ...others] = keys;
   const name = partsOf(path).file.replace(/\.ya?ml$/i, "");
   return others.length === 0 && typeof key === "string" && (0, dns_name.gn)(key) === (0, 
   dns_name.gn)(name);
  }
  function zoneName(file) {
   const zone = (0, dns_name.gn)(file.replace(/\.ya?ml$/i, "").replace(/^\$/, ""));
   return zone.includes(".") ? zone : void 0;
  }
  function possibleZones(emailDomain) {
   return (0, dns_name.Qy)(emailDomain).filter(name => name.includes("."));
  }
  function partsOf(path) {
   const slashed = path.replaceAll("\\", "/");
   const folder = external_node_path_.posix.dirname(slashed);
   return {
    file: external_node_path_.posix.basename(slashed),
    folder: external_node_path_.posix.basename(folder),
    above: external_node_path_.posix.dirname(folder)
   };
  }
  const octodns = {
   needsTxtValues: false,
   filesBeside: filesBeside,
   namedZone: namedZone,
   warning: (_, {emailDomain: emailDomain}, target) => contradictingName(target, namedZone(target.path, emailDomain)),
   render: newZone,
   merge(current, record, target) {
    const {emailDomain: emailDomain, verificationCode: verificationCode} = record;
    const zones = zonesOf(target, emailDomain);
    const [taken] = zones;
    const name = (0, dns_name.IC)(emailDomain, taken.name) ?? "";
    current === void 0 && checkMayBeNew(target, emailDomain);
    const text = current ?? "";
    const addition = {
     isName: key => name === "" ? key === "" : (0, dns_name.gn)(key) === name,
     name: name,
     value: escapeTxt(verificationCode),
     folder: external_node_path_.posix.dirname(target.path.replaceAll("\\", "/"))
    };
    return addTxtValue(text, addition, () => {
     taken.isGuess && checkIsNoPart(text, target);
     for (const zone of zones) checkCanTakeTxt(text, zone, taken, emailDomain, target);
     taken.isBlindGuess && checkKeysAreOfNoOtherZone(text, zones, emailDomain);
    });
   },
   describeZone(_, {emailDomain: emailDomain}, target) {
    const [{name: name, isGuess: isGuess}] = zonesOf(target, emailDomain);
    const split = target.zone === void 0 ? splitZone(target.path, emailDomain) : void 0;
    if (split !== void 0 && split.extension !== ".") return `taken for a part of the zone ${name}, as the name of its folder says`;
    if (!isGuess) return;
    return `taken for the zone ${name}, because the name of the file does not say which it is; if that is wrong, set record-zone`;
   }
  };
  function newZone({emailDomain: emailDomain, verificationCode: verificationCode}, zone) {
   const name = (0, dns_name.IC)(emailDomain, zone?.name ?? emailDomain) ?? "";
   const isGuess = zone === void 0 && possibleZones(emailDomain).length > 1;
   return [ "---", ...isGuess ? [ `# For the zone ${emailDomain}. In a zone above it, the key is the name below that zone.` ] : [], `${yamlKey(name)}:`, "  type: TXT", `  value: ${yamlScalar(escapeTxt(verificationCode))}`, "" ].join("\n");
  }
  function checkMayBeNew(target, emailDomain) {
   const isOneOfMany = splitZone(target.path, emailDomain) !== void 0 && (target.beside?.size ?? 0) > 0;
   if (isOneOfMany) return;
   throw new missing_file_error.H("this file of a zone does not exist", "Set record-file to an existing file of the zone. The action can add a record to a zone, but cannot create a zone.");
  }
  function checkIsNoPart(text, {path: path}) {
   const {data: data, offsetOf: offsetOf} = parseZoneYaml(text, "");
   const [key] = data.keys();
   if (!isNamedAfterKey(path, [ ...data.keys() ])) return;
   throw new unreadable_text_error.l(`this file has only the name "${String(key)}", as one of several files of a zone, and nothing says of which zone`, {
    text: text,
    offset: offsetOf(key)
   }, "Set record-zone to the zone of the file.");
  }
  function checkKeysAreOfNoOtherZone(text, zones, emailDomain) {
   const {data: data, offsetOf: offsetOf} = parseZoneYaml(text, "");
   const [first] = data.keys();
   const [own, above] = zones;
   if (first === void 0 || own === void 0 || above === void 0) return;
   const [here, there] = [ own, above ].map(({name: name}) => `if it is ${name}, the record belongs at ${yamlKey((0, 
   dns_name.IC)(emailDomain, name) ?? "")}`);
   throw new unreadable_text_error.l(`nothing says which zone this file holds: ${here}, and ${there}`, {
    text: text,
    offset: offsetOf(first)
   }, `Set record-zone to the zone of the file, for example record-zone: ${above.name}, or record-zone: ${own.name}.`);
  }
  function checkCanTakeTxt(text, zone, taken, emailDomain, target) {
   const name = (0, dns_name.IC)(emailDomain, zone.name) ?? "";
   const own = parseZoneYaml(text, name);
   const parts = [ {
    path: void 0,
    data: own.data
   }, ...partsBeside(text, name, target) ];
   const placeOf = key => ({
    text: text,
    offset: own.offsetOf(key)
   });
   const obstacle = obstacleTo(emailDomain, zone.name, parts) ?? (zone === taken ? void 0 : otherName());
   if (obstacle === void 0) return;
   const {problem: problem, hint: hint, key: key} = obstacle;
   if (!zone.isGuess) throw new unreadable_text_error.l(problem, placeOf(key), hint);
   throw new unreadable_text_error.l(`nothing says which zone this file holds, and if it is ${zone.name}, ${problem}`, placeOf(key), "Set record-zone to the zone of the file.");
   function otherName() {
    const key = [ ...own.data.keys() ].find(each => `.${(0, dns_name.gn)(String(each))}`.endsWith(`.${name}`));
    if (key === void 0) return;
    return {
     problem: `its key "${String(key)}" is ${emailDomain} or a name below it`,
     hint: void 0,
     key: key
    };
   }
  }
  function partsBeside(text, name, {path: path, beside: beside}) {
   const own = external_node_path_.posix.normalize(path.replaceAll("\\", "/"));
   const others = [ ...beside ?? [] ].filter(([other]) => external_node_path_.posix.normalize(other) !== own);
   return others.map(([other, content]) => {
    try {
     return {
      path: other,
      data: parseZoneYaml(content, name).data
     };
    } catch (error) {
     if (!(error instanceof unreadable_text_error.l)) throw error;
     throw new unreadable_text_error.l(`another file of the zone, ${other}, cannot be read: line ${error.line}, column ${error.column}: ${error.message}`, {
      text: text,
      offset: 0
     });
    }
   });
  }
  var external_node_url_ = __webpack_require__(3136);
  var own_file = __webpack_require__(9533);
  const DNSCONTROL_FILE = {
   comment: "//",
   header: [ 'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".', 'Load it in dnsconfig.js after the D() calls of your zones: require("./THIS-FILE.js");' ],
   hint: "Set record-file to a new file that only the action writes, for example cloudflare-sso.js, and require() it in dnsconfig.js."
  };
  const dnscontrol = {
   needsTxtValues: false,
   render: extendStatement,
   merge: (current, record, {zone: zone}) => (0, own_file.h)({
    ...DNSCONTROL_FILE,
    render: () => extendStatement(record, zone)
   }, current, record)
  };
  function extendStatement({emailDomain: emailDomain, verificationCode: verificationCode}, zone) {
   const text = literal(verificationCode);
   if (zone !== void 0) {
    const label = (0, dns_name.IC)(emailDomain, zone.name) || "@";
    return `D_EXTEND(${literal(zone.spelling)}, TXT(${literal(label)}, ${text}));\n`;
   }
   const unicode = (0, external_node_url_.domainToUnicode)(emailDomain);
   const extend = name => `D_EXTEND(${literal(name)}, TXT("@", ${text}));`;
   if (unicode === emailDomain || unicode === "") return `${extend(emailDomain)}\n`;
   return [ "// D() may spell the name in either way.", "try {", `  ${extend(unicode)}`, "} catch (notDeclared) {", `  ${extend(emailDomain)}`, "}", "" ].join("\n");
  }
  function literal(text) {
   return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  }
  var hcl = __webpack_require__(9373);
  var terraform = __webpack_require__(9714);
  var sso_record = __webpack_require__(5506);
  function can_take_txt_checkCanTakeTxt(text, all, {emailDomain: emailDomain, zone: zone}) {
   if (zone === void 0 || zone === emailDomain) return;
   const inZone = all.filter(({wholeName: wholeName}) => wholeName !== void 0 && (0, 
   dns_name.a5)(wholeName, zone));
   const alone = inZone.find(({wholeName: wholeName, recordType: recordType}) => wholeName === emailDomain && recordType === "CNAME");
   if (alone !== void 0) throw new unreadable_text_error.l(`${emailDomain} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`, {
    text: text,
    offset: alone.block.start
   }, "Replace the CNAME record with the records that it points to.");
   const cut = inZone.find(({wholeName: wholeName = "", recordType: recordType}) => recordType === "NS" && wholeName !== zone && (0, 
   dns_name.a5)(emailDomain, wholeName));
   if (cut !== void 0) throw new unreadable_text_error.l(`this zone delegates ${cut.wholeName} to other servers, so a TXT record of ${emailDomain} in this file has no effect`, {
    text: text,
    offset: cut.block.start
   }, `Set record-file to the file with the records of the zone ${cut.wholeName}.`);
   checkWildcard(text, inZone, {
    emailDomain: emailDomain,
    zone: zone
   });
  }
  function checkWildcard(text, inZone, {emailDomain: name, zone: zone}) {
   const owners = inZone.flatMap(({wholeName: wholeName}) => wholeName ?? []);
   const wildcard = (0, dns_name.K3)(name, zone, owners);
   const lost = inZone.filter(({wholeName: wholeName}) => wholeName === wildcard);
   const [first] = lost;
   if (wildcard === void 0 || first === void 0) return;
   const types = lost.map(({recordType: recordType}) => (0, untrusted.g$)(recordType ?? "unknown", 40));
   const {problem: problem, hint: hint} = (0, wildcard_loss.q)({
    name: name,
    wildcard: wildcard,
    types: types
   });
   throw new unreadable_text_error.l(problem, {
    text: text,
    offset: first.block.start
   }, hint);
  }
  function list_edits_indentAt(text, offset) {
   const line = text.slice((0, text_edits.gf)(text, offset), offset);
   return /^[ \t]*/.exec(line)?.[0] ?? "";
  }
  function indentStep(indent) {
   return indent.includes("\t") ? "\t" : "  ";
  }
  function addItem(text, list, item) {
   const last = list.items.at(-1);
   const [first] = list.items;
   if (last === void 0 || first === void 0) return [ fillEmpty(text, list, item) ];
   if (last.kind === "heredoc") return [ (0, text_edits.PT)(first.start, `${item},${before(text, list, first.start)}`) ];
   if (list.lineBreak === void 0) return [ (0, text_edits.PT)(last.end, `${separator(text, list)}${item}`) ];
   const isBesideBracket = (0, text_edits.gf)(text, last.start) === (0, text_edits.gf)(text, list.start);
   const outer = list_edits_indentAt(text, last.start);
   const indent = isBesideBracket ? outer + indentStep(outer) : outer;
   const isOpen = list.afterLastComma === void 0;
   const line = (0, text_edits.PT)(list.lineBreak, `${(0, text_edits.n_)(text)}${indent}${item}${isOpen ? "" : ","}`);
   return isOpen ? [ line, addComma(text, last.end) ] : [ line ];
  }
  function addComma(text, end) {
   const hasRoom = /^ {2,}(?:#|\/\/|\/\*)/.test(text.slice(end, end + 200));
   return {
    start: end,
    end: hasRoom ? end + 1 : end,
    text: ","
   };
  }
  function fillEmpty(text, list, item) {
   if (list.lineBreak === void 0) return (0, text_edits.PT)(list.end - 1, item);
   const outer = list_edits_indentAt(text, list.start);
   const indent = outer + indentStep(outer);
   return (0, text_edits.PT)(list.lineBreak, `${(0, text_edits.n_)(text)}${indent}${item},`);
  }
  function separator(text, {items: items}) {
   const [previous, last] = items.slice(-2);
   const between = previous && last ? text.slice(previous.end, last.start) : "";
   return /^,[ \t]*$/.test(between) ? between : ", ";
  }
  function before(text, list, first) {
   const isOnLineOfBracket = (0, text_edits.gf)(text, first) === (0, text_edits.gf)(text, list.start);
   return isOnLineOfBracket ? " " : `${(0, text_edits.n_)(text)}${list_edits_indentAt(text, first)}`;
  }
  function addBlockLike(text, sibling, value) {
   const newline = (0, text_edits.n_)(text);
   const indent = list_edits_indentAt(text, sibling.start);
   const [argument] = sibling.attributes.values();
   const shown = `${argument?.name} = ${value}`;
   const isOneLine = !text.slice(sibling.start, sibling.end).includes("\n");
   const inner = isOneLine || argument === void 0 ? "" : list_edits_indentAt(text, argument.start);
   const body = isOneLine ? ` ${shown} ` : `${newline}${inner}${shown}${newline}${indent}`;
   return (0, text_edits.PT)(sibling.lineEnd, `${newline}${indent}${sibling.type} {${body}}`);
  }
  const TFVARS = 'record-format: tfvars writes all TXT texts of the name as a variable for your own resource: see "Terraform" in the action\'s docs/records-as-code.md.';
  function refusal(text, {problem: problem, offset: offset, remedy: remedy}) {
   return new unreadable_text_error.l(problem, {
    text: text,
    offset: offset
   }, remedy === void 0 ? TFVARS : `${remedy} Or: ${TFVARS}`);
  }
  const AUTOMATIC_TTL = "1";
  function addCloudflareRecord(text, file, all, destination) {
   const sibling = siblingOf(text, all, destination);
   can_take_txt_checkCanTakeTxt(text, all, {
    emailDomain: destination.emailDomain,
    zone: sibling.zone
   });
   const block = newResource(text, file, sibling, destination);
   const newline = (0, text_edits.n_)(text);
   return (0, text_edits.PT)(sibling.block.lineEnd, `${newline}${newline}${block.join(newline)}`);
  }
  function siblingOf(text, all, {emailDomain: emailDomain}) {
   const here = all.filter(({whereabouts: whereabouts}) => whereabouts === "here");
   const inZone = all.filter(each => isInZoneOf(each, emailDomain));
   const candidates = here.length > 0 ? here : inZone;
   const usable = candidates.filter(({block: block}) => repetition(block) === void 0);
   const [first] = usable;
   if (first === void 0) throw refusal(text, noSibling(all, candidates, emailDomain));
   const zones = new Map(usable.map(each => [ zoneExpression(text, each), each ]));
   const [, other] = [ ...zones.values() ];
   if (other !== void 0) throw refusal(text, {
    problem: `the records of ${emailDomain} in this file are of more than one zone`,
    offset: other.block.start,
    remedy: "Set record-file to a file with the records of one zone."
   });
   return usable.findLast(({recordType: recordType, whereabouts: whereabouts}) => recordType === "TXT" && whereabouts === "here") ?? usable.at(-1) ?? first;
  }
  function isInZoneOf({zone: zone, name: name}, emailDomain) {
   if (zone !== void 0) return (0, dns_name.a5)(emailDomain, zone);
   return name !== void 0 && (0, dns_name.a5)(name, emailDomain);
  }
  function noSibling(all, candidates, emailDomain) {
   const [repeated] = candidates;
   if (repeated !== void 0) return {
    problem: "this resource stands for several, so no other one can be made after it",
    offset: repetition(repeated.block)?.start ?? repeated.block.start,
    remedy: `Write one record of the zone of ${emailDomain} as a resource of its own.`
   };
   return {
    problem: `nothing in this file shows that its records are in the zone of ${emailDomain}`,
    offset: all[0]?.block.start ?? 0,
    remedy: "If they are, set record-zone to that zone."
   };
  }
  function repetition({attributes: attributes}) {
   return attributes.get("for_each") ?? attributes.get("count");
  }
  function zoneExpression(text, {block: block, provider: provider}) {
   const value = block.attributes.get(provider.zoneArgument)?.value;
   return value === void 0 ? void 0 : text.slice(value.start, value.end);
  }
  function newResource(text, file, {block: block, provider: provider, resourceType: resourceType, whereabouts: whereabouts}, {emailDomain: emailDomain, verificationCode: verificationCode}) {
   const [argument] = block.attributes.values();
   const outer = list_edits_indentAt(text, block.start);
   const indent = argument === void 0 ? outer + indentStep(outer) : list_edits_indentAt(text, argument.start);
   const copied = name => {
    const value = block.attributes.get(name)?.value;
    return value === void 0 ? [] : [ [ name, text.slice(value.start, value.end) ] ];
   };
   const content = block.attributes.has("value") ? "value" : "content";
   const all = [ ...copied("provider"), ...copied(provider.zoneArgument), ...whereabouts === "here" ? copied("name") : [ [ "name", (0, 
   hcl.Z)(emailDomain) ] ], [ "type", '"TXT"' ], [ content, (0, hcl.Z)(provider.write(verificationCode)) ], [ "ttl", AUTOMATIC_TTL ], [ "comment", (0, 
   hcl.Z)(sso_record.EW) ] ];
   const width = Math.max(...all.map(([name]) => name.length));
   return [ `${outer}resource "${resourceType}" "${freeName(file, resourceType, emailDomain)}" {`, ...all.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}`), `${outer}}` ];
  }
  function freeName({blocks: blocks}, resourceType, emailDomain) {
   const taken = new Set(blocks.filter(({labels: labels}) => labels[0] === resourceType).map(({labels: labels}) => labels[1]));
   const name = `sso_${(0, hcl.x)(emailDomain)}`;
   let free = name;
   for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
   return free;
  }
  var presentation_format = __webpack_require__(4720);
  const ZONE_NAMES = {
   aws_route53_zone: [ "name" ],
   azurerm_dns_zone: [ "name" ],
   cloudflare_zone: [ "name", "zone" ],
   google_dns_managed_zone: [ "dns_name" ]
  };
  function textOf(expression, file) {
   if (expression?.kind === "text") return expression.value;
   if (expression?.kind === "template") {
    const parts = expression.parts.map(part => typeof part === "string" ? part : textOf(part, file));
    return parts.every(part => part !== void 0) ? parts.join("") : void 0;
   }
   if (expression?.kind !== "reference") return;
   const block = zoneBlock(expression, file);
   const argument = zoneNameArgument(block);
   return argument === expression.path.at(-1) ? literalArgument(block, argument) : void 0;
  }
  function zoneBlock(expression, file) {
   if (expression?.kind === "template") {
    const [only, ...others] = expression.parts;
    return others.length === 0 && typeof only === "object" ? zoneBlock(only, file) : void 0;
   }
   if (expression?.kind !== "reference") return;
   const [first = ""] = expression.path;
   const isMarked = first === "data" || first === "resource";
   const [type, name, ...rest] = isMarked ? expression.path.slice(1) : expression.path;
   if (rest.length !== 1) return;
   return file.blocks.find(({type: blockType, labels: labels}) => blockType === (first === "data" ? "data" : "resource") && labels[0] === type && labels[1] === name);
  }
  function zoneNameIn(block) {
   const name = literalArgument(block, zoneNameArgument(block));
   return name === void 0 ? void 0 : plainName(name);
  }
  function isPrivateZone({attributes: attributes, blocks: blocks}) {
   const isMarked = attributes.get("private_zone")?.value;
   const visibility = attributes.get("visibility")?.value;
   return blocks.some(({type: type}) => type === "vpc") || isMarked?.kind === "constant" && isMarked.word === "true" || visibility?.kind === "text" && visibility.value === "private";
  }
  function zoneNameArgument(block) {
   const type = block?.labels[0] ?? "";
   const names = Object.hasOwn(ZONE_NAMES, type) ? ZONE_NAMES[type] : void 0;
   return names?.find(name => block?.attributes.has(name));
  }
  function literalArgument(block, argument) {
   const value = block?.attributes.get(argument ?? "")?.value;
   return value?.kind === "text" ? value.value : void 0;
  }
  function plainName(text) {
   return text.toLowerCase().replace(/\.$/, "");
  }
  const referredZone = argument => (block, file) => zoneNameIn(zoneBlock(block.attributes.get(argument)?.value, file));
  const route53 = {
   values: {
    kind: "list",
    argument: "records"
   },
   zoneArgument: "zone_id",
   isAlwaysRelative: false,
   apexNames: [ "" ],
   zoneOf: referredZone("zone_id"),
   write: text => stringsIn((0, presentation_format.Lx)(text)).join('""'),
   read: value => joinedStrings(`"${value}"`)
  };
  const google = {
   values: {
    kind: "list",
    argument: "rrdatas"
   },
   zoneArgument: "managed_zone",
   isAlwaysRelative: false,
   apexNames: [],
   zoneOf: referredZone("managed_zone"),
   write: presentation_format.Lx,
   read: joinedStrings
  };
  const azure = {
   values: {
    kind: "blocks",
    block: "record",
    argument: "value"
   },
   zoneArgument: "zone_name",
   isAlwaysRelative: true,
   apexNames: [ "@" ],
   zoneOf: (block, file) => {
    const name = textOf(block.attributes.get("zone_name")?.value, file);
    return name === void 0 ? void 0 : plainName(name);
   },
   write: text => text,
   read: value => value
  };
  const cloudflare = {
   values: {
    kind: "single",
    arguments: [ "content", "value" ]
   },
   zoneArgument: "zone_id",
   isAlwaysRelative: false,
   apexNames: [ "", "@" ],
   zoneOf: referredZone("zone_id"),
   write: presentation_format.Lx,
   read: joinedStrings
  };
  const PROVIDERS = {
   aws_route53_record: route53,
   google_dns_record_set: google,
   azurerm_dns_txt_record: azure,
   cloudflare_dns_record: cloudflare,
   cloudflare_record: cloudflare
  };
  function joinedStrings(value) {
   const trimmed = value.trim();
   if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed)) return bytes(trimmed);
   return stringsIn(trimmed).map(bytes).join("");
  }
  function stringsIn(data) {
   return (data.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? []).map(string => string.trimStart().slice(1, -1));
  }
  function bytes(text) {
   return Buffer.from((0, presentation_format.QT)(text), "latin1").toString();
  }
  function dnsResources(file, destination) {
   return file.blocks.flatMap(block => {
    const [resourceType = ""] = block.labels;
    const provider = Object.hasOwn(PROVIDERS, resourceType) ? PROVIDERS[resourceType] : void 0;
    if (block.type !== "resource" || provider === void 0) return [];
    const zoneReference = zoneBlock(block.attributes.get(provider.zoneArgument)?.value, file);
    if (zoneReference !== void 0 && isPrivateZone(zoneReference)) return [];
    const type = block.attributes.get("type")?.value;
    const recordType = provider.values.kind === "blocks" ? "TXT" : textOf(type, file)?.toUpperCase();
    const zone = provider.zoneOf(block, file) ?? destination.statedZone;
    const place = locate(block, file, {
     provider: provider,
     zone: zone,
     ...destination
    });
    return [ {
     block: block,
     resourceType: resourceType,
     provider: provider,
     recordType: recordType,
     zone: zone,
     ...place
    } ];
   });
  }
  function locate(block, file, {provider: provider, zone: zone, emailDomain: emailDomain}) {
   const written = textOf(block.attributes.get("name")?.value, file)?.toLowerCase();
   if (written === void 0) return {
    name: void 0,
    wholeName: void 0,
    whereabouts: "unknown"
   };
   const isApex = provider.apexNames.includes(written);
   const plain = plainName(written);
   const isWhole = written.endsWith(".") || !provider.isAlwaysRelative && !isApex && (zone === void 0 ? plain === emailDomain : (0, 
   dns_name.a5)(plain, zone));
   const whole = isWhole ? plain : zone !== void 0 && (isApex ? zone : `${plain}.${zone}`);
   if (whole !== false) return {
    name: plain,
    wholeName: whole,
    whereabouts: whole === emailDomain ? "here" : "elsewhere"
   };
   const isPossible = isApex || emailDomain.startsWith(`${plain}.`);
   return {
    name: plain,
    wholeName: void 0,
    whereabouts: isPossible ? "here-if-zone" : "elsewhere"
   };
  }
  function dns_records_valuesOf({block: block, provider: {values: values}}) {
   if (values.kind === "list") {
    const list = block.attributes.get(values.argument)?.value;
    return list?.kind === "list" ? list.items : [];
   }
   if (values.kind === "single") return values.arguments.flatMap(name => block.attributes.get(name)?.value ?? []);
   return block.blocks.filter(({type: type}) => type === values.block).flatMap(({attributes: attributes}) => attributes.get(values.argument)?.value ?? []);
  }
  function holdsText(resource, text) {
   return dns_records_valuesOf(resource).some(value => value.kind === "text" && resource.provider.read(value.value) === text);
  }
  const BINARY_OPERATORS = [ "||", "&&", "==", "!=", ">", "<", ">=", "<=", "+", "-", "*", "/", "%" ];
  function readExpression(reader) {
   return reader.nested(() => {
    const first = readOperand(reader);
    let isPlain = true;
    while (BINARY_OPERATORS.some(operator => reader.takes(operator))) {
     isPlain = false;
     readOperand(reader);
    }
    if (reader.takes("?")) {
     isPlain = false;
     readExpression(reader);
     reader.expect(":");
     readExpression(reader);
    }
    return isPlain ? first : other(reader, first.start);
   });
  }
  function other(reader, start) {
   return {
    kind: "other",
    start: start,
    end: reader.lastEnd
   };
  }
  function readOperand(reader) {
   const {start: start} = reader.peek();
   let hasOperator = false;
   while (reader.takes("-") || reader.takes("!")) hasOperator = true;
   const operand = readTraversals(reader, readTerm(reader));
   return hasOperator ? other(reader, start) : operand;
  }
  function readTraversals(reader, from) {
   let expression = from;
   for (;;) if (reader.takes(".")) expression = readStep(reader, expression); else {
    if (!reader.takes("[")) return expression;
    readIndex(reader);
    expression = other(reader, from.start);
   }
  }
  function readStep(reader, from) {
   const {text: text} = reader.peek();
   if (takesIndexWithDot(reader)) return other(reader, from.start);
   if (reader.takes("*")) {
    while (reader.takes(".")) takesIndexWithDot(reader) || readName(reader);
    return other(reader, from.start);
   }
   readName(reader);
   if (from.kind !== "reference") return other(reader, from.start);
   return {
    ...from,
    path: [ ...from.path, text ],
    end: reader.lastEnd
   };
  }
  function takesIndexWithDot(reader) {
   const {kind: kind, text: text} = reader.peek();
   const isIndex = kind === "number" && !text.includes(".");
   isIndex && reader.read();
   return isIndex;
  }
  function readName(reader) {
   reader.expectKind("identifier", "a name");
  }
  function readIndex(reader) {
   if (reader.takes("*")) {
    reader.expect("]");
    return;
   }
   reader.within(false, () => {
    readExpression(reader);
    reader.expect("]");
   });
  }
  function readTerm(reader) {
   const {kind: kind, start: start, text: text} = reader.peek();
   if (kind === "open") return readTemplate(reader);
   if (kind === "identifier") {
    reader.read();
    if (reader.isAt("(") || reader.isAt("::")) return readCall(reader, start);
    const place = {
     start: start,
     end: reader.lastEnd
    };
    if ([ "true", "false", "null" ].includes(text)) return {
     kind: "constant",
     word: text,
     ...place
    };
    return {
     kind: "reference",
     path: [ text ],
     ...place
    };
   }
   if (kind === "number") {
    if (!/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text)) throw reader.problem("this is not a number", start);
    reader.read();
    return other(reader, start);
   }
   if (reader.takes("[")) return reader.within(false, () => readList(reader, start));
   if (reader.takes("{")) return readObject(reader, start);
   if (!reader.takes("(")) throw reader.unexpected("a value");
   reader.within(false, () => {
    readExpression(reader);
    reader.expect(")");
   });
   return other(reader, start);
  }
  function readCall(reader, start) {
   while (reader.takes("::")) reader.expectKind("identifier", "the name of a function");
   reader.expect("(");
   reader.within(false, () => {
    while (!reader.takes(")")) {
     readExpression(reader);
     if (reader.takes("...")) {
      reader.expect(")");
      return;
     }
     reader.isAt(")") || reader.expect(",");
    }
   });
   return other(reader, start);
  }
  function readList(reader, start) {
   if (reader.isAt("for")) return readFor(reader, start, "]");
   const items = [];
   let afterLastComma;
   let lineBreak = reader.lineBreakAhead();
   while (!reader.isAt("]")) {
    items.push(readExpression(reader));
    lineBreak = reader.lineBreakAhead();
    const comma = reader.isAt("]") ? void 0 : reader.expect(",");
    afterLastComma = comma?.end;
    comma !== void 0 && (lineBreak = reader.lineBreakAhead());
   }
   reader.read();
   return {
    kind: "list",
    items: items,
    afterLastComma: afterLastComma,
    lineBreak: lineBreak,
    start: start,
    end: reader.lastEnd
   };
  }
  function readObject(reader, start) {
   if (reader.within(false, () => reader.isAt("for"))) return reader.within(false, () => readFor(reader, start, "}"));
   reader.within(true, () => {
    for (;;) {
     while (reader.peek().kind === "newline") reader.read();
     if (reader.takes("}")) return;
     readExpression(reader);
     reader.takes("=") || reader.expect(":");
     readExpression(reader);
     if (reader.peek().kind !== "newline" && !reader.takes(",") && !reader.isAt("}")) throw reader.unexpected("a comma or a line break");
    }
   });
   return other(reader, start);
  }
  function readFor(reader, start, close) {
   readForIntroduction(reader);
   reader.expect(":");
   readExpression(reader);
   if (close === "}") {
    reader.expect("=>");
    readExpression(reader);
    reader.takes("...");
   }
   reader.takes("if") && readExpression(reader);
   reader.expect(close);
   return other(reader, start);
  }
  function readForIntroduction(reader) {
   reader.expect("for");
   readName(reader);
   reader.takes(",") && readName(reader);
   reader.expect("in");
   readExpression(reader);
  }
  function readTemplate(reader) {
   const open = reader.read();
   const isHeredoc = open.text !== '"';
   const state = {
    isHeredoc: isHeredoc,
    parts: [],
    openDirectives: [],
    isComputed: false
   };
   for (let token = reader.read(); token.kind !== "close"; token = reader.read()) token.kind === "literal" ? addLiteral(state, isHeredoc ? token.text : meaningOf(reader, token)) : readSequence(reader, token.text, state);
   const {parts: parts, openDirectives: openDirectives, isComputed: isComputed} = state;
   if (openDirectives.length > 0) throw reader.problem("a template directive has no end", open.start);
   const place = {
    start: open.start,
    end: reader.lastEnd
   };
   const isText = !isComputed && parts.every(part => typeof part === "string");
   if (isHeredoc) return {
    kind: isText ? "heredoc" : "other",
    ...place
   };
   if (isText) return {
    kind: "text",
    value: parts.join(""),
    ...place
   };
   return isComputed ? {
    kind: "other",
    ...place
   } : {
    kind: "template",
    parts: parts,
    ...place
   };
  }
  function addLiteral({parts: parts}, literal) {
   const before = parts.at(-1);
   typeof before === "string" ? parts[parts.length - 1] = before + literal : parts.push(literal);
  }
  function readSequence(reader, open, state) {
   const isDirective = open.startsWith("%");
   const close = reader.within(false, () => {
    isDirective ? readDirective(reader, state.openDirectives) : state.parts.push(readExpression(reader));
    return reader.expectKind("sequence-end", '"}"');
   });
   (isDirective || open.endsWith("~") || close.text.startsWith("~")) && (state.isComputed = true);
  }
  const DIRECTIVES = {
   if: [ "else", "endif" ],
   else: [ "endif" ],
   for: [ "endfor" ]
  };
  function readDirective(reader, open) {
   const {text: text, start: start} = reader.peek();
   if (text === "for") readForIntroduction(reader); else {
    reader.expectKind("identifier", "the name of a directive");
    const isFirst = text === "if";
    if (isFirst) readExpression(reader); else if (DIRECTIVES[open.pop() ?? ""]?.includes(text) !== true) throw reader.problem("this directive has no beginning", start);
   }
   text in DIRECTIVES && open.push(text);
  }
  const ESCAPES = {
   n: "\n",
   r: "\r",
   t: "\t",
   '"': '"',
   "\\": "\\"
  };
  function meaningOf(reader, {text: text, start: start}) {
   if (text === "$${" || text === "%%{") return text.slice(1);
   if (!text.startsWith("\\")) return text;
   const short = ESCAPES[text.charAt(1)];
   if (short !== void 0) return short;
   const codePoint = Number.parseInt(text.slice(2), 16);
   const isSurrogate = codePoint >= 55296 && codePoint <= 57343;
   if (isSurrogate || codePoint > 1114111) throw reader.problem("there is no such character", start);
   return String.fromCodePoint(codePoint);
  }
  const SKIPPED = /[ \t]+|(?:#|\/\/)[^\n]*?(?=\r?\n|$)|\/\*.*?\*\//sy;
  const LINE = /([^\r\n]*)\r?\n/y;
  const NEWLINE = /\r?\n/y;
  const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
  const NUMBER = /\d(?:[\d.]|[eE][+-]?\d){0,500}(?<!\.)/y;
  const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
  const SYMBOL = /==|!=|>=|<=|&&|\|\||::|\.\.\.|=>|[[\](){}.,*/%+\-=<>!?:]/y;
  const SEQUENCE = /[$%]\{~?/y;
  const ESCAPED_SEQUENCE = /\$\$\{|%%\{/y;
  const PLAIN_QUOTED = /[^"\\$%\r\n]+/y;
  const PLAIN_HEREDOC = /[^$%\r\n]+/y;
  const ESCAPE = /\\(?:[nrt"\\]|u[\da-fA-F]{4}|U[\da-fA-F]{8})/y;
  function readTokens(text) {
   return new tokens_Scanner(text).tokens();
  }
  class tokens_Scanner {
   #text;
   #tokens=[];
   #modes=[];
   #at=0;
   constructor(text) {
    this.#text = text;
   }
   tokens() {
    while (this.#at < this.#text.length) {
     const mode = this.#modes.at(-1);
     mode === void 0 || mode.kind === "code" ? this.#readCode(mode) : mode.kind === "quoted" ? this.#readQuoted() : this.#readHeredoc(mode);
    }
    const open = this.#modes[0];
    if (open !== void 0) throw this.#problem(`this ${NAMES[open.kind]} is never closed`, open.start);
    this.#add("end", 0);
    return this.#tokens;
   }
   #readCode(mode) {
    this.#skip();
    const start = this.#at;
    if (start === this.#text.length) return;
    const character = this.#text[start];
    if (character === '"') {
     this.#add("open", 1);
     this.#modes.push({
      kind: "quoted",
      start: start
     });
    } else if (mode?.depth === 0 && this.#endsSequence()) {
     this.#add("sequence-end", character === "~" ? 2 : 1);
     this.#modes.pop();
    } else {
     if (this.#text.startsWith("/*", start)) throw this.#problem("this comment is never closed", start);
     if (!this.#openHeredoc() && !this.#readWord()) throw this.#problem(`the character ${(0, 
     untrusted.g$)(this.#character(), 40)} has no meaning here`, start);
    }
    if (mode === void 0 || this.#modes.at(-1) !== mode) return;
    character === "{" && mode.depth++;
    character === "}" && mode.depth--;
   }
   #endsSequence() {
    return this.#text[this.#at] === "}" || this.#text.startsWith("~}", this.#at);
   }
   #openHeredoc() {
    HEREDOC.lastIndex = this.#at;
    const found = HEREDOC.exec(this.#text);
    if (found === null) return false;
    const start = this.#at;
    this.#add("open", found[0].length);
    this.#modes.push({
     kind: "heredoc",
     start: start,
     marker: found[1] ?? "",
     isLineStart: true
    });
    return true;
   }
   #readWord() {
    return this.#take("newline", NEWLINE) || this.#take("identifier", IDENTIFIER) || this.#take("number", NUMBER) || this.#take("symbol", SYMBOL);
   }
   #skip() {
    let found = this.#match(SKIPPED);
    while (found !== void 0) {
     this.#at += found.length;
     found = this.#match(SKIPPED);
    }
   }
   #readQuoted() {
    const start = this.#at;
    if (this.#text[start] === '"') {
     this.#add("close", 1);
     this.#modes.pop();
    } else if (this.#text[start] === "\\") {
     if (!this.#take("literal", ESCAPE)) throw this.#problem("this backslash starts no escape of HCL", start);
    } else this.#take("literal", PLAIN_QUOTED) || this.#readSequence("this quote is not closed on its line");
   }
   #readHeredoc(mode) {
    if (mode.isLineStart) {
     mode.isLineStart = false;
     LINE.lastIndex = this.#at;
     const line = LINE.exec(this.#text)?.[1];
     if (line?.trim() === mode.marker) {
      this.#add("close", line.length);
      this.#modes.pop();
      return;
     }
    }
    if (this.#take("literal", PLAIN_HEREDOC)) return;
    this.#take("literal", NEWLINE) ? mode.isLineStart = true : this.#readSequence("a heredoc cannot have this character");
   }
   #readSequence(otherwise) {
    const start = this.#at;
    if (this.#take("literal", ESCAPED_SEQUENCE)) return;
    if (this.#take("sequence", SEQUENCE)) this.#modes.push({
     kind: "code",
     start: start,
     depth: 0
    }); else {
     if (!"$%".includes(this.#character())) throw this.#problem(otherwise, this.#modes.at(-1)?.kind === "quoted" ? this.#openQuote() : start);
     this.#add("literal", 1);
    }
   }
   #openQuote() {
    return this.#modes.at(-1)?.start ?? this.#at;
   }
   #character() {
    return String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
   }
   #match(pattern) {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
   }
   #take(kind, pattern) {
    const found = this.#match(pattern);
    if (found === void 0) return false;
    this.#add(kind, found.length);
    return true;
   }
   #add(kind, length) {
    const start = this.#at;
    this.#at = start + length;
    this.#tokens.push({
     kind: kind,
     text: this.#text.slice(start, this.#at),
     start: start,
     end: this.#at
    });
   }
   #problem(problem, offset) {
    return new unreadable_text_error.l(problem, {
     text: this.#text,
     offset: offset
    });
   }
  }
  const NAMES = {
   code: "template sequence",
   quoted: "quote",
   heredoc: "heredoc"
  };
  const token_reader_MAX_DEPTH = 200;
  class TokenReader {
   text;
   #tokens;
   #hidesNewlines=[ false ];
   #next=0;
   #depth=0;
   #lastEnd=0;
   constructor(text) {
    this.text = text;
    this.#tokens = readTokens(text);
   }
   peek() {
    const token = this.#tokens[this.#nextIndex()];
    if (token === void 0) throw new TypeError("there is always a last token");
    return token;
   }
   #nextIndex() {
    let index = this.#next;
    if (this.#hidesNewlines.at(-1) === true) while (this.#tokens[index]?.kind === "newline") index++;
    return index;
   }
   read() {
    const token = this.peek();
    if (token.kind === "end") return token;
    this.#next = this.#nextIndex() + 1;
    token.kind !== "newline" && (this.#lastEnd = token.end);
    return token;
   }
   isAt(text) {
    const {kind: kind, text: next} = this.peek();
    return (kind === "symbol" || kind === "identifier") && next === text;
   }
   takes(text) {
    const isThere = this.isAt(text);
    isThere && this.read();
    return isThere;
   }
   expect(text) {
    if (!this.isAt(text)) throw this.unexpected(`"${text}"`);
    return this.read();
   }
   expectKind(kind, what) {
    if (this.peek().kind !== kind) throw this.unexpected(what);
    return this.read();
   }
   within(newlinesCount, read) {
    this.#hidesNewlines.push(!newlinesCount);
    const result = read();
    this.#hidesNewlines.pop();
    return result;
   }
   nested(read) {
    if (this.#depth === token_reader_MAX_DEPTH) throw this.problem(`this is nested more than ${token_reader_MAX_DEPTH} times`, this.peek().start);
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
   }
   lineBreakAhead() {
    const token = this.#tokens[this.#next];
    return token?.kind === "newline" ? token.start : void 0;
   }
   get lastEnd() {
    return this.#lastEnd;
   }
   unexpected(expected) {
    const {kind: kind, text: text, start: start} = this.peek();
    const found = kind === "end" ? "the end of the file" : (0, untrusted.g$)(JSON.stringify(text), 40);
    return this.problem(`${expected} is expected here, not ${found}`, start);
   }
   problem(problem, offset) {
    return new unreadable_text_error.l(problem, {
     text: this.text,
     offset: offset
    }, 'Run "terraform validate" in that folder: it has to accept the file first.');
   }
  }
  function parseTerraform(text) {
   const reader = new TokenReader(text);
   return readBody(reader, () => reader.peek().kind === "end");
  }
  function readBody(reader, isAtEnd) {
   const attributes = new Map;
   const blocks = [];
   while (!isAtEnd()) {
    if (reader.peek().kind === "newline") {
     reader.read();
     continue;
    }
    const {start: start, text: text} = reader.expectKind("identifier", "an argument or a block");
    reader.isAt("=") ? addAttribute(reader, attributes, readAttribute(reader, {
     start: start,
     text: text
    })) : blocks.push(readBlock(reader, {
     start: start,
     text: text
    }));
    reader.peek().kind !== "end" && reader.expectKind("newline", "a line break");
   }
   return {
    attributes: attributes,
    blocks: blocks
   };
  }
  function addAttribute(reader, all, attribute) {
   if (all.has(attribute.name)) {
    const name = (0, untrusted.g$)(attribute.name, 40);
    throw reader.problem(`the argument ${name} is already set in this block`, attribute.start);
   }
   all.set(attribute.name, attribute);
  }
  function readAttribute(reader, {start: start, text: text}) {
   reader.expect("=");
   const value = readExpression(reader);
   return {
    name: text,
    value: value,
    start: start,
    end: value.end
   };
  }
  function readBlock(reader, {start: start, text: text}) {
   return reader.nested(() => {
    const labels = [];
    while (!reader.isAt("{")) labels.push(readLabel(reader));
    const body = readBlockBody(reader, reader.read().start);
    return {
     type: text,
     labels: labels,
     ...body,
     start: start,
     end: reader.lastEnd,
     lineEnd: reader.peek().start
    };
   });
  }
  function readBlockBody(reader, open) {
   if (reader.peek().kind === "identifier") {
    const {start: start, text: text} = reader.read();
    const attribute = readAttribute(reader, {
     start: start,
     text: text
    });
    reader.expect("}");
    return {
     attributes: new Map([ [ attribute.name, attribute ] ]),
     blocks: []
    };
   }
   reader.isAt("}") || reader.peek().kind === "end" || reader.expectKind("newline", "a line break");
   const body = readBody(reader, () => {
    if (reader.peek().kind === "end") throw reader.problem("this block is never closed", open);
    return reader.isAt("}");
   });
   reader.expect("}");
   return body;
  }
  function readLabel(reader) {
   if (reader.peek().kind === "identifier") return reader.read().text;
   const open = reader.expectKind("open", 'a label or "{"');
   if (open.text !== '"') throw reader.problem("a label cannot be a heredoc", open.start);
   let label = "";
   while (reader.peek().kind === "literal") label += meaningOf(reader, reader.read());
   reader.expectKind("close", "the end of the label");
   return label;
  }
  const terraform_terraform = {
   needsTxtValues: false,
   render: terraform.v4.render,
   merge(current, record, target) {
    const text = textOfPeople(current);
    if (text === void 0) return terraform.v4.merge(current, record, target);
    if (/\.tf\.json$/i.test(target.path)) throw jsonFile(text);
    return (0, text_edits.ct)(text, editsFor(text, record, target));
   },
   warning(current) {
    if (current !== void 0) return;
    return "The new file has a cloudflare_dns_record, which is right only if Cloudflare hosts the zone. For Route 53, Google Cloud DNS or Azure, delete it and set record-file to the file with the TXT resource.";
   },
   describeZone(current, {emailDomain: emailDomain}, target) {
    const text = textOfPeople(current);
    if (text === void 0) return;
    const all = dnsResources(parseTerraform(text), {
     emailDomain: emailDomain,
     statedZone: target.zone?.name
    });
    const taken = all.find(({whereabouts: whereabouts, recordType: recordType}) => whereabouts === "here" && recordType === "TXT");
    if (taken === void 0) return;
    const name = (0, untrusted.g$)(taken.block.labels.join("."), 100);
    const why = taken.zone === void 0 ? "states the name" : `is in the zone ${(0, untrusted.g$)(taken.zone, 100)}`;
    return `at the resource ${name}, which ${why}`;
   }
  };
  function textOfPeople(text) {
   return text === void 0 || text.trim() === "" || (0, terraform.J0)(text) ? void 0 : text;
  }
  function jsonFile(text) {
   return refusal(text, {
    problem: "this is Terraform's JSON, and the action changes only the native syntax",
    offset: 0
   });
  }
  function editsFor(text, record, target) {
   const {emailDomain: emailDomain, verificationCode: verificationCode} = record;
   const file = parseTerraform(text);
   const destination = {
    emailDomain: emailDomain,
    statedZone: target.zone?.name
   };
   const all = dnsResources(file, destination);
   const txt = all.filter(({recordType: recordType}) => recordType === "TXT");
   const possible = txt.filter(({whereabouts: whereabouts}) => whereabouts !== "elsewhere");
   if (possible.some(resource => holdsText(resource, verificationCode))) return [];
   const here = txt.filter(({whereabouts: whereabouts}) => whereabouts === "here");
   const cloudflare = all.filter(({provider: provider}) => provider.values.kind === "single");
   const [resource, second] = here.filter(({provider: provider}) => provider.values.kind !== "single");
   const rival = resource === void 0 ? void 0 : second ?? cloudflare.find(({whereabouts: whereabouts}) => whereabouts === "here");
   if (rival !== void 0) throw refusal(text, {
    problem: `this is another resource with TXT records of ${emailDomain}, and nothing says which one is meant`,
    offset: rival.block.start,
    remedy: "Set record-file to a file that has only the one of the public zone."
   });
   if (resource !== void 0) return addToResource(text, resource, verificationCode);
   if (cloudflare.length > 0) return [ addCloudflareRecord(text, file, cloudflare, {
    ...destination,
    verificationCode: verificationCode
   }) ];
   throw notFound(text, file, all, emailDomain);
  }
  function addToResource(text, resource, verificationCode) {
   const {block: block, provider: provider} = resource;
   const repeated = repetition(block);
   if (repeated !== void 0) throw refusal(text, {
    problem: `${repeated.name} makes several resources of this one, so its values are not those of one name`,
    offset: repeated.start
   });
   checkNotIgnored(text, resource);
   const value = (0, hcl.Z)(provider.write(verificationCode));
   if (provider.values.kind === "blocks") return addBlock(text, resource, value);
   const argument = provider.values.kind === "list" ? provider.values.argument : "";
   const list = block.attributes.get(argument)?.value;
   if (list === void 0) throw refusal(text, {
    problem: `this resource has no ${argument}`,
    offset: block.start
   });
   if (list.kind !== "list") throw computed(text, list, argument);
   const odd = list.items.find(({kind: kind}) => kind !== "text" && kind !== "heredoc");
   if (odd !== void 0) throw computed(text, odd, `a value in ${argument}`);
   return addItem(text, list, value);
  }
  function addBlock(text, {block: block, provider: provider}, value) {
   if (provider.values.kind !== "blocks") return [];
   const {block: type, argument: argument} = provider.values;
   const dynamic = block.blocks.find(each => each.type === "dynamic" && each.labels[0] === type);
   if (dynamic !== void 0) throw refusal(text, {
    problem: `these ${type} blocks are computed`,
    offset: dynamic.start
   });
   const siblings = block.blocks.filter(each => each.type === type);
   const last = siblings.at(-1);
   if (last === void 0) throw refusal(text, {
    problem: `this resource has no ${type} block`,
    offset: block.start
   });
   const odd = siblings.map(({attributes: attributes}) => attributes.get(argument)?.value).find(each => each !== void 0 && each.kind !== "text" && each.kind !== "heredoc");
   if (odd !== void 0) throw computed(text, odd, argument, "a text in quotes");
   return [ addBlockLike(text, last, value) ];
  }
  function computed(text, {start: start, end: end}, what, changeable = 'a list written out as [ "\u2026" ]') {
   const seen = (0, untrusted.g$)(text.slice(start, end).replaceAll(/\s+/g, " "), 60);
   return refusal(text, {
    problem: `${what} is not literal here, but ${seen}: only ${changeable} is changed`,
    offset: start
   });
  }
  function checkNotIgnored(text, {block: block, provider: provider}) {
   const {values: values} = provider;
   const name = values.kind === "blocks" ? values.block : values.kind === "list" ? values.argument : "";
   const ignored = block.blocks.filter(({type: type}) => type === "lifecycle").map(({attributes: attributes}) => attributes.get("ignore_changes")).find(attribute => attribute !== void 0 && namesIn(attribute).some(each => each === name || each === "all"));
   if (ignored === void 0) return;
   throw refusal(text, {
    problem: `Terraform ignores changes of ${name} here, so a new value would have no effect`,
    offset: ignored.start,
    remedy: `Remove ${name} from ignore_changes.`
   });
  }
  function namesIn({value: value}) {
   const items = value.kind === "list" ? value.items : [ value ];
   return items.flatMap(item => item.kind === "reference" ? item.path[0] ?? [] : []);
  }
  function notFound(text, {blocks: blocks}, all, emailDomain) {
   const candidates = all.filter(({recordType: recordType}) => recordType === "TXT" || recordType === void 0);
   const ifZone = candidates.find(({whereabouts: whereabouts}) => whereabouts === "here-if-zone");
   if (ifZone !== void 0) return refusal(text, {
    problem: `this record is at ${emailDomain} only if its zone is, and the file does not state the zone's name`,
    offset: ifZone.block.start,
    remedy: "Set record-zone to the name of that zone."
   });
   const unknown = candidates.find(({whereabouts: whereabouts, recordType: recordType}) => whereabouts === "unknown" || whereabouts === "here" && recordType === void 0);
   if (unknown !== void 0) {
    const argument = unknown.whereabouts === "here" ? "type" : "name";
    return refusal(text, {
     problem: `this may be the TXT record of ${emailDomain}, but its ${argument} is not literal`,
     offset: unknown.block.attributes.get(argument)?.value.start ?? unknown.block.start
    });
   }
   const module = blocks.find(({type: type}) => type === "module");
   return refusal(text, {
    problem: `this file has no resource with the TXT records of ${emailDomain}`,
    offset: (module ?? all[0]?.block)?.start ?? 0,
    remedy: "Set record-file to the file that has it. If the name has no TXT record yet, write a resource with the output record-value: a second one for the same name would replace the first."
   });
  }
  const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;
  function originFromPath(path, domain) {
   const file = (0, external_node_path_.basename)(external_node_path_.win32.basename(path)).toLowerCase();
   const bare = withoutExtensions(file);
   return [ bare.replace(/^db\./, ""), bare, file ].find(name => name.includes(".") && (0, 
   dns_name.a5)(domain, name));
  }
  function withoutExtensions(file) {
   const shorter = file.replace(EXTENSION, "");
   return shorter === file ? file : withoutExtensions(shorter);
  }
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
    defaultTtl: "last stated",
    lastTtlS: void 0
   };
   const records = readEntries(text).flatMap(entry => {
    const [first] = entry.tokens;
    const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith("$");
    if (!isDirective) return [ readRecord(entry, state) ];
    applyDirective(entry, state);
    return [];
   });
   const {origin: origin, defaultTtl: defaultTtl} = state;
   return {
    records: records,
    origin: origin,
    defaultTtl: defaultTtl,
    ttlS: state.defaultTtlS ?? state.lastTtlS
   };
  }
  function applyDirective({tokens: [directive, value]}, state) {
   const name = directive.text.toUpperCase();
   if ([ "$INCLUDE", "$GENERATE", "$DATE" ].includes(name)) return;
   if (name !== "$ORIGIN" && name !== "$TTL") throw unreadable(`unknown directive ${(0, 
   untrusted.g$)(directive.text, 40)}`, directive, state);
   if (value === void 0) throw unreadable(`${name} has no value`, directive, state);
   if (name === "$ORIGIN") state.origin = resolveName(value, state); else {
    state.defaultTtlS = readTtl(value, state);
    state.defaultTtl = "$TTL";
   }
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
    type: TYPE_NUMBERS[type] ?? type
   };
   read.type === "SOA" && checkSoa(read, state);
   const ttlS = effectiveTtl(read, state);
   return {
    ...read,
    ttlS: ttlS,
    defaultTtl: state.defaultTtl
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
   if (ttlToken !== void 0) state.lastTtlS = readTtl(ttlToken, state); else if (type === "SOA" && isUnknown && minimum !== void 0) {
    state.defaultTtlS = readTtl(minimum, state);
    state.defaultTtl = "SOA minimum";
   }
   return ttlToken === void 0 ? state.defaultTtlS ?? state.lastTtlS : state.lastTtlS;
  }
  function resolveZones(text, {emailDomain: emailDomain}, {path: path, zone: zone}) {
   const file = readZoneFile(text);
   const soa = soaOf(file, text);
   const named = originFromPath(path, emailDomain);
   const evidence = zone ? "record-zone" : soa.owner.endsWith(".") ? "content" : named ? "file name" : "none";
   const reading = {
    file: file,
    text: text,
    soa: soa,
    emailDomain: `${emailDomain}.`,
    evidence: evidence
   };
   const origin = evidence === "content" ? soa.owner : `${zone?.name ?? named ?? emailDomain}.`;
   const taken = resolvedAt(origin, reading);
   checkApex(taken, zone?.name);
   if (evidence !== "none") return [ taken ];
   const above = (0, dns_name.Qy)(emailDomain).filter(name => name !== emailDomain && name.includes("."));
   return [ taken, ...above.map(name => resolvedAt(`${name}.`, reading)) ];
  }
  function resolvedAt(origin, {file: file, ...reading}) {
   return {
    ...file,
    ...reading,
    apex: (0, presentation_format.lX)(reading.soa.owner, origin),
    origin: (0, presentation_format.lX)(file.origin, origin),
    records: file.records.map(each => ({
     ...each,
     owner: (0, presentation_format.lX)(each.owner, origin),
     origin: (0, presentation_format.lX)(each.origin, origin)
    }))
   };
  }
  function checkApex({text: text, soa: soa, apex: apex, emailDomain: emailDomain, evidence: evidence}, zoneName) {
   const [name, held] = [ withoutDot(emailDomain), withoutDot(apex) ];
   const place = {
    text: text,
    offset: soa.entry.start
   };
   if (apex === ".") throw new unreadable_text_error.l(`the SOA record of this file is that of the root (.), so no DNS server loads it as the zone of ${name}`, place, "Give the SOA record the name of the zone, with a dot at the end, as its owner.");
   checkFinalDot({
    text: text,
    soa: soa,
    apex: apex,
    emailDomain: emailDomain
   });
   if (zoneName !== void 0 && held !== zoneName) throw new unreadable_text_error.l(`this file holds the zone ${held}, but record-zone is ${zoneName}`, place, "Set record-zone to the zone of the file, or record-file to the file of the zone.");
   if ((0, dns_name.a5)(emailDomain, apex)) return;
   const hint = `Set record-file to the zone file of the zone that contains ${name}.`;
   throw new unreadable_text_error.l(`this file holds the zone ${held}, which does not contain ${name}`, place, evidence === "content" ? hint : `${hint} If this is that file, set record-zone to the name of the zone.`);
  }
  function checkFinalDot({text: text, soa: soa, apex: apex, emailDomain: emailDomain}) {
   const {isIndented: isIndented, tokens: tokens, start: start} = soa.entry;
   const [{text: owner}] = tokens;
   const meant = `${owner.toLowerCase()}.`;
   if (isIndented || !owner.includes(".") || apex === meant || !(0, dns_name.a5)(emailDomain, meant)) return;
   throw new unreadable_text_error.l(`the owner of this SOA record, ${owner}, has no dot at its end, so the file holds the zone ${withoutDot(apex)}`, {
    text: text,
    offset: start
   }, `Write ${owner}. there.`);
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
  function withoutDot(name) {
   return name === "." ? name : name.slice(0, -1);
  }
  function zone_can_take_txt_checkCanTakeTxt(zones) {
   for (const zone of zones) {
    const obstacle = obstacleIn(zone);
    if (obstacle === void 0) continue;
    const {text: text, apex: apex, evidence: evidence} = zone;
    const {problem: problem, offset: offset, hint: hint} = obstacle;
    if (evidence !== "none") throw new unreadable_text_error.l(problem, {
     text: text,
     offset: offset
    }, hint);
    throw new unreadable_text_error.l(`nothing says which zone this file holds, and if it is ${withoutDot(apex)}, ${problem}`, {
     text: text,
     offset: offset
    }, "Set record-zone to the zone of the file." + (hint === void 0 ? "" : ` If it is ${withoutDot(apex)}: ${hint}`));
   }
  }
  function obstacleIn(zone) {
   for (const record of zone.records) {
    const obstacle = obstacleAt(record, zone);
    if (obstacle !== void 0) return obstacle;
   }
   return lossIn(zone);
  }
  function obstacleAt({type: type, owner: owner, entry: entry, typeToken: typeToken}, {apex: apex, emailDomain: emailDomain}) {
   const [name, isAbove] = [ withoutDot(emailDomain), (0, dns_name.a5)(emailDomain, owner) ];
   const offset = entry.tokens[0].start;
   if (type === "CNAME" && owner === emailDomain) return {
    problem: `${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`,
    offset: offset,
    hint: "Replace the CNAME record with the records that it points to."
   };
   if (type === "NS" && isAbove && owner !== apex && (0, dns_name.a5)(owner, apex)) {
    const cut = withoutDot(owner);
    return {
     problem: `this zone delegates ${cut} to other servers, so a TXT record of ${name} in this file has no effect`,
     offset: offset,
     hint: `Set record-file to the zone file of ${cut}.`
    };
   }
   if (type === "DNAME" && isAbove && owner !== emailDomain) return {
    problem: `the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`,
    offset: offset
   };
   if (type === "RRSIG") return {
    problem: "this zone file is signed, and the new record would have no signature",
    offset: typeToken.start,
    hint: "Set record-file to the zone file that you sign, not to the signed one."
   };
   return;
  }
  function lossIn({records: records, emailDomain: emailDomain, apex: apex}) {
   const name = withoutDot(emailDomain);
   const owners = records.map(({owner: owner}) => withoutDot(owner));
   const wildcard = (0, dns_name.K3)(name, withoutDot(apex), owners);
   const lost = records.filter(({owner: owner}) => wildcard !== void 0 && owner === `${wildcard}.`);
   const [first] = lost;
   if (wildcard === void 0 || first === void 0) return;
   const types = lost.map(({type: type}) => type);
   return {
    ...(0, wildcard_loss.q)({
     name: name,
     wildcard: wildcard,
     types: types
    }),
    offset: first.entry.tokens[0].start
   };
  }
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
  const MODULUS = 2 ** 32;
  function nextSerial(serial, nowMs) {
   const next = (serial + 1) % MODULUS;
   const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "");
   const firstOfToday = Number(`${today}01`);
   if (serial === Number(today)) return firstOfToday;
   return isDateSerial(serial) ? Math.max(next, firstOfToday) : next || 1;
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
   allowsAnyBytes: true,
   render({emailDomain: emailDomain, verificationCode: verificationCode}) {
    return [ `${emailDomain}.`, RENDERED_TTL_S, "IN", "TXT", (0, presentation_format.Lx)(verificationCode) ].join("\t");
   },
   merge(current, record, target) {
    if (current === void 0) throw new missing_file_error.H("this zone file does not exist", "Set record-file to an existing zone file. The action can add a record to a zone, but cannot create a zone.");
    const zones = resolveZones(current, record, target);
    const [zone] = zones;
    if (zones.some(({records: records}) => records.some(each => isSsoRecord(each, record)))) return current;
    zone_can_take_txt_checkCanTakeTxt(zones);
    return (0, text_edits.ct)(current, [ raiseSerial(zone, target), addRecord(zone, record) ]);
   },
   warning(current, record, target) {
    const [{soa: soa}] = resolveZones(current ?? "", record, target);
    if (soa.owner.endsWith(".")) return;
    return contradictingName(target, originFromPath(target.path, record.emailDomain));
   },
   describeZone(current, record, target) {
    const [{apex: apex, evidence: evidence}] = resolveZones(current ?? "", record, target);
    if (evidence === "content" || evidence === "record-zone") return;
    const why = evidence === "file name" ? "as the name of the file says" : "because neither the file nor its name says which it is; if that is wrong, set record-zone";
    return `taken for the zone ${withoutDot(apex)}, ${why}`;
   }
  };
  function isSsoRecord({owner: owner, type: type, data: data}, {emailDomain: emailDomain, verificationCode: verificationCode}) {
   const codeBytes = Buffer.from(verificationCode).toString("latin1");
   return owner === `${emailDomain}.` && type === "TXT" && txtBytes(data) === codeBytes;
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
   const before = zone.evidence === "none" ? void 0 : sibling ?? atName.at(-1);
   const neighbour = before ?? zone.records.at(-1) ?? zone.soa;
   const line = lineLike(neighbour, {
    owner: ownerAfter(before, zone),
    ttl: ttlToState(sibling, neighbour, before ?? zone),
    data: (0, presentation_format.Lx)(verificationCode)
   }, zone.text);
   return insertLine(zone.text, before?.entry.end ?? zone.text.length, line);
  }
  function ttlToState(sibling, neighbour, inForce) {
   if (sibling?.ttlToken !== void 0) return sibling.ttlToken.text;
   if (sibling?.ttlS !== void 0 && sibling.ttlS !== inForce.ttlS) return String(sibling.ttlS);
   if (inForce.defaultTtl === "$TTL") return;
   if (neighbour.ttlToken !== void 0) return neighbour.ttlToken.text;
   return inForce.defaultTtl === "SOA minimum" || inForce.ttlS === void 0 ? void 0 : String(inForce.ttlS);
  }
  function ownerAfter(before, zone) {
   if (before?.entry.isIndented === false) return before.entry.tokens[0].text;
   const {emailDomain: emailDomain, evidence: evidence} = zone;
   const {origin: origin} = before ?? zone;
   if (evidence === "none" || origin === "." || !(0, dns_name.a5)(emailDomain, origin)) return emailDomain;
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
   terraform: terraform_terraform,
   tfvars: tfvars,
   json: json
  };
 }
};
