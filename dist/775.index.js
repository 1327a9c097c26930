export const id = 775;
export const ids = [775];
export const modules = {

/***/ 1775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  RECORD_FORMATS: () => (/* binding */ RECORD_FORMATS)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/records/format/record-format.js
var record_format = __webpack_require__(2843);
// EXTERNAL MODULE: ./lib/records/format/text-edits.js
var text_edits = __webpack_require__(5397);
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
            throw this.#unreadable(`JSON nested more than ${MAX_DEPTH} deep`);
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
        const instead = seen === undefined ? (isEnd ? 'the file ends' : 'the line ends') : `there is "${seen}"`;
        return this.#unreadable(`not JSON: ${instead} where ${what} should be`);
    }
    #unreadable(problem) {
        return new record_format/* UnreadableTextError */.l(problem, (0,text_edits/* positionAt */.t$)(this.#text, this.#offset));
    }
}

;// CONCATENATED MODULE: ./lib/records/json/set-value.js




const BYTE_ORDER_MARK = '\uFEFF';
function newJson(path, value) {
    return `${pretty(nested(path, value), '  ', '\n')}\n`;
}
function setInJson(current, path, value) {
    if (current === undefined || current.trim() === '')
        return newJson(path, value);
    const mark = current.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    const text = current.slice(mark.length);
    const root = scanJson(text);
    const edit = editFor({ text, unit: indentUnit(text, root), newline: (0,text_edits/* lineEnd */.kd)(text) }, root, path, value);
    return edit === undefined ? current : mark + (0,text_edits/* edited */.oh)(text, [edit]);
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
    throw new record_format/* UnreadableTextError */.l(`${what} holds no JSON object`, (0,text_edits/* positionAt */.t$)(text, node.start));
}
function onlyMember(text, object, key) {
    const [member, second] = object.members.filter((each) => each.key === key);
    if (second === undefined)
        return member;
    throw new record_format/* UnreadableTextError */.l(`${JSON.stringify(key)} comes twice`, (0,text_edits/* positionAt */.t$)(text, second.start));
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
    const at = { start: last.value.end, end: last.value.end };
    const isOnLines = text.slice(object.start, last.start).includes('\n');
    if (!isOnLines)
        return { ...at, text: `, ${name}: ${JSON.stringify(value)}` };
    const indent = indentAt(text, last.start);
    return { ...at, text: `,${newline}${indent}${name}: ${pretty(value, unit, newline, indent)}` };
}
function nested(path, value) {
    return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}
function pretty(value, unit, newline, indent = '') {
    return JSON.stringify(value, null, unit).replaceAll('\n', newline + indent);
}
function indentAt(text, offset) {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    return line.match(/^[ \t]*/)?.[0] ?? '';
}
function indentUnit(text, root) {
    const [first] = root.kind === 'object' ? root.members : [];
    return (first && indentAt(text, first.start)) || '  ';
}

;// CONCATENATED MODULE: ./lib/records/json/json.js

