export const id = 463;
export const ids = [463];
export const modules = {

/***/ 2463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  RECORD_FORMATS: () => (/* binding */ RECORD_FORMATS)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/records/format/text-edits.js
var text_edits = __webpack_require__(5397);
// EXTERNAL MODULE: ./lib/records/format/unreadable-text-error.js
var unreadable_text_error = __webpack_require__(6114);
;// CONCATENATED MODULE: ./lib/records/json/scanner.js

const MAX_DEPTH = 500;
function scanJson(text) {
    const scanner = new Scanner(text);
    const root = scanner.value(0);
    scanner.expectEnd();
    return root;
}
class Scanner {
    #text;
    #offset = 0;
    constructor(text) {
        this.#text = text;
    }
    value(depth) {
        this.#skipSpace();
        if (depth > MAX_DEPTH)
            throw this.#unreadable(`the JSON is nested more than ${MAX_DEPTH} levels deep`);
        const start = this.#offset;
        if (this.#take('{'))
            return { kind: 'object', start, members: this.#members(depth), end: this.#offset };
        if (this.#take('['))
            this.#items(depth);
        else if (this.#match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y) === undefined)
            this.#string('a value');
        return { kind: 'other', start, end: this.#offset };
    }
    expectEnd() {
        this.#skipSpace();
        if (this.#offset < this.#text.length)
            throw this.#expected('the end of the file');
    }
    #members(depth) {
        const members = [];
        this.#skipSpace();
        if (this.#take('}'))
            return members;
        for (;;) {
            this.#skipSpace();
            const start = this.#offset;
            const key = JSON.parse(this.#string('a name in double quotes'));
            this.#skipSpace();
            if (!this.#take(':'))
                throw this.#expected('":"');
            members.push({ key, start, value: this.value(depth + 1) });
            this.#skipSpace();
            if (this.#take('}'))
                return members;
            if (!this.#take(','))
                throw this.#expected('"," or "}"');
        }
    }
    #items(depth) {
        this.#skipSpace();
        if (this.#take(']'))
            return;
        for (;;) {
            this.value(depth + 1);
            this.#skipSpace();
            if (this.#take(']'))
                return;
            if (!this.#take(','))
                throw this.#expected('"," or "]"');
        }
    }
    #string(what) {
        const start = this.#offset;
        if (!this.#take('"'))
            throw this.#expected(what);
        for (;;) {
            this.#match(/[ !#-[\]-\uffff]*/y);
            if (this.#take('"'))
                return this.#text.slice(start, this.#offset);
            if (this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === undefined)
                throw this.#expected('the end of the string');
        }
    }
    #skipSpace() {
        this.#match(/[ \t\r\n]*/y);
    }
    #take(character) {
        const isNext = this.#text[this.#offset] === character;
        if (isNext)
            this.#offset += 1;
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
        const found = seen === undefined ? `the end of the ${isEnd ? 'file' : 'line'}` : `"${seen}"`;
        return this.#unreadable(`invalid JSON: expected ${what} but found ${found}`);
    }
    #unreadable(problem) {
        return new unreadable_text_error/* UnreadableTextError */.l(problem, { text: this.#text, offset: this.#offset });
    }
}

;// CONCATENATED MODULE: ./lib/records/json/set-value.js




function newJson(path, value) {
    return `${pretty(nested(path, value), '  ', '\n')}\n`;
}
function setInJson(current, path, value) {
    if (current === undefined || current.trim() === '')
        return newJson(path, value);
    const root = scanJson(current);
    const layout = { text: current, unit: indentUnit(current, root), newline: (0,text_edits/* lineBreakOf */.n_)(current) };
    const edit = editFor(layout, root, path, value);
    return edit === undefined ? current : (0,text_edits/* applyEdits */.ct)(current, [edit]);
}
function editFor(layout, root, path, value) {
    let node = root;
    for (const [depth, key] of path.entries()) {
        const object = asObject(layout.text, node, path.slice(0, depth));
        const member = onlyMember(layout.text, object, key);
        if (member === undefined)
            return insertion(layout, object, key, nested(path.slice(depth + 1), value));
        node = member.value;
    }
    const old = JSON.parse(layout.text.slice(node.start, node.end));
    if ((0,external_node_util_.isDeepStrictEqual)(old, value))
        return undefined;
    const text = pretty(value, layout.unit, layout.newline, indentAt(layout.text, node.start));
    return { start: node.start, end: node.end, text };
}
function asObject(text, node, path) {
    if (node.kind === 'object')
        return node;
    const what = path.length === 0 ? 'the file' : JSON.stringify(path.at(-1));
    throw new unreadable_text_error/* UnreadableTextError */.l(`${what} is not a JSON object`, { text, offset: node.start });
}
function onlyMember(text, object, key) {
    const [member, second] = object.members.filter((each) => each.key === key);
    if (second === undefined)
        return member;
    throw new unreadable_text_error/* UnreadableTextError */.l(`${JSON.stringify(key)} appears twice`, { text, offset: second.start });
}
function insertion(layout, object, key, value) {
    const { text, unit, newline } = layout;
    const last = object.members.at(-1);
    const name = JSON.stringify(key);
    if (last === undefined) {
        const outer = indentAt(text, object.start);
        const member = `${name}: ${pretty(value, unit, newline, outer + unit)}`;
        const inside = `{${newline}${outer}${unit}${member}${newline}${outer}}`;
        return { start: object.start, end: object.end, text: inside };
    }
    const isOnLines = text.slice(object.start, last.start).includes('\n');
    if (!isOnLines)
        return (0,text_edits/* insertAt */.PT)(last.value.end, `, ${name}: ${JSON.stringify(value)}`);
    const indent = indentAt(text, last.start);
    return (0,text_edits/* insertAt */.PT)(last.value.end, `,${newline}${indent}${name}: ${pretty(value, unit, newline, indent)}`);
}
function nested(path, value) {
    return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}
function pretty(value, unit, newline, indent = '') {
    return JSON.stringify(value, null, unit).replaceAll('\n', newline + indent);
}
function indentAt(text, offset) {
    const line = text.slice((0,text_edits/* lineStart */.gf)(text, offset), offset);
    return line.match(/^[ \t]*/)?.[0] ?? '';
}
function indentUnit(text, root) {
    const [first] = root.kind === 'object' ? root.members : [];
    return (first && indentAt(text, first.start)) || '  ';
}

;// CONCATENATED MODULE: ./lib/records/json/json.js

const json = {
    needsTxtValues: false,
    render: (record) => newJson([record.emailDomain], entryOf(record)),
    merge: (current, record) => setInJson(current, [record.emailDomain], entryOf(record)),
};
function entryOf({ emailDomain, verificationCode, txtValues, connectorId, accountId }) {
    return {
        name: emailDomain,
        type: 'TXT',
        value: verificationCode,
        ...(txtValues !== undefined && { txt_values: txtValues }),
        ...(connectorId !== undefined && { connector_id: connectorId }),
        ...(accountId !== undefined && { account_id: accountId }),
    };
}

;// CONCATENATED MODULE: ./lib/records/json/tfvars.js

const VARIABLE = 'cloudflare_sso_txt_values';
const tfvars = {
    needsTxtValues: true,
    render: (record) => newJson([VARIABLE, record.emailDomain], requiredTxtValues(record)),
    merge: (current, record) => setInJson(current, [VARIABLE, record.emailDomain], requiredTxtValues(record)),
};
function requiredTxtValues({ txtValues }) {
    if (txtValues === undefined)
        throw new TypeError('tfvars needs all TXT values at the name');
    return txtValues;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./lib/domain/dns-name.js
var dns_name = __webpack_require__(8587);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/records/octodns/values.js

function escapeTxt(text) {
    return text.replaceAll(';', '\\;');
}
function unescapeTxt(value) {
    const isQuoted = /^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/s.test(value);
    const joined = isQuoted ? value.slice(1, -1).replaceAll(/"\s+"/g, '').replaceAll('\\"', '"') : value;
    return joined.replaceAll('\\;', ';');
}
function yamlScalar(text) {
    const isPlain = /^[a-z][a-z0-9_=./+-]*$/i.test(text) && (0,dist/* parse */.qg)(text, { version: '1.1' }) === text;
    if (isPlain)
        return text;
    const isPrintable = /^[\x20-\x7e]*$/.test(text);
    return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

;// CONCATENATED MODULE: ./lib/records/octodns/key-order.js
function comesBefore(a, b) {
    const [left, right] = [naturalParts(a), naturalParts(b)];
    for (const [index, part] of left.entries()) {
        const other = right[index];
        if (other === undefined)
            return false;
        if (part !== other)
            return part < other;
    }
    return left.length < right.length;
}
function naturalParts(key) {
    const parts = key.split(/([0-9]+)/).map((part, index) => (index % 2 === 1 ? BigInt(part) : part));
    return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

;// CONCATENATED MODULE: ./lib/records/octodns/yaml-nodes.js

function keyText(key) {
    return (0,dist/* isScalar */.jn)(key) ? String(key.value) : undefined;
}
function valuePair(record) {
    return (record.items.find(({ key }) => keyText(key) === 'values') ??
        record.items.find(({ key }) => keyText(key) === 'value'));
}
function startOf(node) {
    return (0,dist/* isPair */.tO)(node) ? startOf(node.key) : rangeOf(node)[0];
}
function endOf(node) {
    return (0,dist/* isPair */.tO)(node) ? endOf(node.value ?? node.key) : rangeOf(node)[1];
}
function lastNodeIn(node) {
    if ((0,dist/* isPair */.tO)(node))
        return lastNodeIn(node.value ?? node.key);
    const last = (0,dist/* isCollection */.P3)(node) && !node.flow ? node.items.at(-1) : undefined;
    return last === undefined ? node : lastNodeIn(last);
}
function rangeOf(node) {
    const range = (0,dist/* isNode */.Ll)(node) ? node.range : undefined;
    return [range?.[0] ?? 0, range?.[1] ?? 0];
}

;// CONCATENATED MODULE: ./lib/records/octodns/yaml-edits.js






class YamlEdits {
    #text;
    #newline;
    constructor(text) {
        this.#text = text;
        this.#newline = (0,text_edits/* lineBreakOf */.n_)(text);
    }
    addName(zone, name, value) {
        const key = name === '' ? "''" : yamlScalar(name);
        const lines = [`${key}:`, '  type: TXT', `  value: ${yamlScalar(value)}`];
        if (zone === undefined)
            return [this.#linesAt(this.#text.length, 0, lines)];
        const index = indexInOrder(zone, name);
        if (zone.flow)
            return [this.#flowItem(zone, index, `${key}: { type: TXT, value: ${yamlScalar(value)} }`)];
        const column = this.#column(startOf(zone.items[0]));
        const previous = zone.items[index - 1];
        const at = previous === undefined ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
        return [this.#linesAt(at, column, lines)];
    }
    addRecord(records, key, value) {
        const flow = `{ type: TXT, value: ${yamlScalar(value)} }`;
        const lines = ['- type: TXT', `  value: ${yamlScalar(value)}`];
        if ((0,dist/* isSeq */.oP)(records)) {
            if (records.flow)
                return [this.#flowItem(records, records.items.length, flow)];
            const column = this.#column(startOf(records));
            return [this.#linesAt(this.#afterWithComments(records, column), column, lines)];
        }
        if (records.flow)
            return [(0,text_edits/* insertAt */.PT)(startOf(records), '['), (0,text_edits/* insertAt */.PT)(endOf(records), `, ${flow}]`)];
        const first = startOf(records.items[0]);
        const column = this.#column(first) - 2;
        const canIndent = column >= this.#column(startOf(key)) && this.#text.slice(first - 2, first) === '  ';
        if (!canIndent)
            throw this.unsupported(first);
        return [
            { start: first - 2, end: first, text: '- ' },
            this.#linesAt(this.#afterWithComments(records, column), column, lines),
        ];
    }
    addValue(record, value) {
        const pair = valuePair(record);
        if (pair === undefined)
            throw this.unsupported(startOf(record));
        const { key, value: old } = pair;
        if ((0,dist/* isSeq */.oP)(old)) {
            if (old.flow)
                return [this.#flowItem(old, old.items.length, yamlScalar(value))];
            return [this.#linesAt(this.#after(old), this.#column(startOf(old)), [`- ${yamlScalar(value)}`])];
        }
        if (!(0,dist/* isScalar */.jn)(old) || old.source === '')
            throw this.unsupported(startOf((0,dist/* isScalar */.jn)(old) ? key : old));
        return this.#valueToList(record, key, old, value);
    }
    unsupported(offset) {
        return new unreadable_text_error/* UnreadableTextError */.l('the action cannot add a value to octoDNS data written in this form', { text: this.#text, offset }, 'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.');
    }
    #valueToList(record, key, old, value) {
        const [keyStart, from, to] = [startOf(key), startOf(old), endOf(old)];
        const source = this.#text.slice(from, to);
        const kept = source.includes('\n') ? yamlScalar(String(old.value)) : source;
        const isBare = /^["']?:\s*$/.test(this.#text.slice(endOf(key), from));
        if (!isBare)
            throw this.unsupported(keyStart);
        if (record.flow) {
            return [{ start: keyStart, end: to, text: `values: [${kept}, ${yamlScalar(value)}]` }];
        }
        const column = this.#column(keyStart) + this.#listIndent();
        const head = `values:${this.#newline}${' '.repeat(column)}- `;
        const ended = source.endsWith('\n') ? kept + this.#newline : kept;
        return [
            { start: keyStart, end: to, text: head + ended },
            this.#linesAt(this.#after(old), column, [`- ${yamlScalar(value)}`], source.endsWith('\n')),
        ];
    }
    #listIndent() {
        const [, key, dash] = /^( *)values:[^\n]*\n( *)- /m.exec(this.#text) ?? [];
        return key === undefined || dash === undefined ? 2 : Math.max(0, dash.length - key.length);
    }
    #flowItem(collection, index, item) {
        const next = collection.items[index];
        if (next !== undefined)
            return (0,text_edits/* insertAt */.PT)(startOf(next), `${item}, `);
        const last = collection.items.at(-1);
        if (last === undefined)
            return (0,text_edits/* insertAt */.PT)(startOf(collection) + 1, item);
        return (0,text_edits/* insertAt */.PT)(endOf(last), `, ${item}`);
    }
    #linesAt(offset, column, lines, isLineStart = false) {
        const block = lines.map((line) => ' '.repeat(column) + line + this.#newline).join('');
        const isOpen = !isLineStart && offset > 0 && this.#text[offset - 1] !== '\n';
        return (0,text_edits/* insertAt */.PT)(offset, isOpen ? this.#newline + block : block);
    }
    #after(node) {
        const end = endOf(lastNodeIn(node));
        if (this.#text[end - 1] === '\n')
            return end;
        const newline = this.#text.indexOf('\n', end);
        return newline === -1 ? this.#text.length : newline + 1;
    }
    #afterWithComments(node, column) {
        const end = this.#after(node);
        const comments = new RegExp(`(?: {${column + 1},}#[^\\n]*(?:\\n|$))*`, 'y');
        comments.lastIndex = end;
        return end + (comments.exec(this.#text)?.[0].length ?? 0);
    }
    #beforeFirst(zone) {
        const line = (0,text_edits/* lineStart */.gf)(this.#text, startOf(zone.items[0]));
        let comment = line;
        while (comment > 0) {
            const before = (0,text_edits/* lineStart */.gf)(this.#text, comment - 1);
            if (!/^[ \t]*#/.test(this.#text.slice(before, comment)))
                return comment;
            comment = before;
        }
        return line;
    }
    #column(offset) {
        return offset - (0,text_edits/* lineStart */.gf)(this.#text, offset);
    }
}
function indexInOrder(zone, name) {
    const keys = zone.items.map(({ key }) => keyText(key) ?? '');
    const isSorted = keys.every((key, index) => index === 0 || comesBefore(keys[index - 1] ?? '', key));
    const found = isSorted ? keys.findIndex((key) => comesBefore(name, key)) : -1;
    return found === -1 ? keys.length : found;
}

;// CONCATENATED MODULE: ./lib/records/octodns/add-txt-value.js







function addTxtValue(text, { isName, name, value }) {
    const { root, data } = parseZoneYaml(text);
    const pair = root?.items.find((each) => {
        const key = keyText(each.key);
        return key !== undefined && isName(key);
    });
    const key = keyText(pair?.key) ?? name;
    if (txtAt(data, key).values.some((each) => unescapeTxt(each) === unescapeTxt(value)))
        return text;
    const edits = new YamlEdits(text);
    const result = (0,text_edits/* applyEdits */.ct)(text, pair === undefined
        ? editsForNewName(edits, root, { name, value })
        : editsAtName(edits, text, pair, value));
    if (!hasOnlyAdded(data, parseZoneYaml(result).data, key, value))
        throw edits.unsupported(startOf(pair));
    return result;
}
function editsForNewName(edits, root, { name, value }) {
    const merge = root?.items.find(({ key }) => keyText(key) === '<<');
    if (merge !== undefined)
        throw edits.unsupported(startOf(merge));
    return edits.addName(root, name, value);
}
function editsAtName(edits, text, { key, value: records }, value) {
    if (!(0,dist/* isMap */.jh)(records) && !(0,dist/* isSeq */.oP)(records))
        throw edits.unsupported(startOf(key));
    const list = (0,dist/* isSeq */.oP)(records) ? records.items : [records];
    const mappings = list.filter((record) => (0,dist/* isMap */.jh)(record));
    const odd = list.find((record) => !(0,dist/* isMap */.jh)(record)) ?? mappings.find((record) => record.has('<<'));
    if (odd !== undefined)
        throw edits.unsupported(startOf(odd));
    const cname = mappings.find((record) => typeOf(record) === 'CNAME');
    if (cname !== undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l('this name has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)', { text, offset: startOf(cname) }, 'Replace the CNAME record with the records that it points to.');
    }
    const txt = mappings.find((record) => typeOf(record) === 'TXT');
    return txt === undefined ? edits.addRecord(records, key, value) : edits.addValue(txt, value);
}
function typeOf(record) {
    const type = record.get('type', true);
    return (0,dist/* isScalar */.jn)(type) ? String(type.value).toUpperCase() : '';
}
function parseZoneYaml(text) {
    try {
        const document = (0,dist/* parseDocument */.Tp)(text, { schema: 'failsafe', logLevel: 'error', prettyErrors: false });
        const [error] = document.errors;
        if (error !== undefined) {
            const place = { text, offset: Math.max(0, error.pos[0]) };
            if (error.message.includes('call stack'))
                throw tooDeep(place);
            throw new unreadable_text_error/* UnreadableTextError */.l(`invalid YAML: ${error.message}`, place);
        }
        const root = document.contents;
        const isEmpty = root === null || ((0,dist/* isScalar */.jn)(root) && root.source === '');
        if (isEmpty)
            return { root: undefined, data: new Map() };
        if (!(0,dist/* isMap */.jh)(root)) {
            throw new unreadable_text_error/* UnreadableTextError */.l('the file is not a YAML mapping', { text, offset: startOf(root) });
        }
        return { root, data: document.toJS({ mapAsMap: true }) };
    }
    catch (error) {
        if (error instanceof ReferenceError || error instanceof RangeError)
            throw tooDeep({ text, offset: 0 });
        throw error;
    }
}
function tooDeep(place) {
    return new unreadable_text_error/* UnreadableTextError */.l('the YAML is nested too deeply or has too many aliases', place);
}
function hasOnlyAdded(before, after, key, value) {
    const [oldTxt, newTxt] = [txtAt(before, key), txtAt(after, key)];
    return ((0,external_node_util_.isDeepStrictEqual)(newTxt, { values: [...oldTxt.values, value], others: oldTxt.others }) &&
        (0,external_node_util_.isDeepStrictEqual)(without(after, key), without(before, key)));
}
function txtAt(data, key) {
    const found = data.get(key);
    const records = found === undefined ? [] : Array.isArray(found) ? found : [found];
    const txt = records.find((record) => record instanceof Map && record.get('type') === 'TXT');
    if (!(txt instanceof Map))
        return { values: [], others: records };
    const values = txt.get('values') ?? txt.get('value') ?? [];
    const rest = new Map(txt);
    rest.delete('values');
    rest.delete('value');
    rest.delete('type');
    const others = [...records.filter((record) => record !== txt), ...(rest.size > 0 ? [rest] : [])];
    return { values: (Array.isArray(values) ? values : [values]).map(String), others };
}
function without(data, key) {
    return new Map([...data].filter(([each]) => each !== key));
}

;// CONCATENATED MODULE: ./lib/records/octodns/octodns.js






const octodns = {
    needsTxtValues: false,
    render: (record) => newZone('', record),
    merge(current, record, { path }) {
        const name = nameInZone(record.emailDomain, zoneOf(path), current ?? '');
        if (current === undefined || current.trim() === '')
            return newZone(name, record);
        return addTxtValue(current, {
            isName: (key) => (name === '' ? key === '' : toAscii(key) === name),
            name,
            value: escapeTxt(record.verificationCode),
        });
    },
};
function newZone(name, { verificationCode }) {
    const key = name === '' ? "''" : yamlScalar(name);
    return `---\n${key}:\n  type: TXT\n  value: ${yamlScalar(escapeTxt(verificationCode))}\n`;
}
function zoneOf(path) {
    const file = external_node_path_.posix.basename(path.replaceAll('\\', '/'));
    const zone = toAscii(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
    return zone.includes('.') ? zone : undefined;
}
function nameInZone(emailDomain, zone, text) {
    const relative = zone === undefined ? '' : (0,dns_name/* relativeName */.IC)(emailDomain, zone);
    if (relative !== undefined)
        return relative;
    throw new unreadable_text_error/* UnreadableTextError */.l(`this file holds the zone ${zone}, which does not contain ${emailDomain}`, { text, offset: 0 }, `Set record-file to the file of the zone that contains ${emailDomain}. octoDNS names it after the zone, for example example.com.yaml.`);
}
function toAscii(name) {
    const isAscii = /^[\x20-\x7e]*$/.test(name);
    return isAscii ? name.toLowerCase() : (0,external_node_url_.domainToASCII)(name);
}

// EXTERNAL MODULE: ./lib/records/own/own-file.js
var own_file = __webpack_require__(5448);
;// CONCATENATED MODULE: ./lib/records/own/dnscontrol.js

const DNSCONTROL_FILE = {
    comment: '//',
    header: [
        'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
        'Load it in dnsconfig.js after the D() calls of your zones: require("./THIS-FILE.js");',
    ],
    hint: 'Set record-file to a new file that only the action writes, for example cloudflare-sso.js, and require() it in dnsconfig.js.',
    render: extendStatement,
};
const dnscontrol = {
    needsTxtValues: false,
    render: extendStatement,
    merge: (current, record) => (0,own_file/* mergeOwnFile */.h)(DNSCONTROL_FILE, current, record),
};
function extendStatement({ emailDomain, verificationCode }) {
    return `D_EXTEND(${literal(emailDomain)}, TXT("@", ${literal(verificationCode)}));\n`;
}
function literal(text) {
    return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

// EXTERNAL MODULE: ./lib/records/own/terraform.js + 1 modules
var terraform = __webpack_require__(2441);
;// CONCATENATED MODULE: ./lib/domain/wildcard-loss.js
function wildcardLoss({ name, wildcard, types }) {
    const list = [...new Set(types)].sort().join(', ');
    return {
        problem: `${name} has its records (${list}) from the wildcard ${wildcard}, and would lose them with a record of its own (RFC 4592)`,
        hint: `First give ${name} records of its own of the types that it needs (${list}), as ${wildcard} has them, then run again.`,
    };
}

;// CONCATENATED MODULE: ./lib/records/zone/origin-from-path.js


const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;
function originFromPath(path, domain) {
    const file = (0,external_node_path_.basename)(external_node_path_.win32.basename(path)).toLowerCase();
    const bare = withoutExtensions(file);
    return [bare.replace(/^db\./, ''), bare, file].find((name) => name.includes('.') && (0,dns_name/* isAtOrBelow */.a5)(domain, name));
}
function withoutExtensions(file) {
    const shorter = file.replace(EXTENSION, '');
    return shorter === file ? file : withoutExtensions(shorter);
}

// EXTERNAL MODULE: ./lib/records/zone/presentation-format.js
var presentation_format = __webpack_require__(1341);
// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __webpack_require__(7289);
;// CONCATENATED MODULE: ./lib/records/zone/entries.js

const PIECE = /([ \t]+|;[^\n]*)|(\r\n?|\n)|([()])|"((?:[^"\\\n]|\\[^\n]){0,65535})"|((?:\\[^\r\n]|[^ \t\r\n();"]){1,65535})/y;
function readEntries(text) {
    const entries = [];
    const open = [];
    let start = 0;
    let tokens = [];
    function finish(end) {
        const [first, ...others] = tokens;
        const isIndented = text[start] === ' ' || text[start] === '\t';
        if (first !== undefined)
            entries.push({ start, end, isIndented, tokens: [first, ...others] });
        start = end;
        tokens = [];
    }
    for (let at = start; at < text.length; at = PIECE.lastIndex) {
        PIECE.lastIndex = at;
        const piece = PIECE.exec(text);
        if (piece === null) {
            throw new unreadable_text_error/* UnreadableTextError */.l('this quote is not closed on its line', { text, offset: at });
        }
        const [, , lineBreak, parenthesis, quoted, plain] = piece;
        if (parenthesis === '(')
            open.push(at);
        else if (parenthesis === ')' && open.pop() === undefined) {
            throw new unreadable_text_error/* UnreadableTextError */.l('this closing parenthesis has no opening one', { text, offset: at });
        }
        else if (lineBreak !== undefined && open.length === 0)
            finish(PIECE.lastIndex);
        const word = quoted ?? plain;
        if (word !== undefined)
            tokens.push({ text: word, isQuoted: quoted !== undefined, start: at });
    }
    const unclosed = open[0];
    if (unclosed !== undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l('this parenthesis is never closed', { text, offset: unclosed });
    }
    finish(text.length);
    return entries;
}

;// CONCATENATED MODULE: ./lib/records/zone/records.js




const TYPE_NUMBERS = {
    TYPE2: 'NS',
    TYPE5: 'CNAME',
    TYPE6: 'SOA',
    TYPE16: 'TXT',
    TYPE39: 'DNAME',
    TYPE46: 'RRSIG',
};
const SOA_FIELDS = 7;
function readZoneFile(text) {
    const state = {
        text,
        origin: '',
        owner: undefined,
        defaultTtlS: undefined,
        defaultTtl: 'last stated',
        lastTtlS: undefined,
    };
    const records = readEntries(text).flatMap((entry) => {
        const [first] = entry.tokens;
        const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith('$');
        if (!isDirective)
            return [readRecord(entry, state)];
        applyDirective(entry, state);
        return [];
    });
    const { origin, defaultTtl } = state;
    return { records, origin, defaultTtl, ttlS: state.defaultTtlS ?? state.lastTtlS };
}
function applyDirective({ tokens: [directive, value] }, state) {
    const name = directive.text.toUpperCase();
    if (['$INCLUDE', '$GENERATE', '$DATE'].includes(name))
        return;
    if (name !== '$ORIGIN' && name !== '$TTL') {
        throw unreadable(`unknown directive ${(0,untrusted/* printable */.g$)(directive.text, 40)}`, directive, state);
    }
    if (value === undefined)
        throw unreadable(`${name} has no value`, directive, state);
    if (name === '$ORIGIN')
        state.origin = resolveName(value, state);
    else {
        state.defaultTtlS = readTtl(value, state);
        state.defaultTtl = '$TTL';
    }
}
function resolveName({ text }, { origin }) {
    return (0,presentation_format/* nameBelow */.lX)(text === '@' ? '' : (0,presentation_format/* canonicalName */.Ew)(text), origin);
}
function readTtl(token, state) {
    const ttlS = (0,presentation_format/* parseTtl */.Kw)(token.text);
    if (ttlS === undefined)
        throw unreadable(`${(0,untrusted/* printable */.g$)(token.text, 40)} is not a valid TTL`, token, state);
    return ttlS;
}
function readRecord(entry, state) {
    const { origin } = state;
    const [first] = entry.tokens;
    const owner = entry.isIndented ? state.owner : resolveName(first, state);
    if (owner === undefined) {
        throw unreadable('this record has no owner name, and no record before it has one', first, state);
    }
    state.owner = owner;
    const { ttlToken, classToken, typeToken, data } = readFields(entry, state);
    const type = typeToken.text.toUpperCase();
    const record = { entry, owner, ttlToken, classToken, typeToken, data, origin };
    const read = { ...record, type: TYPE_NUMBERS[type] ?? type };
    if (read.type === 'SOA')
        checkSoa(read, state);
    const ttlS = effectiveTtl(read, state);
    return { ...read, ttlS, defaultTtl: state.defaultTtl };
}
function readFields({ tokens, isIndented }, state) {
    let ttlToken;
    let classToken;
    for (let index = isIndented ? 0 : 1; index < tokens.length; index++) {
        const token = tokens[index];
        if (token === undefined || token.isQuoted)
            break;
        if (ttlToken === undefined && /^\d/.test(token.text)) {
            readTtl(token, state);
            ttlToken = token;
        }
        else if (classToken === undefined && isClass(token, state)) {
            classToken = token;
        }
        else if (/^[a-z][a-z0-9-]*$/i.test(token.text)) {
            return { ttlToken, classToken, typeToken: token, data: tokens.slice(index + 1) };
        }
        else
            break;
    }
    throw unreadable('this is not a record: no type follows the owner name, TTL and class', tokens[0], state);
}
function isClass(token, state) {
    if (/^(IN|CLASS1)$/i.test(token.text))
        return true;
    if (/^(CH|CHAOS|HS|HESIOD|CS|CLASS\d+)$/i.test(token.text)) {
        const name = (0,untrusted/* printable */.g$)(token.text.toUpperCase(), 40);
        throw unreadable(`this record is of class ${name}, and the action supports only IN`, token, state);
    }
    return false;
}
function checkSoa({ data, typeToken }, state) {
    if (data.length < SOA_FIELDS) {
        const problem = `the SOA record has ${data.length} fields instead of ${SOA_FIELDS}`;
        throw unreadable(problem, typeToken, state);
    }
    const serial = data[2];
    if (serial === undefined)
        return;
    if (serial.isQuoted || !/^\d+$/.test(serial.text) || Number(serial.text) > 0xffff_ffff) {
        throw unreadable(`the SOA serial ${(0,untrusted/* printable */.g$)(serial.text, 40)} is not a 32-bit number`, serial, state);
    }
}
function unreadable(problem, { start }, { text }) {
    return new unreadable_text_error/* UnreadableTextError */.l(problem, { text, offset: start });
}
function effectiveTtl({ ttlToken, type, data }, state) {
    const minimum = data[SOA_FIELDS - 1];
    const isUnknown = state.defaultTtlS === undefined && state.lastTtlS === undefined;
    if (ttlToken !== undefined)
        state.lastTtlS = readTtl(ttlToken, state);
    else if (type === 'SOA' && isUnknown && minimum !== undefined) {
        state.defaultTtlS = readTtl(minimum, state);
        state.defaultTtl = 'SOA minimum';
    }
    return ttlToken === undefined ? (state.defaultTtlS ?? state.lastTtlS) : state.lastTtlS;
}

;// CONCATENATED MODULE: ./lib/records/zone/resolved-zone.js





function resolveZones(text, { emailDomain }, { path, zone }) {
    const file = readZoneFile(text);
    const soa = soaOf(file, text);
    const named = originFromPath(path, emailDomain);
    const evidence = zone ? 'record-zone' : soa.owner.endsWith('.') ? 'content' : named ? 'file name' : 'none';
    const reading = { file, text, soa, emailDomain: `${emailDomain}.`, evidence };
    const origin = evidence === 'content' ? soa.owner : `${zone?.name ?? named ?? emailDomain}.`;
    const taken = resolvedAt(origin, reading);
    checkApex(taken, zone?.name);
    if (evidence !== 'none')
        return [taken];
    const above = (0,dns_name/* selfAndAncestors */.Qy)(emailDomain).filter((name) => name !== emailDomain && name.includes('.'));
    return [taken, ...above.map((name) => resolvedAt(`${name}.`, reading))];
}
function resolvedAt(origin, { file, ...reading }) {
    return {
        ...file,
        ...reading,
        apex: (0,presentation_format/* nameBelow */.lX)(reading.soa.owner, origin),
        origin: (0,presentation_format/* nameBelow */.lX)(file.origin, origin),
        records: file.records.map((each) => ({
            ...each,
            owner: (0,presentation_format/* nameBelow */.lX)(each.owner, origin),
            origin: (0,presentation_format/* nameBelow */.lX)(each.origin, origin),
        })),
    };
}
function checkApex({ text, soa, apex, emailDomain, evidence }, zoneName) {
    const [name, held] = [withoutDot(emailDomain), withoutDot(apex)];
    const place = { text, offset: soa.entry.start };
    if (apex === '.') {
        throw new unreadable_text_error/* UnreadableTextError */.l(`the SOA record of this file is that of the root (.), so no DNS server loads it as the zone of ${name}`, place, 'Give the SOA record the name of the zone, with a dot at the end, as its owner.');
    }
    if (zoneName !== undefined && held !== zoneName) {
        throw new unreadable_text_error/* UnreadableTextError */.l(`this file holds the zone ${held}, but record-zone is ${zoneName}`, place, 'Set record-zone to the zone of the file, or record-file to the file of the zone.');
    }
    if ((0,dns_name/* isAtOrBelow */.a5)(emailDomain, apex))
        return;
    const hint = `Set record-file to the zone file of the zone that contains ${name}.`;
    throw new unreadable_text_error/* UnreadableTextError */.l(`this file holds the zone ${held}, which does not contain ${name}`, place, evidence === 'content' ? hint : `${hint} If this is that file, set record-zone to the name of the zone.`);
}
function soaOf({ records }, text) {
    const [soa, second] = records.filter(({ type }) => type === 'SOA');
    if (soa === undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l('this file has no SOA record, so its serial cannot be raised', { text, offset: 0 }, 'Set record-file to the zone file with the SOA record. The TXT record can go there even if other records are in included files.');
    }
    if (second !== undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l('this is a second SOA record, and a zone has only one', { text, offset: second.typeToken.start }, 'Remove one of the two and run again.');
    }
    return soa;
}
function withoutDot(name) {
    return name === '.' ? name : name.slice(0, -1);
}

;// CONCATENATED MODULE: ./lib/records/zone/can-take-txt.js




function checkCanTakeTxt(zones) {
    for (const zone of zones) {
        const obstacle = obstacleIn(zone);
        if (obstacle === undefined)
            continue;
        const { text, apex, evidence } = zone;
        const { problem, offset, hint } = obstacle;
        if (evidence !== 'none')
            throw new unreadable_text_error/* UnreadableTextError */.l(problem, { text, offset }, hint);
        throw new unreadable_text_error/* UnreadableTextError */.l(`nothing says which zone this file holds, and if it is ${withoutDot(apex)}, ${problem}`, { text, offset }, `Set record-zone to the zone of the file.${hint === undefined ? '' : ` If it is ${withoutDot(apex)}: ${hint}`}`);
    }
}
function obstacleIn(zone) {
    for (const record of zone.records) {
        const obstacle = obstacleAt(record, zone);
        if (obstacle !== undefined)
            return obstacle;
    }
    return lossIn(zone);
}
function obstacleAt({ type, owner, entry, typeToken }, { apex, emailDomain }) {
    const [name, isAbove] = [withoutDot(emailDomain), (0,dns_name/* isAtOrBelow */.a5)(emailDomain, owner)];
    const offset = entry.tokens[0].start;
    if (type === 'CNAME' && owner === emailDomain) {
        return {
            problem: `${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`,
            offset,
            hint: 'Replace the CNAME record with the records that it points to.',
        };
    }
    if (type === 'NS' && isAbove && owner !== apex && (0,dns_name/* isAtOrBelow */.a5)(owner, apex)) {
        const cut = withoutDot(owner);
        return {
            problem: `this zone delegates ${cut} to other servers, so a TXT record of ${name} in this file has no effect`,
            offset,
            hint: `Set record-file to the zone file of ${cut}.`,
        };
    }
    if (type === 'DNAME' && isAbove && owner !== emailDomain) {
        return {
            problem: `the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`,
            offset,
        };
    }
    if (type === 'RRSIG') {
        return {
            problem: 'this zone file is signed, and the new record would have no signature',
            offset: typeToken.start,
            hint: 'Set record-file to the zone file that you sign, not to the signed one.',
        };
    }
    return undefined;
}
function lossIn({ records, emailDomain, apex }) {
    const name = withoutDot(emailDomain);
    const owners = records.map(({ owner }) => withoutDot(owner));
    const wildcard = (0,dns_name/* wildcardFor */.K3)(name, withoutDot(apex), owners);
    const lost = records.filter(({ owner }) => wildcard !== undefined && owner === `${wildcard}.`);
    const [first] = lost;
    if (wildcard === undefined || first === undefined)
        return undefined;
    const types = lost.map(({ type }) => type);
    return { ...wildcardLoss({ name, wildcard, types }), offset: first.entry.tokens[0].start };
}

;// CONCATENATED MODULE: ./lib/records/zone/record-line.js
const TAB_WIDTH = 8;
function lineLike(neighbour, { owner, ttl, data }, text) {
    const { ttlToken, classToken, typeToken, entry } = neighbour;
    const [firstData] = neighbour.data;
    const head = text.slice(entry.start, (firstData ?? typeToken).start);
    const columnOf = (token) => token === undefined || head.includes('\n') ? 0 : visualWidth(text.slice(entry.start, token.start));
    const timeAndClass = [
        { word: ttl, column: columnOf(ttlToken) },
        { word: classToken?.text, column: columnOf(classToken) },
    ];
    const isClassFirst = (classToken?.start ?? 0) < (ttlToken?.start ?? 0) && classToken !== undefined;
    const fields = [
        ...(isClassFirst ? timeAndClass.toReversed() : timeAndClass),
        { word: 'TXT', column: columnOf(typeToken) },
        { word: data, column: columnOf(firstData) },
    ];
    const usesTabs = head.includes('\t');
    return fields.reduce((line, { word, column }) => (word === undefined ? line : `${padded(line, column, usesTabs)}${word}`), owner);
}
function visualWidth(text) {
    return [...text].reduce((width, character) => width + (character === '\t' ? toNextStop(width) : 1), 0);
}
function toNextStop(width) {
    return TAB_WIDTH - (width % TAB_WIDTH);
}
function padded(line, column, usesTabs) {
    const width = visualWidth(line);
    if (width >= column)
        return `${line}${usesTabs ? '\t' : ' '}`;
    if (!usesTabs || width + toNextStop(width) > column)
        return `${line}${' '.repeat(column - width)}`;
    return width + toNextStop(width) === column ? `${line}\t` : padded(`${line}\t`, column, usesTabs);
}

;// CONCATENATED MODULE: ./lib/records/zone/soa-serial.js
const MODULUS = 2 ** 32;
function nextSerial(serial, nowMs) {
    const next = (serial + 1) % MODULUS;
    const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
    const firstOfToday = Number(`${today}01`);
    if (serial === Number(today))
        return firstOfToday;
    return isDateSerial(serial) ? Math.max(next, firstOfToday) : next || 1;
}
function isDateSerial(serial) {
    const parts = /^((?:199|20\d)\d)(\d\d)(\d\d)\d\d$/.exec(String(serial));
    if (parts === null)
        return false;
    const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

;// CONCATENATED MODULE: ./lib/records/zone/bind.js








const RENDERED_TTL_S = 3600;
const bind = {
    needsTxtValues: false,
    allowsAnyBytes: true,
    render({ emailDomain, verificationCode }) {
        return [`${emailDomain}.`, RENDERED_TTL_S, 'IN', 'TXT', (0,presentation_format/* quotedStrings */.Lx)(verificationCode)].join('\t');
    },
    merge(current, record, target) {
        if (current === undefined) {
            throw new unreadable_text_error/* UnreadableTextError */.l('this zone file does not exist', { text: '', offset: 0 }, 'Set record-file to an existing zone file. The action can add a record to a zone, but cannot create a zone.');
        }
        const zones = resolveZones(current, record, target);
        const [zone] = zones;
        if (zones.some(({ records }) => records.some((each) => isSsoRecord(each, record))))
            return current;
        checkCanTakeTxt(zones);
        return (0,text_edits/* applyEdits */.ct)(current, [raiseSerial(zone, target), addRecord(zone, record)]);
    },
    describeZone(current, record, target) {
        const [{ apex, evidence }] = resolveZones(current ?? '', record, target);
        if (evidence === 'content' || evidence === 'record-zone')
            return undefined;
        const why = evidence === 'file name'
            ? 'as the name of the file says'
            : 'because neither the file nor its name says which it is; record-zone does';
        return `taken for the zone ${withoutDot(apex)}, ${why}`;
    },
};
function isSsoRecord({ owner, type, data }, { emailDomain, verificationCode }) {
    const codeBytes = Buffer.from(verificationCode).toString('latin1');
    return owner === `${emailDomain}.` && type === 'TXT' && txtBytes(data) === codeBytes;
}
function txtBytes(data) {
    const [mark, , ...digits] = data;
    if (mark?.text !== '\\#' || mark.isQuoted)
        return data.map(({ text }) => (0,presentation_format/* bytesOfString */.QT)(text)).join('');
    const bytes = Buffer.from(digits.map(({ text }) => text).join(''), 'hex');
    const strings = [];
    for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
        strings.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)));
    }
    return strings.join('');
}
function raiseSerial({ soa }, { nowMs }) {
    const serial = soa.data[2];
    if (serial === undefined)
        throw new TypeError('the SOA record was read without a serial');
    const { start, text } = serial;
    return { start, end: start + text.length, text: String(nextSerial(Number(text), nowMs)) };
}
function addRecord(zone, { verificationCode }) {
    const atName = zone.records.filter(({ owner }) => owner === zone.emailDomain);
    const sibling = atName.findLast(({ type }) => type === 'TXT');
    const before = zone.evidence === 'none' ? undefined : (sibling ?? atName.at(-1));
    const neighbour = before ?? zone.records.at(-1) ?? zone.soa;
    const line = lineLike(neighbour, {
        owner: ownerAfter(before, zone),
        ttl: ttlToState(sibling, neighbour, before ?? zone),
        data: (0,presentation_format/* quotedStrings */.Lx)(verificationCode),
    }, zone.text);
    return insertLine(zone.text, before?.entry.end ?? zone.text.length, line);
}
function ttlToState(sibling, neighbour, inForce) {
    if (sibling?.ttlToken !== undefined)
        return sibling.ttlToken.text;
    if (sibling?.ttlS !== undefined && sibling.ttlS !== inForce.ttlS)
        return String(sibling.ttlS);
    if (inForce.defaultTtl === '$TTL')
        return undefined;
    if (neighbour.ttlToken !== undefined)
        return neighbour.ttlToken.text;
    return inForce.defaultTtl === 'SOA minimum' || inForce.ttlS === undefined
        ? undefined
        : String(inForce.ttlS);
}
function ownerAfter(before, zone) {
    if (before?.entry.isIndented === false)
        return before.entry.tokens[0].text;
    const { emailDomain, evidence } = zone;
    const { origin } = before ?? zone;
    if (evidence === 'none' || origin === '.' || !(0,dns_name/* isAtOrBelow */.a5)(emailDomain, origin))
        return emailDomain;
    return emailDomain === origin ? '@' : emailDomain.slice(0, -origin.length - 1);
}
function insertLine(text, offset, line) {
    const isAtLineStart = offset === 0 || /[\r\n]/.test(text.charAt(offset - 1));
    return (0,text_edits/* insertAt */.PT)(offset, isAtLineStart ? `${line}${(0,text_edits/* lineBreakOf */.n_)(text)}` : `${(0,text_edits/* lineBreakOf */.n_)(text)}${line}`);
}

;// CONCATENATED MODULE: ./lib/records/formats.js






const RECORD_FORMATS = {
    bind: bind,
    octodns: octodns,
    dnscontrol: dnscontrol,
    terraform: terraform/* terraform */.v,
    tfvars: tfvars,
    json: json,
};


/***/ })

};
