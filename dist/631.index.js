export const id = 631;
export const ids = [631];
export const modules = {

/***/ 4631:
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

// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __webpack_require__(7289);
// EXTERNAL MODULE: ./lib/records/own/hcl.js
var hcl = __webpack_require__(9138);
// EXTERNAL MODULE: ./lib/records/own/terraform.js
var terraform = __webpack_require__(6517);
;// CONCATENATED MODULE: ./lib/records/terraform/can-take-txt.js



function checkCanTakeTxt(text, all, { emailDomain, zone }) {
    if (zone === undefined || zone === emailDomain)
        return;
    const inZone = all.filter(({ wholeName }) => wholeName !== undefined && (0,dns_name/* isAtOrBelow */.a5)(wholeName, zone));
    const alone = inZone.find(({ wholeName, recordType }) => wholeName === emailDomain && recordType === 'CNAME');
    if (alone !== undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l(`${emailDomain} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`, { text, offset: alone.block.start }, 'Replace the CNAME record with the records that it points to.');
    }
    const cut = inZone.find(({ wholeName = '', recordType }) => recordType === 'NS' && wholeName !== zone && (0,dns_name/* isAtOrBelow */.a5)(emailDomain, wholeName));
    if (cut !== undefined) {
        throw new unreadable_text_error/* UnreadableTextError */.l(`this zone delegates ${cut.wholeName} to other servers, so a TXT record of ${emailDomain} in this file has no effect`, { text, offset: cut.block.start }, `Set record-file to the file with the records of the zone ${cut.wholeName}.`);
    }
    checkWildcard(text, inZone, { emailDomain, zone });
}
function checkWildcard(text, inZone, { emailDomain, zone }) {
    const existing = new Set([zone, ...inZone.flatMap(({ wholeName }) => (0,dns_name/* selfAndAncestors */.Qy)(wholeName ?? ''))]);
    const encloser = (0,dns_name/* selfAndAncestors */.Qy)(emailDomain).find((name) => existing.has(name));
    if (encloser === emailDomain)
        return;
    const lost = inZone.filter(({ wholeName }) => wholeName === `*.${encloser}`);
    const [first] = lost;
    if (first === undefined)
        return;
    const all = new Set(lost.map(({ recordType }) => recordType ?? 'unknown'));
    const types = (0,untrusted/* printable */.g$)([...all].sort().join(', '), 100);
    throw new unreadable_text_error/* UnreadableTextError */.l(`${emailDomain} has its records (${types}) from the wildcard *.${encloser}, and would lose them with a record of its own (RFC 4592)`, { text, offset: first.block.start }, `First give ${emailDomain} records of its own of the types that it needs (${types}), then run again.`);
}

;// CONCATENATED MODULE: ./lib/records/terraform/list-edits.js

function list_edits_indentAt(text, offset) {
    const line = text.slice((0,text_edits/* lineStart */.gf)(text, offset), offset);
    return /^[ \t]*/.exec(line)?.[0] ?? '';
}
function indentStep(indent) {
    return indent.includes('\t') ? '\t' : '  ';
}
function addItem(text, list, item) {
    const last = list.items.at(-1);
    const [first] = list.items;
    if (last === undefined || first === undefined)
        return [fillEmpty(text, list, item)];
    if (last.kind === 'heredoc')
        return [(0,text_edits/* insertAt */.PT)(first.start, `${item},${before(text, list, first.start)}`)];
    if (list.lineBreak === undefined)
        return [(0,text_edits/* insertAt */.PT)(last.end, `${separator(text, list)}${item}`)];
    const isBesideBracket = (0,text_edits/* lineStart */.gf)(text, last.start) === (0,text_edits/* lineStart */.gf)(text, list.start);
    const outer = list_edits_indentAt(text, last.start);
    const indent = isBesideBracket ? outer + indentStep(outer) : outer;
    const isOpen = list.afterLastComma === undefined;
    const line = (0,text_edits/* insertAt */.PT)(list.lineBreak, `${(0,text_edits/* lineBreakOf */.n_)(text)}${indent}${item}${isOpen ? '' : ','}`);
    return isOpen ? [line, addComma(text, last.end)] : [line];
}
function addComma(text, end) {
    const hasRoom = /^ {2,}(?:#|\/\/|\/\*)/.test(text.slice(end, end + 200));
    return { start: end, end: hasRoom ? end + 1 : end, text: ',' };
}
function fillEmpty(text, list, item) {
    if (list.lineBreak === undefined)
        return (0,text_edits/* insertAt */.PT)(list.end - 1, item);
    const outer = list_edits_indentAt(text, list.start);
    const indent = outer + indentStep(outer);
    return (0,text_edits/* insertAt */.PT)(list.lineBreak, `${(0,text_edits/* lineBreakOf */.n_)(text)}${indent}${item},`);
}
function separator(text, { items }) {
    const [previous, last] = items.slice(-2);
    const between = previous && last ? text.slice(previous.end, last.start) : '';
    return /^,[ \t]*$/.test(between) ? between : ', ';
}
function before(text, list, first) {
    const isOnLineOfBracket = (0,text_edits/* lineStart */.gf)(text, first) === (0,text_edits/* lineStart */.gf)(text, list.start);
    return isOnLineOfBracket ? ' ' : `${(0,text_edits/* lineBreakOf */.n_)(text)}${list_edits_indentAt(text, first)}`;
}
function addBlockLike(text, sibling, value) {
    const newline = (0,text_edits/* lineBreakOf */.n_)(text);
    const indent = list_edits_indentAt(text, sibling.start);
    const [argument] = sibling.attributes.values();
    const shown = `${argument?.name} = ${value}`;
    const isOneLine = !text.slice(sibling.start, sibling.end).includes('\n');
    const inner = isOneLine || argument === undefined ? '' : list_edits_indentAt(text, argument.start);
    const body = isOneLine ? ` ${shown} ` : `${newline}${inner}${shown}${newline}${indent}`;
    return (0,text_edits/* insertAt */.PT)(sibling.lineEnd, `${newline}${indent}${sibling.type} {${body}}`);
}

;// CONCATENATED MODULE: ./lib/records/terraform/refusals.js

const TFVARS = 'record-format: tfvars writes all TXT texts of the name as a variable for your own resource: see "Terraform" in docs/records-as-code.md.';
function refusal(text, { problem, offset, remedy }) {
    return new unreadable_text_error/* UnreadableTextError */.l(problem, { text, offset }, remedy === undefined ? TFVARS : `${remedy} Or: ${TFVARS}`);
}

;// CONCATENATED MODULE: ./lib/records/terraform/cloudflare.js






const COMMENT = 'Cloudflare dashboard SSO, made by a GitHub Action';
const AUTOMATIC_TTL = '1';
function addCloudflareRecord(text, file, all, destination) {
    const sibling = siblingOf(text, all, destination);
    checkCanTakeTxt(text, all, { emailDomain: destination.emailDomain, zone: sibling.zone });
    const block = newResource(text, file, sibling, destination);
    const newline = (0,text_edits/* lineBreakOf */.n_)(text);
    return (0,text_edits/* insertAt */.PT)(sibling.block.lineEnd, `${newline}${newline}${block.join(newline)}`);
}
function siblingOf(text, all, { emailDomain }) {
    const here = all.filter(({ whereabouts }) => whereabouts === 'here');
    const inZone = all.filter((each) => isInZoneOf(each, emailDomain));
    const candidates = here.length > 0 ? here : inZone;
    const usable = candidates.filter(({ block }) => repetition(block) === undefined);
    const [first] = usable;
    if (first === undefined)
        throw refusal(text, noSibling(all, candidates, emailDomain));
    const zones = new Map(usable.map((each) => [zoneExpression(text, each), each]));
    const [, other] = [...zones.values()];
    if (other !== undefined) {
        throw refusal(text, {
            problem: `the records of ${emailDomain} in this file are of more than one zone`,
            offset: other.block.start,
            remedy: 'Set record-file to a file with the records of one zone.',
        });
    }
    return (usable.findLast(({ recordType, whereabouts }) => recordType === 'TXT' && whereabouts === 'here') ??
        usable.at(-1) ??
        first);
}
function isInZoneOf({ zone, name }, emailDomain) {
    if (zone !== undefined)
        return (0,dns_name/* isAtOrBelow */.a5)(emailDomain, zone);
    return name !== undefined && (0,dns_name/* isAtOrBelow */.a5)(name, emailDomain);
}
function noSibling(all, candidates, emailDomain) {
    const [repeated] = candidates;
    if (repeated !== undefined) {
        return {
            problem: 'this resource stands for several, so no other one can be made after it',
            offset: repetition(repeated.block)?.start ?? repeated.block.start,
            remedy: `Write one record of the zone of ${emailDomain} as a resource of its own.`,
        };
    }
    return {
        problem: `nothing in this file shows that its records are in the zone of ${emailDomain}`,
        offset: all[0]?.block.start ?? 0,
        remedy: 'If they are, set record-zone to that zone.',
    };
}
function repetition({ attributes }) {
    return attributes.get('for_each') ?? attributes.get('count');
}
function zoneExpression(text, { block, provider }) {
    const value = block.attributes.get(provider.zoneArgument)?.value;
    return value === undefined ? undefined : text.slice(value.start, value.end);
}
function newResource(text, file, { block, provider, resourceType, whereabouts }, { emailDomain, verificationCode }) {
    const [argument] = block.attributes.values();
    const outer = list_edits_indentAt(text, block.start);
    const indent = argument === undefined ? outer + indentStep(outer) : list_edits_indentAt(text, argument.start);
    const copied = (name) => {
        const value = block.attributes.get(name)?.value;
        return value === undefined ? [] : [[name, text.slice(value.start, value.end)]];
    };
    const content = block.attributes.has('value') ? 'value' : 'content';
    const all = [
        ...copied('provider'),
        ...copied(provider.zoneArgument),
        ...(whereabouts === 'here' ? copied('name') : [['name', (0,hcl/* hclString */.Z)(emailDomain)]]),
        ['type', '"TXT"'],
        [content, (0,hcl/* hclString */.Z)(provider.write(verificationCode))],
        ['ttl', AUTOMATIC_TTL],
        ['comment', (0,hcl/* hclString */.Z)(COMMENT)],
    ];
    const width = Math.max(...all.map(([name]) => name.length));
    return [
        `${outer}resource "${resourceType}" "${freeName(file, resourceType, emailDomain)}" {`,
        ...all.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}`),
        `${outer}}`,
    ];
}
function freeName({ blocks }, resourceType, emailDomain) {
    const taken = new Set(blocks.filter(({ labels }) => labels[0] === resourceType).map(({ labels }) => labels[1]));
    const name = `sso_${(0,hcl/* hclIdentifier */.x)(emailDomain)}`;
    let free = name;
    for (let number = 2; taken.has(free); number++)
        free = `${name}_${number}`;
    return free;
}

// EXTERNAL MODULE: ./lib/records/zone/presentation-format.js
var presentation_format = __webpack_require__(1341);
;// CONCATENATED MODULE: ./lib/records/terraform/values.js
const ZONE_NAMES = {
    aws_route53_zone: ['name'],
    azurerm_dns_zone: ['name'],
    cloudflare_zone: ['name', 'zone'],
    google_dns_managed_zone: ['dns_name'],
};
function textOf(expression, file) {
    if (expression?.kind === 'text')
        return expression.value;
    if (expression?.kind === 'template') {
        const parts = expression.parts.map((part) => (typeof part === 'string' ? part : textOf(part, file)));
        return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    if (expression?.kind !== 'reference')
        return undefined;
    const block = zoneBlock(expression, file);
    const argument = zoneNameArgument(block);
    return argument === expression.path.at(-1) ? literalArgument(block, argument) : undefined;
}
function zoneBlock(expression, file) {
    if (expression?.kind === 'template') {
        const [only, ...others] = expression.parts;
        return others.length === 0 && typeof only === 'object' ? zoneBlock(only, file) : undefined;
    }
    if (expression?.kind !== 'reference')
        return undefined;
    const [first = ''] = expression.path;
    const isMarked = first === 'data' || first === 'resource';
    const [type, name, ...rest] = isMarked ? expression.path.slice(1) : expression.path;
    if (rest.length !== 1)
        return undefined;
    return file.blocks.find(({ type: blockType, labels }) => blockType === (first === 'data' ? 'data' : 'resource') && labels[0] === type && labels[1] === name);
}
function zoneNameIn(block) {
    const name = literalArgument(block, zoneNameArgument(block));
    return name === undefined ? undefined : plainName(name);
}
function isPrivateZone({ attributes, blocks }) {
    const isMarked = attributes.get('private_zone')?.value;
    const visibility = attributes.get('visibility')?.value;
    return (blocks.some(({ type }) => type === 'vpc') ||
        (isMarked?.kind === 'constant' && isMarked.word === 'true') ||
        (visibility?.kind === 'text' && visibility.value === 'private'));
}
function zoneNameArgument(block) {
    const type = block?.labels[0] ?? '';
    const names = Object.hasOwn(ZONE_NAMES, type) ? ZONE_NAMES[type] : undefined;
    return names?.find((name) => block?.attributes.has(name));
}
function literalArgument(block, argument) {
    const value = block?.attributes.get(argument ?? '')?.value;
    return value?.kind === 'text' ? value.value : undefined;
}
function plainName(text) {
    return text.toLowerCase().replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./lib/records/terraform/providers.js


const referredZone = (argument) => (block, file) => zoneNameIn(zoneBlock(block.attributes.get(argument)?.value, file));
const route53 = {
    values: { kind: 'list', argument: 'records' },
    zoneArgument: 'zone_id',
    isAlwaysRelative: false,
    apexNames: [''],
    zoneOf: referredZone('zone_id'),
    write: (text) => stringsIn((0,presentation_format/* quotedStrings */.Lx)(text)).join('""'),
    read: (value) => joinedStrings(`"${value}"`),
};
const google = {
    values: { kind: 'list', argument: 'rrdatas' },
    zoneArgument: 'managed_zone',
    isAlwaysRelative: false,
    apexNames: [],
    zoneOf: referredZone('managed_zone'),
    write: presentation_format/* quotedStrings */.Lx,
    read: joinedStrings,
};
const azure = {
    values: { kind: 'blocks', block: 'record', argument: 'value' },
    zoneArgument: 'zone_name',
    isAlwaysRelative: true,
    apexNames: ['@'],
    zoneOf: (block, file) => {
        const name = textOf(block.attributes.get('zone_name')?.value, file);
        return name === undefined ? undefined : plainName(name);
    },
    write: (text) => text,
    read: (value) => value,
};
const cloudflare = {
    values: { kind: 'single', arguments: ['content', 'value'] },
    zoneArgument: 'zone_id',
    isAlwaysRelative: false,
    apexNames: ['', '@'],
    zoneOf: referredZone('zone_id'),
    write: presentation_format/* quotedStrings */.Lx,
    read: joinedStrings,
};
const PROVIDERS = {
    aws_route53_record: route53,
    google_dns_record_set: google,
    azurerm_dns_txt_record: azure,
    cloudflare_dns_record: cloudflare,
    cloudflare_record: cloudflare,
};
function joinedStrings(value) {
    const trimmed = value.trim();
    if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed))
        return bytes(trimmed);
    return stringsIn(trimmed).map(bytes).join('');
}
function stringsIn(data) {
    return (data.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).map((string) => string.slice(1, -1));
}
function bytes(text) {
    return Buffer.from((0,presentation_format/* bytesOfString */.QT)(text), 'latin1').toString();
}

;// CONCATENATED MODULE: ./lib/records/terraform/dns-records.js



function dnsResources(file, destination) {
    return file.blocks.flatMap((block) => {
        const [resourceType = ''] = block.labels;
        const provider = Object.hasOwn(PROVIDERS, resourceType) ? PROVIDERS[resourceType] : undefined;
        if (block.type !== 'resource' || provider === undefined)
            return [];
        const zoneReference = zoneBlock(block.attributes.get(provider.zoneArgument)?.value, file);
        if (zoneReference !== undefined && isPrivateZone(zoneReference))
            return [];
        const type = block.attributes.get('type')?.value;
        const recordType = provider.values.kind === 'blocks' ? 'TXT' : textOf(type, file)?.toUpperCase();
        const zone = provider.zoneOf(block, file) ?? destination.statedZone;
        const place = locate(block, file, { provider, zone, ...destination });
        return [{ block, resourceType, provider, recordType, zone, ...place }];
    });
}
function locate(block, file, { provider, zone, emailDomain }) {
    const written = textOf(block.attributes.get('name')?.value, file)?.toLowerCase();
    if (written === undefined)
        return { name: undefined, wholeName: undefined, whereabouts: 'unknown' };
    const isApex = provider.apexNames.includes(written);
    const plain = plainName(written);
    const isWhole = written.endsWith('.') ||
        (!provider.isAlwaysRelative &&
            !isApex &&
            (zone === undefined ? plain === emailDomain : (0,dns_name/* isAtOrBelow */.a5)(plain, zone)));
    const whole = isWhole ? plain : zone !== undefined && (isApex ? zone : `${plain}.${zone}`);
    if (whole !== false) {
        return { name: plain, wholeName: whole, whereabouts: whole === emailDomain ? 'here' : 'elsewhere' };
    }
    const isPossible = isApex || emailDomain.startsWith(`${plain}.`);
    return { name: plain, wholeName: undefined, whereabouts: isPossible ? 'here-if-zone' : 'elsewhere' };
}
function valuesOf({ block, provider: { values } }) {
    if (values.kind === 'list') {
        const list = block.attributes.get(values.argument)?.value;
        return list?.kind === 'list' ? list.items : [];
    }
    if (values.kind === 'single') {
        return values.arguments.flatMap((name) => block.attributes.get(name)?.value ?? []);
    }
    return block.blocks
        .filter(({ type }) => type === values.block)
        .flatMap(({ attributes }) => attributes.get(values.argument)?.value ?? []);
}
function holdsText(resource, text) {
    return valuesOf(resource).some((value) => value.kind === 'text' && resource.provider.read(value.value) === text);
}

;// CONCATENATED MODULE: ./lib/records/terraform/expressions.js
const BINARY_OPERATORS = ['||', '&&', '==', '!=', '>', '<', '>=', '<=', '+', '-', '*', '/', '%'];
function readExpression(reader) {
    return reader.nested(() => {
        const first = readOperand(reader);
        let isPlain = true;
        while (BINARY_OPERATORS.some((operator) => reader.takes(operator))) {
            isPlain = false;
            readOperand(reader);
        }
        if (reader.takes('?')) {
            isPlain = false;
            readExpression(reader);
            reader.expect(':');
            readExpression(reader);
        }
        return isPlain ? first : other(reader, first.start);
    });
}
function other(reader, start) {
    return { kind: 'other', start, end: reader.lastEnd };
}
function readOperand(reader) {
    const { start } = reader.peek();
    let hasOperator = false;
    while (reader.takes('-') || reader.takes('!'))
        hasOperator = true;
    const operand = readTraversals(reader, readTerm(reader));
    return hasOperator ? other(reader, start) : operand;
}
function readTraversals(reader, from) {
    let expression = from;
    for (;;) {
        if (reader.takes('.'))
            expression = readStep(reader, expression);
        else if (reader.takes('[')) {
            readIndex(reader);
            expression = other(reader, from.start);
        }
        else
            return expression;
    }
}
function readStep(reader, from) {
    const { text } = reader.peek();
    if (takesIndexWithDot(reader))
        return other(reader, from.start);
    if (reader.takes('*')) {
        while (reader.takes('.'))
            if (!takesIndexWithDot(reader))
                readName(reader);
        return other(reader, from.start);
    }
    readName(reader);
    if (from.kind !== 'reference')
        return other(reader, from.start);
    return { ...from, path: [...from.path, text], end: reader.lastEnd };
}
function takesIndexWithDot(reader) {
    const { kind, text } = reader.peek();
    const isIndex = kind === 'number' && !text.includes('.');
    if (isIndex)
        reader.read();
    return isIndex;
}
function readName(reader) {
    reader.expectKind('identifier', 'a name');
}
function readIndex(reader) {
    if (reader.takes('*')) {
        reader.expect(']');
        return;
    }
    reader.within(false, () => {
        readExpression(reader);
        reader.expect(']');
    });
}
function readTerm(reader) {
    const { kind, start, text } = reader.peek();
    if (kind === 'open')
        return readTemplate(reader);
    if (kind === 'identifier') {
        reader.read();
        if (reader.isAt('(') || reader.isAt('::'))
            return readCall(reader, start);
        const place = { start, end: reader.lastEnd };
        if (['true', 'false', 'null'].includes(text))
            return { kind: 'constant', word: text, ...place };
        return { kind: 'reference', path: [text], ...place };
    }
    if (kind === 'number') {
        if (!/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text))
            throw reader.problem('this is not a number', start);
        reader.read();
        return other(reader, start);
    }
    if (reader.takes('['))
        return reader.within(false, () => readList(reader, start));
    if (reader.takes('{'))
        return readObject(reader, start);
    if (!reader.takes('('))
        throw reader.unexpected('a value');
    reader.within(false, () => {
        readExpression(reader);
        reader.expect(')');
    });
    return other(reader, start);
}
function readCall(reader, start) {
    while (reader.takes('::'))
        reader.expectKind('identifier', 'the name of a function');
    reader.expect('(');
    reader.within(false, () => {
        while (!reader.takes(')')) {
            readExpression(reader);
            if (reader.takes('...')) {
                reader.expect(')');
                return;
            }
            if (!reader.isAt(')'))
                reader.expect(',');
        }
    });
    return other(reader, start);
}
function readList(reader, start) {
    if (reader.isAt('for'))
        return readFor(reader, start, ']');
    const items = [];
    let afterLastComma;
    let lineBreak = reader.lineBreakAhead();
    while (!reader.isAt(']')) {
        items.push(readExpression(reader));
        lineBreak = reader.lineBreakAhead();
        const comma = reader.isAt(']') ? undefined : reader.expect(',');
        afterLastComma = comma?.end;
        if (comma !== undefined)
            lineBreak = reader.lineBreakAhead();
    }
    reader.read();
    return {
        kind: 'list',
        items,
        afterLastComma,
        lineBreak,
        start,
        end: reader.lastEnd,
    };
}
function readObject(reader, start) {
    if (reader.within(false, () => reader.isAt('for'))) {
        return reader.within(false, () => readFor(reader, start, '}'));
    }
    reader.within(true, () => {
        for (;;) {
            while (reader.peek().kind === 'newline')
                reader.read();
            if (reader.takes('}'))
                return;
            readExpression(reader);
            if (!reader.takes('='))
                reader.expect(':');
            readExpression(reader);
            if (reader.peek().kind !== 'newline' && !reader.takes(',') && !reader.isAt('}')) {
                throw reader.unexpected('a comma or a line break');
            }
        }
    });
    return other(reader, start);
}
function readFor(reader, start, close) {
    readForIntroduction(reader);
    reader.expect(':');
    readExpression(reader);
    if (close === '}') {
        reader.expect('=>');
        readExpression(reader);
        reader.takes('...');
    }
    if (reader.takes('if'))
        readExpression(reader);
    reader.expect(close);
    return other(reader, start);
}
function readForIntroduction(reader) {
    reader.expect('for');
    readName(reader);
    if (reader.takes(','))
        readName(reader);
    reader.expect('in');
    readExpression(reader);
}
function readTemplate(reader) {
    const open = reader.read();
    const isHeredoc = open.text !== '"';
    const state = { isHeredoc, parts: [], openDirectives: [], isComputed: false };
    for (let token = reader.read(); token.kind !== 'close'; token = reader.read()) {
        if (token.kind === 'literal')
            addLiteral(state, isHeredoc ? token.text : meaningOf(reader, token));
        else
            readSequence(reader, token.text, state);
    }
    const { parts, openDirectives, isComputed } = state;
    if (openDirectives.length > 0)
        throw reader.problem('a template directive has no end', open.start);
    const place = { start: open.start, end: reader.lastEnd };
    const isText = !isComputed && parts.every((part) => typeof part === 'string');
    if (isHeredoc)
        return { kind: isText ? 'heredoc' : 'other', ...place };
    if (isText)
        return { kind: 'text', value: parts.join(''), ...place };
    return isComputed ? { kind: 'other', ...place } : { kind: 'template', parts, ...place };
}
function addLiteral({ parts }, literal) {
    const before = parts.at(-1);
    if (typeof before === 'string')
        parts[parts.length - 1] = before + literal;
    else
        parts.push(literal);
}
function readSequence(reader, open, state) {
    const isDirective = open.startsWith('%');
    const close = reader.within(false, () => {
        if (isDirective)
            readDirective(reader, state.openDirectives);
        else
            state.parts.push(readExpression(reader));
        return reader.expectKind('sequence-end', '"}"');
    });
    if (isDirective || open.endsWith('~') || close.text.startsWith('~'))
        state.isComputed = true;
}
const DIRECTIVES = {
    if: ['else', 'endif'],
    else: ['endif'],
    for: ['endfor'],
};
function readDirective(reader, open) {
    const { text, start } = reader.peek();
    if (text === 'for') {
        readForIntroduction(reader);
    }
    else {
        reader.expectKind('identifier', 'the name of a directive');
        const isFirst = text === 'if';
        if (isFirst)
            readExpression(reader);
        else if (DIRECTIVES[open.pop() ?? '']?.includes(text) !== true) {
            throw reader.problem('this directive has no beginning', start);
        }
    }
    if (text in DIRECTIVES)
        open.push(text);
}
const ESCAPES = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
function meaningOf(reader, { text, start }) {
    if (text === '$${' || text === '%%{')
        return text.slice(1);
    if (!text.startsWith('\\'))
        return text;
    const short = ESCAPES[text.charAt(1)];
    if (short !== undefined)
        return short;
    const codePoint = Number.parseInt(text.slice(2), 16);
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (isSurrogate || codePoint > 0x10ffff)
        throw reader.problem('there is no such character', start);
    return String.fromCodePoint(codePoint);
}

;// CONCATENATED MODULE: ./lib/records/terraform/tokens.js


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
    #tokens = [];
    #modes = [];
    #at = 0;
    constructor(text) {
        this.#text = text;
    }
    tokens() {
        while (this.#at < this.#text.length) {
            const mode = this.#modes.at(-1);
            if (mode === undefined || mode.kind === 'code')
                this.#readCode(mode);
            else if (mode.kind === 'quoted')
                this.#readQuoted();
            else
                this.#readHeredoc(mode);
        }
        const open = this.#modes[0];
        if (open !== undefined)
            throw this.#problem(`this ${NAMES[open.kind]} is never closed`, open.start);
        this.#add('end', 0);
        return this.#tokens;
    }
    #readCode(mode) {
        this.#skip();
        const start = this.#at;
        if (start === this.#text.length)
            return;
        const character = this.#text[start];
        if (character === '"') {
            this.#add('open', 1);
            this.#modes.push({ kind: 'quoted', start });
        }
        else if (mode?.depth === 0 && this.#endsSequence()) {
            this.#add('sequence-end', character === '~' ? 2 : 1);
            this.#modes.pop();
        }
        else if (this.#text.startsWith('/*', start))
            throw this.#problem('this comment is never closed', start);
        else if (!this.#openHeredoc() && !this.#readWord()) {
            throw this.#problem(`the character ${(0,untrusted/* printable */.g$)(this.#character(), 40)} has no meaning here`, start);
        }
        if (mode === undefined || this.#modes.at(-1) !== mode)
            return;
        if (character === '{')
            mode.depth++;
        if (character === '}')
            mode.depth--;
    }
    #endsSequence() {
        return this.#text[this.#at] === '}' || this.#text.startsWith('~}', this.#at);
    }
    #openHeredoc() {
        HEREDOC.lastIndex = this.#at;
        const found = HEREDOC.exec(this.#text);
        if (found === null)
            return false;
        const start = this.#at;
        this.#add('open', found[0].length);
        this.#modes.push({ kind: 'heredoc', start, marker: found[1] ?? '', isLineStart: true });
        return true;
    }
    #readWord() {
        return (this.#take('newline', NEWLINE) ||
            this.#take('identifier', IDENTIFIER) ||
            this.#take('number', NUMBER) ||
            this.#take('symbol', SYMBOL));
    }
    #skip() {
        let found = this.#match(SKIPPED);
        while (found !== undefined) {
            this.#at += found.length;
            found = this.#match(SKIPPED);
        }
    }
    #readQuoted() {
        const start = this.#at;
        if (this.#text[start] === '"') {
            this.#add('close', 1);
            this.#modes.pop();
        }
        else if (this.#text[start] === '\\') {
            if (!this.#take('literal', ESCAPE))
                throw this.#problem('this backslash starts no escape of HCL', start);
        }
        else if (!this.#take('literal', PLAIN_QUOTED))
            this.#readSequence('this quote is not closed on its line');
    }
    #readHeredoc(mode) {
        if (mode.isLineStart) {
            mode.isLineStart = false;
            LINE.lastIndex = this.#at;
            const line = LINE.exec(this.#text)?.[1];
            if (line?.trim() === mode.marker) {
                this.#add('close', line.length);
                this.#modes.pop();
                return;
            }
        }
        if (this.#take('literal', PLAIN_HEREDOC))
            return;
        if (this.#take('literal', NEWLINE))
            mode.isLineStart = true;
        else
            this.#readSequence('a heredoc cannot have this character');
    }
    #readSequence(otherwise) {
        const start = this.#at;
        if (this.#take('literal', ESCAPED_SEQUENCE))
            return;
        if (this.#take('sequence', SEQUENCE))
            this.#modes.push({ kind: 'code', start, depth: 0 });
        else if ('$%'.includes(this.#character()))
            this.#add('literal', 1);
        else
            throw this.#problem(otherwise, this.#modes.at(-1)?.kind === 'quoted' ? this.#openQuote() : start);
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
        if (found === undefined)
            return false;
        this.#add(kind, found.length);
        return true;
    }
    #add(kind, length) {
        const start = this.#at;
        this.#at = start + length;
        this.#tokens.push({ kind, text: this.#text.slice(start, this.#at), start, end: this.#at });
    }
    #problem(problem, offset) {
        return new unreadable_text_error/* UnreadableTextError */.l(problem, { text: this.#text, offset });
    }
}
const NAMES = {
    code: 'template sequence',
    quoted: 'quote',
    heredoc: 'heredoc',
};

;// CONCATENATED MODULE: ./lib/records/terraform/token-reader.js



const token_reader_MAX_DEPTH = 200;
class TokenReader {
    text;
    #tokens;
    #hidesNewlines = [false];
    #next = 0;
    #depth = 0;
    #lastEnd = 0;
    constructor(text) {
        this.text = text;
        this.#tokens = readTokens(text);
    }
    peek() {
        const token = this.#tokens[this.#nextIndex()];
        if (token === undefined)
            throw new TypeError('there is always a last token');
        return token;
    }
    #nextIndex() {
        let index = this.#next;
        if (this.#hidesNewlines.at(-1) === true)
            while (this.#tokens[index]?.kind === 'newline')
                index++;
        return index;
    }
    read() {
        const token = this.peek();
        if (token.kind === 'end')
            return token;
        this.#next = this.#nextIndex() + 1;
        if (token.kind !== 'newline')
            this.#lastEnd = token.end;
        return token;
    }
    isAt(text) {
        const { kind, text: next } = this.peek();
        return (kind === 'symbol' || kind === 'identifier') && next === text;
    }
    takes(text) {
        const isThere = this.isAt(text);
        if (isThere)
            this.read();
        return isThere;
    }
    expect(text) {
        if (!this.isAt(text))
            throw this.unexpected(`"${text}"`);
        return this.read();
    }
    expectKind(kind, what) {
        if (this.peek().kind !== kind)
            throw this.unexpected(what);
        return this.read();
    }
    within(newlinesCount, read) {
        this.#hidesNewlines.push(!newlinesCount);
        const result = read();
        this.#hidesNewlines.pop();
        return result;
    }
    nested(read) {
        if (this.#depth === token_reader_MAX_DEPTH) {
            throw this.problem(`this is nested more than ${token_reader_MAX_DEPTH} times`, this.peek().start);
        }
        this.#depth++;
        const result = read();
        this.#depth--;
        return result;
    }
    lineBreakAhead() {
        const token = this.#tokens[this.#next];
        return token?.kind === 'newline' ? token.start : undefined;
    }
    get lastEnd() {
        return this.#lastEnd;
    }
    unexpected(expected) {
        const { kind, text, start } = this.peek();
        const found = kind === 'end' ? 'the end of the file' : (0,untrusted/* printable */.g$)(JSON.stringify(text), 40);
        return this.problem(`${expected} is expected here, not ${found}`, start);
    }
    problem(problem, offset) {
        return new unreadable_text_error/* UnreadableTextError */.l(problem, { text: this.text, offset }, 'Run "terraform validate" in that folder: it has to accept the file first.');
    }
}

;// CONCATENATED MODULE: ./lib/records/terraform/parse.js



function parseTerraform(text) {
    const reader = new TokenReader(text);
    return readBody(reader, () => reader.peek().kind === 'end');
}
function readBody(reader, isAtEnd) {
    const attributes = new Map();
    const blocks = [];
    while (!isAtEnd()) {
        if (reader.peek().kind === 'newline') {
            reader.read();
            continue;
        }
        const { start, text } = reader.expectKind('identifier', 'an argument or a block');
        if (reader.isAt('='))
            addAttribute(reader, attributes, readAttribute(reader, { start, text }));
        else
            blocks.push(readBlock(reader, { start, text }));
        if (reader.peek().kind !== 'end')
            reader.expectKind('newline', 'a line break');
    }
    return { attributes, blocks };
}
function addAttribute(reader, all, attribute) {
    if (all.has(attribute.name)) {
        const name = (0,untrusted/* printable */.g$)(attribute.name, 40);
        throw reader.problem(`the argument ${name} is already set in this block`, attribute.start);
    }
    all.set(attribute.name, attribute);
}
function readAttribute(reader, { start, text }) {
    reader.expect('=');
    const value = readExpression(reader);
    return { name: text, value, start, end: value.end };
}
function readBlock(reader, { start, text }) {
    return reader.nested(() => {
        const labels = [];
        while (!reader.isAt('{'))
            labels.push(readLabel(reader));
        const body = readBlockBody(reader, reader.read().start);
        return { type: text, labels, ...body, start, end: reader.lastEnd, lineEnd: reader.peek().start };
    });
}
function readBlockBody(reader, open) {
    if (reader.peek().kind === 'identifier') {
        const { start, text } = reader.read();
        const attribute = readAttribute(reader, { start, text });
        reader.expect('}');
        return { attributes: new Map([[attribute.name, attribute]]), blocks: [] };
    }
    if (!reader.isAt('}') && reader.peek().kind !== 'end')
        reader.expectKind('newline', 'a line break');
    const body = readBody(reader, () => {
        if (reader.peek().kind === 'end')
            throw reader.problem('this block is never closed', open);
        return reader.isAt('}');
    });
    reader.expect('}');
    return body;
}
function readLabel(reader) {
    if (reader.peek().kind === 'identifier')
        return reader.read().text;
    const open = reader.expectKind('open', 'a label or "{"');
    if (open.text !== '"')
        throw reader.problem('a label cannot be a heredoc', open.start);
    let label = '';
    while (reader.peek().kind === 'literal')
        label += meaningOf(reader, reader.read());
    reader.expectKind('close', 'the end of the label');
    return label;
}

;// CONCATENATED MODULE: ./lib/records/terraform/terraform.js









const terraform_terraform = {
    needsTxtValues: false,
    render: terraform/* terraform */.v4.render,
    merge(current, record, target) {
        const text = textOfPeople(current);
        if (text === undefined)
            return terraform/* terraform */.v4.merge(current, record, target);
        if (/\.tf\.json$/i.test(target.path))
            throw jsonFile(text);
        return (0,text_edits/* applyEdits */.ct)(text, editsFor(text, record, target));
    },
    describeZone(current, { emailDomain }, target) {
        const text = textOfPeople(current);
        if (text === undefined)
            return undefined;
        const all = dnsResources(parseTerraform(text), { emailDomain, statedZone: target.zone?.name });
        const taken = all.find(({ whereabouts, recordType }) => whereabouts === 'here' && recordType === 'TXT');
        if (taken === undefined)
            return undefined;
        const name = (0,untrusted/* printable */.g$)(taken.block.labels.join('.'), 100);
        const why = taken.zone === undefined ? 'states the name' : `is in the zone ${(0,untrusted/* printable */.g$)(taken.zone, 100)}`;
        return `at the resource ${name}, which ${why}`;
    },
};
function textOfPeople(text) {
    return text === undefined || text.trim() === '' || (0,terraform/* isOwnTerraform */.J0)(text) ? undefined : text;
}
function jsonFile(text) {
    return refusal(text, {
        problem: "this is Terraform's JSON, and the action changes only the native syntax",
        offset: 0,
    });
}
function editsFor(text, record, target) {
    const { emailDomain, verificationCode } = record;
    const file = parseTerraform(text);
    const destination = { emailDomain, statedZone: target.zone?.name };
    const all = dnsResources(file, destination);
    const txt = all.filter(({ recordType }) => recordType === 'TXT');
    const possible = txt.filter(({ whereabouts }) => whereabouts !== 'elsewhere');
    if (possible.some((resource) => holdsText(resource, verificationCode)))
        return [];
    const here = txt.filter(({ whereabouts }) => whereabouts === 'here');
    const cloudflare = all.filter(({ provider }) => provider.values.kind === 'single');
    const [resource, second] = here.filter(({ provider }) => provider.values.kind !== 'single');
    const rival = resource === undefined
        ? undefined
        : (second ?? cloudflare.find(({ whereabouts }) => whereabouts === 'here'));
    if (rival !== undefined) {
        throw refusal(text, {
            problem: `this is another resource with TXT records of ${emailDomain}, and nothing says which one is meant`,
            offset: rival.block.start,
            remedy: 'Set record-file to a file that has only the one of the public zone.',
        });
    }
    if (resource !== undefined)
        return addToResource(text, resource, verificationCode);
    if (cloudflare.length > 0)
        return [addCloudflareRecord(text, file, cloudflare, { ...destination, verificationCode })];
    throw notFound(text, file, all, emailDomain);
}
function addToResource(text, resource, verificationCode) {
    const { block, provider } = resource;
    const repeated = repetition(block);
    if (repeated !== undefined) {
        throw refusal(text, {
            problem: `${repeated.name} makes several resources of this one, so its values are not those of one name`,
            offset: repeated.start,
        });
    }
    checkNotIgnored(text, resource);
    const value = (0,hcl/* hclString */.Z)(provider.write(verificationCode));
    if (provider.values.kind === 'blocks')
        return addBlock(text, resource, value);
    const argument = provider.values.kind === 'list' ? provider.values.argument : '';
    const list = block.attributes.get(argument)?.value;
    if (list === undefined) {
        throw refusal(text, { problem: `this resource has no ${argument}`, offset: block.start });
    }
    if (list.kind !== 'list')
        throw computed(text, list, argument);
    const odd = list.items.find(({ kind }) => kind !== 'text' && kind !== 'heredoc');
    if (odd !== undefined)
        throw computed(text, odd, `a value in ${argument}`);
    return addItem(text, list, value);
}
function addBlock(text, { block, provider }, value) {
    if (provider.values.kind !== 'blocks')
        return [];
    const { block: type, argument } = provider.values;
    const dynamic = block.blocks.find((each) => each.type === 'dynamic' && each.labels[0] === type);
    if (dynamic !== undefined) {
        throw refusal(text, { problem: `these ${type} blocks are computed`, offset: dynamic.start });
    }
    const siblings = block.blocks.filter((each) => each.type === type);
    const last = siblings.at(-1);
    if (last === undefined) {
        throw refusal(text, { problem: `this resource has no ${type} block`, offset: block.start });
    }
    const odd = siblings
        .map(({ attributes }) => attributes.get(argument)?.value)
        .find((each) => each !== undefined && each.kind !== 'text' && each.kind !== 'heredoc');
    if (odd !== undefined)
        throw computed(text, odd, argument);
    return [addBlockLike(text, last, `${value}`)];
}
function computed(text, { start }, what) {
    return refusal(text, { problem: `${what} is not literal here, so only Terraform knows it`, offset: start });
}
function checkNotIgnored(text, { block, provider }) {
    const { values } = provider;
    const name = values.kind === 'blocks' ? values.block : values.kind === 'list' ? values.argument : '';
    const ignored = block.blocks
        .filter(({ type }) => type === 'lifecycle')
        .map(({ attributes }) => attributes.get('ignore_changes'))
        .find((attribute) => attribute !== undefined && namesIn(attribute).some((each) => each === name || each === 'all'));
    if (ignored === undefined)
        return;
    throw refusal(text, {
        problem: `Terraform ignores changes of ${name} here, so a new value would have no effect`,
        offset: ignored.start,
        remedy: `Remove ${name} from ignore_changes.`,
    });
}
function namesIn({ value }) {
    const items = value.kind === 'list' ? value.items : [value];
    return items.flatMap((item) => (item.kind === 'reference' ? (item.path[0] ?? []) : []));
}
function notFound(text, { blocks }, all, emailDomain) {
    const candidates = all.filter(({ recordType }) => recordType === 'TXT' || recordType === undefined);
    const ifZone = candidates.find(({ whereabouts }) => whereabouts === 'here-if-zone');
    if (ifZone !== undefined) {
        return refusal(text, {
            problem: `this record is at ${emailDomain} only if its zone is, and the file does not state the zone's name`,
            offset: ifZone.block.start,
            remedy: 'Set record-zone to the name of that zone.',
        });
    }
    const unknown = candidates.find(({ whereabouts, recordType }) => whereabouts === 'unknown' || (whereabouts === 'here' && recordType === undefined));
    if (unknown !== undefined) {
        const argument = unknown.whereabouts === 'here' ? 'type' : 'name';
        return refusal(text, {
            problem: `this may be the TXT record of ${emailDomain}, but its ${argument} is not literal`,
            offset: unknown.block.attributes.get(argument)?.value.start ?? unknown.block.start,
        });
    }
    const module = blocks.find(({ type }) => type === 'module');
    return refusal(text, {
        problem: `this file has no resource with the TXT records of ${emailDomain}`,
        offset: (module ?? all[0]?.block)?.start ?? 0,
        remedy: 'Set record-file to the file that has it. If the name has no TXT record yet, write a resource with the output record-value: a second one for the same name would replace the first.',
    });
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

;// CONCATENATED MODULE: ./lib/records/zone/origin-from-path.js


const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;
function originFromPath(path, domain) {
    const file = (0,external_node_path_.basename)(external_node_path_.win32.basename(path)).toLowerCase();
    const bare = withoutExtensions(file);
    const candidates = [bare.replace(/^db\./, ''), bare, file].filter(isDomain);
    const above = candidates.find((name) => (0,dns_name/* isAtOrBelow */.a5)(domain, name));
    if (above !== undefined)
        return { kind: 'above', origin: above };
    const [other] = candidates;
    const isRelated = candidates.some((name) => `.${name}.`.includes(`.${domain}.`));
    return other === undefined || isRelated ? { kind: 'unknown' } : { kind: 'other', origin: other };
}
function withoutExtensions(file) {
    const shorter = file.replace(EXTENSION, '');
    return shorter === file ? file : withoutExtensions(shorter);
}
function isDomain(text) {
    return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(text);
}

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
    return { records, origin: state.origin, ttlS: state.defaultTtlS ?? state.lastTtlS };
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
    else
        state.defaultTtlS = readTtl(value, state);
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
    const read = { ...record, type: TYPE_NUMBERS[type] ?? type, ttlS: undefined };
    if (read.type === 'SOA')
        checkSoa(read, state);
    return { ...read, ttlS: effectiveTtl(read, state) };
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
    else if (type === 'SOA' && isUnknown && minimum !== undefined)
        state.defaultTtlS = readTtl(minimum, state);
    return ttlToken === undefined ? (state.defaultTtlS ?? state.lastTtlS) : state.lastTtlS;
}

;// CONCATENATED MODULE: ./lib/records/zone/resolved-zone.js





function resolveZone(text, { emailDomain }, { path }) {
    const file = readZoneFile(text);
    const soa = soaOf(file, text);
    const isAbsolute = soa.owner.endsWith('.');
    const fromPath = originFromPath(path, emailDomain);
    const zoneName = fromPath.kind === 'unknown' ? emailDomain : fromPath.origin;
    const initialOrigin = isAbsolute ? soa.owner : `${zoneName}.`;
    const apex = (0,presentation_format/* nameBelow */.lX)(soa.owner, initialOrigin);
    if (!(0,dns_name/* isAtOrBelow */.a5)(`${emailDomain}.`, apex)) {
        const hint = `Set record-file to the zone file of the zone that contains ${emailDomain}.`;
        throw new unreadable_text_error/* UnreadableTextError */.l(`this file holds the zone ${withoutDot(apex)}, which does not contain ${emailDomain}`, { text, offset: soa.entry.start }, isAbsolute
            ? hint
            : `${hint} If this is that file, start it with an $ORIGIN line: the name of the zone with a dot at the end.`);
    }
    return {
        text,
        apex,
        emailDomain: `${emailDomain}.`,
        isGuess: !isAbsolute && fromPath.kind === 'unknown',
        soa,
        origin: (0,presentation_format/* nameBelow */.lX)(file.origin, initialOrigin),
        ttlS: file.ttlS,
        records: file.records.map((each) => ({
            ...each,
            owner: (0,presentation_format/* nameBelow */.lX)(each.owner, initialOrigin),
            origin: (0,presentation_format/* nameBelow */.lX)(each.origin, initialOrigin),
        })),
    };
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
function resolved_zone_checkCanTakeTxt({ records, apex, emailDomain, text }) {
    const name = withoutDot(emailDomain);
    for (const { type, owner, entry, typeToken } of records) {
        const isAbove = (0,dns_name/* isAtOrBelow */.a5)(emailDomain, owner);
        const place = { text, offset: entry.tokens[0].start };
        if (type === 'CNAME' && owner === emailDomain) {
            throw new unreadable_text_error/* UnreadableTextError */.l(`${name} has a CNAME record, so it cannot have a TXT record (RFC 1034, section 3.6.2)`, place, 'Replace the CNAME record with the records that it points to.');
        }
        if (type === 'NS' && isAbove && owner !== apex && (0,dns_name/* isAtOrBelow */.a5)(owner, apex)) {
            throw new unreadable_text_error/* UnreadableTextError */.l(`this zone delegates ${withoutDot(owner)} to other servers, so a TXT record of ${name} in this file has no effect`, place, `Set record-file to the zone file of ${withoutDot(owner)}.`);
        }
        if (type === 'DNAME' && isAbove && owner !== emailDomain) {
            throw new unreadable_text_error/* UnreadableTextError */.l(`the DNAME record of ${withoutDot(owner)} redirects all names below it, so a TXT record of ${name} has no effect (RFC 6672)`, place);
        }
        if (type === 'RRSIG') {
            throw new unreadable_text_error/* UnreadableTextError */.l('this zone file is signed, and the new record would have no signature', { text, offset: typeToken.start }, 'Set record-file to the zone file that you sign, not to the signed one.');
        }
    }
}
function withoutDot(name) {
    return name === '.' ? name : name.slice(0, -1);
}

;// CONCATENATED MODULE: ./lib/records/zone/soa-serial.js
const MODULUS = 2 ** 32;
function nextSerial(serial, nowMs) {
    const next = (serial + 1) % MODULUS;
    if (!isDateSerial(serial)) {
        return next === 0 ? 1 : next;
    }
    const today = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
    return Math.max(next, Number(`${today}01`));
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
    render({ emailDomain, verificationCode }) {
        return [`${emailDomain}.`, RENDERED_TTL_S, 'IN', 'TXT', (0,presentation_format/* quotedStrings */.Lx)(verificationCode)].join('\t');
    },
    merge(current, record, target) {
        if (current === undefined) {
            throw new unreadable_text_error/* UnreadableTextError */.l('this zone file does not exist', { text: '', offset: 0 }, 'Set record-file to an existing zone file. The action can add a record to a zone, but cannot create a zone.');
        }
        const zone = resolveZone(current, record, target);
        if (zone.records.some((each) => isSsoRecord(each, zone, record)))
            return current;
        resolved_zone_checkCanTakeTxt(zone);
        return (0,text_edits/* applyEdits */.ct)(current, [raiseSerial(zone, target), addRecord(zone, record)]);
    },
};
function isSsoRecord({ owner, type, data }, { emailDomain }, { verificationCode }) {
    const codeBytes = Buffer.from(verificationCode).toString('latin1');
    return owner === emailDomain && type === 'TXT' && txtBytes(data) === codeBytes;
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
    const before = zone.isGuess ? undefined : (sibling ?? atName.at(-1));
    const line = lineLike(before ?? zone.records.at(-1) ?? zone.soa, {
        owner: ownerAfter(before, zone),
        ttl: ttlToState(sibling, (before ?? zone).ttlS),
        data: (0,presentation_format/* quotedStrings */.Lx)(verificationCode),
    }, zone.text);
    return insertLine(zone.text, before?.entry.end ?? zone.text.length, line);
}
function ttlToState(sibling, inForceS) {
    if (sibling?.ttlToken !== undefined)
        return sibling.ttlToken.text;
    if (sibling?.ttlS === undefined || sibling.ttlS === inForceS)
        return undefined;
    return String(sibling.ttlS);
}
function ownerAfter(before, zone) {
    if (before?.entry.isIndented === false)
        return before.entry.tokens[0].text;
    const { emailDomain, isGuess } = zone;
    const { origin } = before ?? zone;
    if (isGuess || origin === '.' || !(0,dns_name/* isAtOrBelow */.a5)(emailDomain, origin))
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
    terraform: terraform_terraform,
    tfvars: tfvars,
    json: json,
};


/***/ })

};