const json = {
    needsTxtValues: false,
    render: (record) => newJson([record.emailDomain], facts(record)),
    merge: (current, record) => setInJson(current, [record.emailDomain], facts(record)),
};
function facts({ emailDomain, verificationCode, txtValues, connectorId, accountId }) {
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
    render: (record) => newJson([VARIABLE, record.emailDomain], texts(record)),
    merge: (current, record) => setInJson(current, [VARIABLE, record.emailDomain], texts(record)),
};
function texts({ txtValues }) {
    if (txtValues === undefined)
        throw new TypeError('tfvars needs every TXT text of the name');
    return txtValues;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
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
function scalar(text) {
    const isPlain = /^[a-z][a-z0-9_=./+-]*$/i.test(text) && (0,dist/* parse */.qg)(text, { version: '1.1' }) === text;
    if (isPlain)
        return text;
    const isPrintable = /^[\x20-\x7e]*$/.test(text);
    return isPrintable ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
function isBefore(a, b) {
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

;// CONCATENATED MODULE: ./lib/records/octodns/yaml-edits.js




class ZoneEdits {
    #text;
    #newline;
    constructor(text) {
        this.#text = text;
        this.#newline = (0,text_edits/* lineEnd */.kd)(text);
    }
    addName(zone, name, value) {
        const key = name === '' ? "''" : scalar(name);
        const lines = [`${key}:`, '  type: TXT', `  value: ${scalar(value)}`];
        if (zone === undefined)
            return [this.#linesAt(this.#text.length, 0, lines)];
        const keys = zone.items.map(({ key }) => keyText(key));
        const isSorted = keys.every((each, index) => index === 0 || isBefore(keys[index - 1] ?? '', each));
        const found = isSorted ? keys.findIndex((each) => isBefore(name, each)) : -1;
        const index = found === -1 ? keys.length : found;
        if (zone.flow)
            return [this.#flowItem(zone, index, `${key}: { type: TXT, value: ${scalar(value)} }`)];
        const column = this.#column(start(zone.items[0]?.key));
        const previous = zone.items[index - 1];
        const at = previous === undefined ? this.#beforeFirst(zone) : this.#afterWithComments(previous, column);
        return [this.#linesAt(at, column, lines)];
    }
    addRecord(records, parentColumn, value) {
        const flow = `{ type: TXT, value: ${scalar(value)} }`;
        const lines = ['- type: TXT', `  value: ${scalar(value)}`];
        if ((0,dist/* isSeq */.oP)(records)) {
            if (records.flow)
                return [this.#flowItem(records, records.items.length, flow)];
            const column = this.#column(start(records));
            return [this.#linesAt(this.#afterWithComments(records, column), column, lines)];
        }
        if (records.flow) {
            const [from, to] = rangeOf(records);
            return [insert(from, '['), insert(to, `, ${flow}]`)];
        }
        const first = start(records.items[0]?.key);
        const column = this.#column(first) - 2;
        if (column < parentColumn || this.#text.slice(first - 2, first) !== '  ')
            throw this.unsupported(first);
        return [
            { start: first - 2, end: first, text: '- ' },
            this.#linesAt(this.#afterWithComments(records, column), column, lines),
        ];
    }
    addValue(record, value) {
        const pair = valuePair(record);
        if (pair === undefined)
            throw this.unsupported(start(record));
        const { key, value: old } = pair;
        if ((0,dist/* isSeq */.oP)(old)) {
            if (old.flow)
                return [this.#flowItem(old, old.items.length, scalar(value))];
            return [this.#linesAt(this.#after(old), this.#column(start(old)), [`- ${scalar(value)}`])];
        }
        if (!(0,dist/* isScalar */.jn)(old) || old.source === '')
            throw this.unsupported(start((0,dist/* isScalar */.jn)(old) ? key : old));
        return this.#valueToList(record, key, old, value);
    }
    unsupported(offset) {
        return new record_format/* UnreadableTextError */.l('this octoDNS data is in a form that this action cannot add a value to', (0,text_edits/* positionAt */.t$)(this.#text, offset), 'Write the record as "type: TXT" with "values:" and a list, or add the value by hand.');
    }
    #valueToList(record, key, old, value) {
        const [from, to] = rangeOf(old);
        const source = this.#text.slice(from, to);
        const kept = source.includes('\n') ? scalar(String(old.value)) : source;
        const keyStart = start(key);
        const isBare = /^["']?:\s*$/.test(this.#text.slice(rangeOf(key)[1], from));
        if (!isBare)
            throw this.unsupported(keyStart);
        if (record.flow) {
            return [{ start: keyStart, end: to, text: `values: [${kept}, ${scalar(value)}]` }];
        }
        const column = this.#column(keyStart) + this.#listIndent();
        const head = `values:${this.#newline}${' '.repeat(column)}- `;
        const ended = source.endsWith('\n') ? kept + this.#newline : kept;
        return [
            { start: keyStart, end: to, text: head + ended },
            this.#linesAt(this.#after(old), column, [`- ${scalar(value)}`], source.endsWith('\n')),
        ];
    }
    #listIndent() {
        const [, key, dash] = /^( *)values:[^\n]*\n( *)- /m.exec(this.#text) ?? [];
        return key === undefined || dash === undefined ? 2 : Math.max(0, dash.length - key.length);
    }
    #flowItem(collection, index, item) {
        const next = collection.items[index];
        if (next !== undefined)
            return insert(start(isPair(next) ? next.key : next), `${item}, `);
        const last = collection.items.at(-1);
        if (last === undefined)
            return insert(start(collection) + 1, item);
        return insert(rangeOf(isPair(last) ? (last.value ?? last.key) : last)[1], `, ${item}`);
    }
    #linesAt(offset, column, lines, isLineStart = false) {
        const block = lines.map((line) => ' '.repeat(column) + line + this.#newline).join('');
        const isOpen = !isLineStart && offset > 0 && this.#text[offset - 1] !== '\n';
        return insert(offset, isOpen ? this.#newline + block : block);
    }
    #after(node) {
        if (isPair(node))
            return this.#after(node.value ?? node.key);
        if (((0,dist/* isMap */.jh)(node) || (0,dist/* isSeq */.oP)(node)) && !node.flow && node.items.length > 0)
            return this.#after(node.items.at(-1));
        const [, end] = rangeOf(node);
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
        const line = this.#lineStart(start(zone.items[0]?.key));
        let comment = line;
        for (let before = this.#lineStart(line - 1); before < comment; before = this.#lineStart(comment - 1)) {
            if (!/^[ \t]*#/.test(this.#text.slice(before, comment)))
                return comment;
            comment = before;
        }
        return line;
    }
    #column(offset) {
        return offset - this.#lineStart(offset);
    }
    #lineStart(offset) {
        return this.#text.lastIndexOf('\n', offset - 1) + 1;
    }
}
function valuePair(record) {
    return (record.items.find(({ key }) => keyText(key) === 'values') ??
        record.items.find(({ key }) => keyText(key) === 'value'));
}
function keyText(key) {
    return (0,dist/* isScalar */.jn)(key) ? String(key.value) : '\0';
}
function start(node) {
    return rangeOf(node)[0];
}
function rangeOf(node) {
    const range = isNodeWithRange(node) ? node.range : undefined;
    return [range?.[0] ?? 0, range?.[1] ?? 0];
}
function isNodeWithRange(node) {
    return (0,dist/* isAlias */.Vj)(node) || (0,dist/* isMap */.jh)(node) || (0,dist/* isScalar */.jn)(node) || (0,dist/* isSeq */.oP)(node);
}
function isPair(node) {
    return typeof node === 'object' && node !== null && 'key' in node && 'value' in node;
}
function insert(offset, text) {
    return { start: offset, end: offset, text };
}

;// CONCATENATED MODULE: ./lib/records/octodns/add-txt-value.js






function withTxtValue(text, { isName, name, value, }) {
    const { root, data } = parseZone(text);
    const key = root?.items.find((pair) => isName(keyText(pair.key)))?.key;
    const place = key === undefined ? name : keyText(key);
    if (txtAt(data, place).values.some((each) => unescapeTxt(each) === unescapeTxt(value)))
        return text;
    const result = (0,text_edits/* edited */.oh)(text, editsFor(text, root, key === undefined ? undefined : place, { name, value }));
    checkOnlyAdded({ text, data, result, place, value, offset: start(key) });
    return result;
}
function editsFor(text, root, key, { name, value }) {
    const edits = new ZoneEdits(text);
    const pair = key === undefined ? undefined : root?.items.find((each) => keyText(each.key) === key);
    if (pair === undefined) {
        const merge = root?.items.find((each) => keyText(each.key) === '<<');
        if (merge !== undefined)
            throw edits.unsupported(start(merge.key));
        return edits.addName(root, name, value);
    }
    const records = pair.value;
    if (!(0,dist/* isMap */.jh)(records) && !(0,dist/* isSeq */.oP)(records))
        throw edits.unsupported(start(pair.key));
    const list = (0,dist/* isSeq */.oP)(records) ? records.items : [records];
    const mappings = list.filter((record) => (0,dist/* isMap */.jh)(record));
    const odd = list.find((record) => !(0,dist/* isMap */.jh)(record)) ?? mappings.find((record) => record.has('<<'));
    if (odd !== undefined)
        throw edits.unsupported(start(odd));
    checkNoCname(text, mappings);
    const txt = mappings.find((record) => typeOf(record) === 'TXT');
    if (txt !== undefined)
        return edits.addValue(txt, value);
    const column = (0,text_edits/* positionAt */.t$)(text, start(pair.key)).column - 1;
    return edits.addRecord(records, column, value);
}
function checkNoCname(text, records) {
    const cname = records.find((record) => typeOf(record) === 'CNAME');
    if (cname === undefined)
        return;
    throw new record_format/* UnreadableTextError */.l('the name has a CNAME record, and beside one there can be no TXT record', (0,text_edits/* positionAt */.t$)(text, start(cname)), 'Replace the CNAME by the records that it stands for.');
}
function typeOf(record) {
    const type = record.get('type', true);
    return (0,dist/* isScalar */.jn)(type) ? String(type.value).toUpperCase() : '';
}
function parseZone(text) {
    try {
        const document = (0,dist/* parseDocument */.Tp)(text, { schema: 'failsafe', logLevel: 'error' });
        const [error] = document.errors;
        if (error !== undefined) {
            const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
            if (error.message.includes('call stack'))
                throw tooDeep({ line, column: col });
            const problem = error.message.split(/ at line \d+, column \d+:?/, 1)[0] ?? error.message;
            throw new record_format/* UnreadableTextError */.l(`not YAML: ${problem}`, { line, column: col });
        }
        const root = document.contents;
        const isEmpty = root === null || ((0,dist/* isScalar */.jn)(root) && root.source === '');
        if (isEmpty)
            return { root: undefined, data: new Map() };
        if (!(0,dist/* isMap */.jh)(root)) {
            throw new record_format/* UnreadableTextError */.l('the file holds no YAML mapping', (0,text_edits/* positionAt */.t$)(text, start(root)));
        }
        return { root, data: document.toJS({ mapAsMap: true }) };
    }
    catch (error) {
        if (error instanceof record_format/* UnreadableTextError */.l)
            throw error;
        throw tooDeep({ line: 1, column: 1 });
    }
}
function tooDeep(at) {
    return new record_format/* UnreadableTextError */.l('nested too deeply, or with too many aliases', at);
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
function checkOnlyAdded({ text, data, result, place, value, offset }) {
    const after = parseZone(result).data;
    const [oldTxt, newTxt] = [txtAt(data, place), txtAt(after, place)];
    const isSame = (0,external_node_util_.isDeepStrictEqual)(newTxt, { values: [...oldTxt.values, value], others: oldTxt.others }) &&
        (0,external_node_util_.isDeepStrictEqual)(without(after, place), without(data, place));
    if (!isSame)
        throw new ZoneEdits(text).unsupported(offset);
}
function without(data, key) {
    return new Map([...data].filter(([each]) => each !== key));
}

;// CONCATENATED MODULE: ./lib/records/octodns/octodns.js





const octodns_BYTE_ORDER_MARK = '\uFEFF';
const octodns = {
    needsTxtValues: false,
    render: (record) => newZone('', record),
    merge(current, record, { path }) {
        const name = nameInZone(record.emailDomain, zoneOf(path));
        if (current === undefined || current.trim() === '')
            return newZone(name, record);
        const mark = current.startsWith(octodns_BYTE_ORDER_MARK) ? octodns_BYTE_ORDER_MARK : '';
        const value = escapeTxt(record.verificationCode);
        const isName = (key) => toAscii(key) === name;
        return mark + withTxtValue(current.slice(mark.length), { isName, name, value });
    },
};
function newZone(name, { verificationCode }) {
    const key = name === '' ? "''" : scalar(name);
    return `---\n${key}:\n  type: TXT\n  value: ${scalar(escapeTxt(verificationCode))}\n`;
}
function zoneOf(path) {
    const file = external_node_path_.posix.basename(path.replaceAll('\\', '/'));
    const zone = toAscii(file.replace(/\.ya?ml$/i, '').replace(/^\$/, ''));
    return zone.includes('.') ? zone : undefined;
}
function nameInZone(emailDomain, zone) {
    if (zone === undefined || emailDomain === zone)
        return '';
    if (emailDomain.endsWith(`.${zone}`))
        return emailDomain.slice(0, -zone.length - 1);
    throw new record_format/* UnreadableTextError */.l(`the file holds the zone ${zone}, and ${emailDomain} is not in it`, { line: 1, column: 1 }, 'Give the file of the zone that the email domain is in; octoDNS names it after the zone.');
}
function toAscii(name) {
    const isAscii = /^[\x20-\x7e]*$/.test(name);
    return isAscii ? name.toLowerCase() : (0,external_node_url_.domainToASCII)(name);
}

// EXTERNAL MODULE: ./lib/records/own/own-file.js
var own_file = __webpack_require__(5448);
;// CONCATENATED MODULE: ./lib/records/own/dnscontrol.js

const FILE = {
    comment: '//',
    header: [
        'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
        'In dnsconfig.js, after the D() of the zones: require("./THIS-FILE.js");',
    ],
    hint: 'Give the action a file name of its own, for example cloudflare-sso.js, and require() it in dnsconfig.js.',
    render,
};
const dnscontrol = {
    needsTxtValues: false,
    render,
    merge: (current, record) => (0,own_file/* mergeOwnFile */.h)(FILE, current, record),
};
function render({ emailDomain, verificationCode }) {
    return `D_EXTEND(${literal(emailDomain)}, TXT("@", ${literal(verificationCode)}));\n`;
}
function literal(text) {
    return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

// EXTERNAL MODULE: ./lib/records/own/terraform.js + 1 modules
var terraform = __webpack_require__(2441);
;// CONCATENATED MODULE: ./lib/records/zone/entries.js

const PIECE = /([ \t]+|;[^\n]*)|(\r\n?|\n)|([()])|"((?:[^"\\\n]|\\[^\n]){0,65535})"|((?:\\[^\r\n]|[^ \t\r\n();"]){1,65535})/y;
const entries_BYTE_ORDER_MARK = '\ufeff';
function readEntries(text) {
    const entries = [];
    const open = [];
    let start = text.startsWith(entries_BYTE_ORDER_MARK) ? 1 : 0;
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
        if (piece === null)
            throw unreadable(text, at, 'this quote is not closed on its line');
        const [, , lineBreak, parenthesis, quoted, plain] = piece;
        if (parenthesis === '(')
            open.push(at);
        else if (parenthesis === ')' && open.pop() === undefined) {
            throw unreadable(text, at, 'this parenthesis closes none');
        }
        else if (lineBreak !== undefined && open.length === 0)
            finish(PIECE.lastIndex);
        const word = quoted ?? plain;
        if (word !== undefined)
            tokens.push({ text: word, isQuoted: quoted !== undefined, start: at });
    }
    const unclosed = open[0];
    if (unclosed !== undefined)
        throw unreadable(text, unclosed, 'this parenthesis is not closed');
    finish(text.length);
    return entries;
}
function unreadable(text, offset, problem, hint) {
    const before = text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = before.split('\n').length;
    return new record_format/* UnreadableTextError */.l(problem, { line, column: [...before.slice(lineStart)].length + 1 }, hint);
}

;// CONCATENATED MODULE: ./lib/records/zone/origin-from-path.js

const EXTENSION = /\.(zone|zonefile|db|hosts|txt|dns|bind|conf)$/i;
function originFromPath(path, domain) {
    const file = (0,external_node_path_.basename)(external_node_path_.win32.basename(path)).toLowerCase();
    const bare = withoutExtensions(file);
    const candidates = [bare.replace(/^db\./, ''), bare, file].filter(isDomain);
    const above = candidates.find((name) => domain === name || domain.endsWith(`.${name}`));
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

;// CONCATENATED MODULE: ./lib/records/zone/presentation-format.js
const ESCAPE_OR_CHARACTER = /\\([01]\d\d|2[0-4]\d|25[0-5])|\\(.)|(.)/gsu;
const MAX_STRING_BYTES = 255;
const MAX_TTL_S = 0xffff_ffff;
const UNIT_S = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
function canonicalName(text) {
    const name = text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => {
        if (plain === '.')
            return '.';
        const character = code === undefined ? (escaped ?? plain ?? '') : String.fromCharCode(Number(code));
        return /[\w*/-]/.test(character) ? character : escapedByCode(character);
    });
    return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function escapedByCode(text) {
    return [...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('');
}
function nameBelow(name, origin) {
    if (name.endsWith('.') || origin === '')
        return name;
    if (name === '')
        return origin;
    return origin === '.' ? `${name}.` : `${name}.${origin}`;
}
function isAtOrBelow(name, other) {
    return name === other || other === '.' || name.endsWith(`.${other}`);
}
function bytesOfString(text) {
    return text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => code === undefined
        ? Buffer.from(escaped ?? plain ?? '').toString('latin1')
        : String.fromCharCode(Number(code)));
}
function quotedStrings(text) {
    const bytes = [...Buffer.from(text)];
    const count = Math.max(1, Math.ceil(bytes.length / MAX_STRING_BYTES));
    return Array.from({ length: count }, (_, index) => {
        const string = bytes.slice(index * MAX_STRING_BYTES, (index + 1) * MAX_STRING_BYTES);
        return `"${string.map(escapedByte).join('')}"`;
    }).join(' ');
}
function escapedByte(byte) {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\')
        return `\\${character}`;
    return byte < 0x20 || byte > 0x7e ? `\\${String(byte).padStart(3, '0')}` : character;
}
function parseTtl(text) {
    if (!/^(\d+|(\d+[wdhms])+)$/i.test(text))
        return undefined;
    const parts = text.matchAll(/(\d+)([wdhms]?)/gi);
    const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_S[unit?.toLowerCase() ?? ''] ?? 1), 0);
    return seconds <= MAX_TTL_S ? seconds : undefined;
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

// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __webpack_require__(7289);
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
function readZone(text) {
    const state = { text, origin: '', owner: undefined, defaultTtlS: undefined, lastTtlS: undefined };
    const records = readEntries(text).flatMap((entry) => {
        const [first] = entry.tokens;
        const isDirective = !entry.isIndented && !first.isQuoted && first.text.startsWith('$');
        if (!isDirective)
            return [readRecord(entry, state)];
        follow(entry, state);
        return [];
    });
    return { records, origin: state.origin, ttlS: state.defaultTtlS ?? state.lastTtlS };
}
function follow({ tokens: [directive, value] }, state) {
    const name = directive.text.toUpperCase();
    if (['$INCLUDE', '$GENERATE', '$DATE'].includes(name))
        return;
    if (name !== '$ORIGIN' && name !== '$TTL') {
        throw unreadable(state.text, directive.start, `unknown directive ${(0,untrusted/* printable */.g$)(directive.text, 40)}`);
    }
    if (value === undefined)
        throw unreadable(state.text, directive.start, `${name} without a value`);
    if (name === '$ORIGIN')
        state.origin = resolve(value, state);
    else
        state.defaultTtlS = ttlOf(value, state);
}
function resolve({ text }, { origin }) {
    return nameBelow(text === '@' ? '' : canonicalName(text), origin);
}
function ttlOf(token, { text }) {
    const ttlS = parseTtl(token.text);
    if (ttlS === undefined)
        throw unreadable(text, token.start, `${(0,untrusted/* printable */.g$)(token.text, 40)} is no TTL`);
    return ttlS;
}
function readRecord(entry, state) {
    const { origin, text } = state;
    const [first] = entry.tokens;
    const owner = entry.isIndented ? state.owner : resolve(first, state);
    if (owner === undefined) {
        throw unreadable(text, first.start, 'a record without an owner name, and there is none before it');
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
            ttlOf(token, state);
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
    throw unreadable(state.text, tokens[0].start, 'this is no record: behind the owner name, TTL and class a type is missing');
}
function isClass({ text: word, start }, { text }) {
    if (/^(IN|CLASS1)$/i.test(word))
        return true;
    if (/^(CH|CHAOS|HS|HESIOD|CS|CLASS\d+)$/i.test(word)) {
        throw unreadable(text, start, `a record of class ${word.toUpperCase()}; this action knows only IN`);
    }
    return false;
}
function checkSoa({ data, typeToken }, { text }) {
    if (data.length < SOA_FIELDS) {
        const problem = `the SOA record has ${data.length} fields instead of ${SOA_FIELDS}`;
        throw unreadable(text, typeToken.start, problem);
    }
    const serial = data[2];
    if (serial === undefined)
        return;
    if (serial.isQuoted || !/^\d+$/.test(serial.text) || Number(serial.text) > 0xffff_ffff) {
        const problem = `the serial of the SOA record, ${(0,untrusted/* printable */.g$)(serial.text, 40)}, is no number of 32 bits`;
        throw unreadable(text, serial.start, problem);
    }
}
function effectiveTtl({ ttlToken, type, data }, state) {
    const minimum = data[SOA_FIELDS - 1];
    const isUnknown = state.defaultTtlS === undefined && state.lastTtlS === undefined;
    if (ttlToken !== undefined)
        state.lastTtlS = ttlOf(ttlToken, state);
    else if (type === 'SOA' && isUnknown && minimum !== undefined)
        state.defaultTtlS = ttlOf(minimum, state);
    return ttlToken === undefined ? (state.defaultTtlS ?? state.lastTtlS) : state.lastTtlS;
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
const START = { line: 1, column: 1 };
const bind = {
    needsTxtValues: false,
    render({ emailDomain, verificationCode }) {
        return [`${emailDomain}.`, RENDERED_TTL_S, 'IN', 'TXT', quotedStrings(verificationCode)].join('\t');
    },
    merge(current, record, target) {
        if (current === undefined) {
            throw new record_format/* UnreadableTextError */.l('there is no such zone file', START, 'Give the path of a zone file that exists; a zone cannot be made out of one record.');
        }
        const zone = knownZone(current, record, target);
        if (zone.records.some((each) => isRecord(each, zone, record)))
            return current;
        checkCanTake(zone);
        return edited(current, [raisedSerial(zone, target), addedRecord(zone, record)]);
    },
};
function knownZone(text, { emailDomain }, { path }) {
    const zone = readZone(text);
    const soa = soaOf(zone, text);
    const isAbsolute = soa.owner.endsWith('.');
    const fromPath = originFromPath(path, emailDomain);
    const named = fromPath.kind === 'unknown' ? emailDomain : fromPath.origin;
    const initialOrigin = isAbsolute ? soa.owner : `${named}.`;
    const apex = nameBelow(soa.owner, initialOrigin);
    const domain = `${emailDomain}.`;
    if (!isAtOrBelow(domain, apex)) {
        throw unreadable(text, soa.entry.start, `the file holds the zone ${withoutDot(apex)}, and ${emailDomain} is not in it`, isAbsolute
            ? `Give the zone file of the zone that holds ${emailDomain}.`
            : `Give the zone file of the zone that holds ${emailDomain}; if this is it, put "$ORIGIN" and the name of the zone with a dot at its end in its first line.`);
    }
    return {
        text,
        apex,
        emailDomain: domain,
        isGuess: !isAbsolute && fromPath.kind === 'unknown',
        soa,
        origin: nameBelow(zone.origin, initialOrigin),
        ttlS: zone.ttlS,
        records: zone.records.map((each) => ({
            ...each,
            owner: nameBelow(each.owner, initialOrigin),
            origin: nameBelow(each.origin, initialOrigin),
        })),
    };
}
function soaOf({ records }, text) {
    const [soa, second] = records.filter(({ type }) => type === 'SOA');
    if (soa === undefined) {
        throw new record_format/* UnreadableTextError */.l('there is no SOA record in this file, so that its serial cannot be raised', START, 'Give the zone file that has the SOA record; the record may stand there as well as in a file that it includes.');
    }
    if (second !== undefined) {
        const problem = 'a second SOA record; a zone has one';
        throw unreadable(text, second.typeToken.start, problem, 'Remove it, then try again.');
    }
    return soa;
}
function isRecord({ owner, type, data }, { emailDomain }, record) {
    return owner === emailDomain && type === 'TXT' && textOf(data) === bytesOfText(record.verificationCode);
}
function bytesOfText(text) {
    return Buffer.from(text).toString('latin1');
}
function textOf(data) {
    const [mark, , ...digits] = data;
    if (mark?.text !== '\\#' || mark.isQuoted)
        return data.map(({ text }) => bytesOfString(text)).join('');
    const bytes = Buffer.from(digits.map(({ text }) => text).join(''), 'hex');
    const strings = [];
    for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
        strings.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)));
    }
    return strings.join('');
}
function checkCanTake({ records, apex, emailDomain, text }) {
    const name = withoutDot(emailDomain);
    for (const { type, owner, entry, typeToken } of records) {
        const isAbove = isAtOrBelow(emailDomain, owner);
        const at = entry.tokens[0].start;
        if (type === 'CNAME' && owner === emailDomain) {
            throw unreadable(text, at, `${name} is a CNAME, which tolerates no TXT record beside it (RFC 1034)`);
        }
        if (type === 'NS' && isAbove && owner !== apex && isAtOrBelow(owner, apex)) {
            const problem = `the zone delegates ${withoutDot(owner)} here, so that a TXT record of ${name} would not be seen`;
            throw unreadable(text, at, problem, `Give the zone file of ${withoutDot(owner)}.`);
        }
        if (type === 'DNAME' && isAbove && owner !== emailDomain) {
            const problem = `the DNAME of ${withoutDot(owner)} hides every record below it, so one of ${name} too`;
            throw unreadable(text, at, problem);
        }
        if (type === 'RRSIG') {
            const hint = 'Give the zone file that is signed later.';
            throw unreadable(text, typeToken.start, 'the zone is signed, and a new record would not be', hint);
        }
    }
}
function raisedSerial({ soa }, { nowMs }) {
    const serial = soa.data[2];
    if (serial === undefined)
        throw new TypeError('a SOA record without a serial has been read');
    const { start, text } = serial;
    return { start, end: start + text.length, replacement: String(nextSerial(Number(text), nowMs)) };
}
function addedRecord(zone, { verificationCode }) {
    const atName = zone.records.filter(({ owner }) => owner === zone.emailDomain);
    const sibling = atName.findLast(({ type }) => type === 'TXT');
    const before = zone.isGuess ? undefined : (sibling ?? atName.at(-1));
    const place = before ?? zone;
    const neighbour = before ?? zone.records.at(-1) ?? zone.soa;
    const line = lineLike(neighbour, {
        owner: ownerAt(zone, before),
        ttl: bind_ttlOf(sibling, place),
        data: quotedStrings(verificationCode),
    }, zone.text);
    return insertedLine(zone.text, before?.entry.end ?? zone.text.length, line);
}
function bind_ttlOf(sibling, place) {
    if (sibling?.ttlToken !== undefined)
        return sibling.ttlToken.text;
    if (sibling?.ttlS === undefined || sibling.ttlS === place.ttlS)
        return undefined;
    return String(sibling.ttlS);
}
function ownerAt({ emailDomain, isGuess, origin: lastOrigin }, before) {
    if (before?.entry.isIndented === false)
        return before.entry.tokens[0].text;
    const origin = before?.origin ?? lastOrigin;
    if (isGuess || origin === '.' || !isAtOrBelow(emailDomain, origin))
        return emailDomain;
    return emailDomain === origin ? '@' : emailDomain.slice(0, -origin.length - 1);
}
function insertedLine(text, at, line) {
    const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
    const isBehindBreak = at === 0 || /[\r\n]/.test(text.charAt(at - 1));
    const replacement = isBehindBreak ? `${line}${lineBreak}` : `${lineBreak}${line}`;
    return { start: at, end: at, replacement };
}
function edited(text, edits) {
    return edits
        .toSorted((a, b) => b.start - a.start)
        .reduce((result, { start, end, replacement }) => result.slice(0, start) + replacement + result.slice(end), text);
}
function withoutDot(name) {
    return name === '.' ? name : name.slice(0, -1);
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
