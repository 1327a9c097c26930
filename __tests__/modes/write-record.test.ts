import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActionError, DnsError, InputError } from '../../src/domain/errors.ts';
import type { RecordSettings } from '../../src/domain/settings.ts';
import { RECORD_FORMAT_NAMES, type RecordFormatName } from '../../src/domain/sso-record.ts';
import { create } from '../../src/modes/create.ts';
import { enable } from '../../src/modes/enable.ts';
import { waitForDns } from '../../src/modes/wait-for-dns.ts';
import { writeRecord } from '../../src/modes/write-record.ts';
import { openWorkspace } from '../../src/records/workspace/file.ts';
import { rejectionOf } from '../checks/errors.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import {
  ACCOUNT_ID,
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  domainAfter,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const SPF = 'v=spf1 -all';
const CURRENT_TXT = `currentTxt "${DOMAIN}"`;
const known = () => sampleDomain({ connector: sampleConnector() });

/** What a file of that format can be called. */
const FILES: Readonly<Record<RecordFormatName, string>> = {
  bind: `${DOMAIN}.zone`,
  octodns: `${DOMAIN}.yaml`,
  dnscontrol: 'sso.json',
  terraform: 'cloudflare-sso.tf',
  tfvars: 'sso.auto.tfvars.json',
  json: 'records.json',
};

const ZONE_FILE = [
  `$ORIGIN ${DOMAIN}.`,
  '$TTL 300',
  '@ IN SOA ns1 hostmaster 1 3600 600 86400 60',
  '@ IN NS ns1',
  '',
].join('\n');

/** The files of a workspace before; a zone's file must be there, since nobody can make up the rest of a zone. */
function filesFor(format: RecordFormatName): Map<string, string> {
  const zones = { bind: ZONE_FILE, octodns: '---\nwww:\n  type: A\n  value: 192.0.2.1\n' };
  return new Map(format in zones ? [[FILES[format], zones[format as keyof typeof zones]]] : []);
}

function settingsOf(format: RecordFormatName, file: string | undefined = undefined, dryRun = false) {
  return sampleSettings({ modes: ['create'], record: { format, file }, dryRun });
}

function write(format: RecordFormatName, world: World = {}, file?: string, dryRun = false) {
  const services = fakeServices({ txtToday: [SPF], ...world });
  const settings = settingsOf(format, file, dryRun);
  const domain = known();
  const written = writeRecord(domain, { format, file }, settings, services).then(() => domain);
  return { services, domain, written };
}

describe.each(RECORD_FORMAT_NAMES)('the record as %s', (format) => {
  it('is rendered with the code, and only that', async () => {
    const { services, written } = write(format);
    const domain = await written;
    expect(domain.renderedRecord).toContain(CODE);
    expect(domain).toMatchObject({ changed: false, connector: known().connector });
    expect(services.calls).toEqual([CURRENT_TXT]);
    expect(services.log.lines).toEqual([]);
  });

  it('is written into its file, and only that', async () => {
    const files = filesFor(format);
    const { services, written } = write(format, { files }, FILES[format]);
    await written;
    expect([...files.keys()]).toEqual([FILES[format]]);
    expect(files.get(FILES[format])).toContain(CODE);
    expect(services.calls.at(-1)).toBe(`update ${JSON.stringify({ path: FILES[format], dryRun: false })}`);
    const isNew = !filesFor(format).has(FILES[format]);
    const remarks = isNew ? ['new file'] : [];
    const warnings =
      format === 'terraform' ? [line('warning', FILES[format], 'cloudflare_dns_record', 'record-file')] : [];
    expect(services.log.lines).toEqual([
      line('info', 'Wrote', `of ${DOMAIN}`, FILES[format], ...remarks),
      ...warnings,
    ]);
    expect(services.log.text().includes('new file')).toBe(isNew);
  });

  it('changes nothing in a second run', async () => {
    const files = filesFor(format);
    await write(format, { files }, FILES[format]).written;
    const before = files.get(FILES[format]);
    const { services, written } = write(format, { files, txtToday: [SPF, CODE] }, FILES[format]);
    await written;
    expect(files.get(FILES[format])).toBe(before);
    expect(services.log.lines).toEqual([line('info', 'already', `of ${DOMAIN}`, FILES[format])]);
  });

  it('is not written in a dry run, but rendered', async () => {
    const files = filesFor(format);
    const { services, written } = write(format, { files }, FILES[format], true);
    expect((await written).renderedRecord).toContain(CODE);
    expect(files).toEqual(filesFor(format));
    expect(services.log.lines.filter((each) => each.startsWith('info'))).toEqual([
      line('info', 'Dry run', 'would write', `of ${DOMAIN}`, FILES[format]),
    ]);
  });
});

describe('the record', () => {
  it('of Terraform knows the account and the connector', async () => {
    const { renderedRecord } = await write('terraform').written;
    expect(renderedRecord).toContain(`${ACCOUNT_ID}/${CONNECTOR_ID}`);
  });

  it('is no change at Cloudflare, in DNS or at GitHub', async () => {
    const domain = await write('json', {}, 'records.json').written;
    expect(domain.changed).toBe(false);
  });

  it('waits until there is a code', async () => {
    const services = fakeServices();
    const domain = sampleDomain();
    await writeRecord(domain, { format: 'json', file: 'x.json' }, settingsOf('json'), services);
    expect(domain.renderedRecord).toBeUndefined();
    expect(services.calls).toEqual([]);
  });

  it('is kept when its file cannot be written', async () => {
    const { domain, written } = write('json', { files: new Map([['x.json', 'no JSON']]) }, 'x.json');
    await rejectionOf(written, Error);
    expect(domain.renderedRecord).toContain(CODE);
  });

  it('has its path logged without unprintable characters', async () => {
    const { services, written } = write('json', {}, 'a\u001b[31m\nb.json');
    await written;
    expect(services.log.text()).toContain('a\\u{1b}[31m');
    expect(services.log.lines).toHaveLength(1);
  });
});

describe('the zone of the record', () => {
  const CORP = 'corp.example.com';
  const BARE = ZONE_FILE.replace(/.*\n/, '');

  async function writeFor(name: string, record: Omit<RecordSettings, 'file'>, text: string) {
    const files = new Map([['db.external', text]]);
    const services = fakeServices({ files });
    const domain = sampleDomain({ name, verificationCode: CODE });
    const settings = sampleSettings({ modes: ['create'], record: { ...record, file: 'db.external' } });
    await writeRecord(domain, { ...record, file: 'db.external' }, settings, services);
    return { domain, text: files.get('db.external'), log: services.log };
  }

  it('is the stated one', async () => {
    const { text, log } = await writeFor(CORP, { format: 'bind', zone: 'example.com' }, BARE);
    expect(text).toContain(`\ncorp IN TXT "${CODE}"`);
    expect(log.text()).not.toContain('taken for');
  });

  it('may have the email domain in it', async () => {
    const { text } = await writeFor(CORP, { format: 'bind', zone: '{email-domain}' }, BARE);
    expect(text).toContain(`\n@ IN TXT "${CODE}"`);
  });

  it('is told if it is a guess', async () => {
    const { log } = await writeFor(CORP, { format: 'bind', zone: undefined }, BARE);
    expect(log.lines).toEqual([line('info', 'Wrote', 'db.external', `zone ${CORP}`, 'record-zone')]);
  });

  it.each([
    ['octodns', 'zones/example.com.yaml', 'www:\n  type: A\n  value: 192.0.2.1\n', CORP, 'example.com'],
    ['octodns', 'zones/example.com./x.yaml', 'www: {type: A, value: 192.0.2.1}\n', CORP, 'example.com'],
    ['bind', 'db.example.com', BARE, CORP, 'example.com'],
  ] as const)(
    'is the stated one, but the log warns if the name says another: %s, %s',
    async (format, file, text, zone, named) => {
      const record = { format, file, zone };
      const files = new Map([[file, text]] as [string, string][]);
      const services = fakeServices({ files });
      const settings = sampleSettings({ modes: ['create'], record });
      await writeRecord(sampleDomain({ name: CORP, verificationCode: CODE }), record, settings, services);
      expect(files.get(file)).toContain(CODE);
      expect(services.log.lines.slice(1)).toEqual([
        line('warning', file, `record-zone is ${zone}`, `says ${named}`),
      ]);
    },
  );

  it.each([
    ['bind', 'db.example.com', ZONE_FILE, 'example.com'],
    ['bind', 'db.external', BARE, 'example.com'],
    ['octodns', 'zones/example.com.yaml', '', 'example.com'],
    ['octodns', 'zones/base.yaml', '', CORP],
  ] as const)(
    'is no matter for a warning where nothing contradicts it: %s, %s',
    async (format, file, text, zone) => {
      const record = { format, file, zone };
      const services = fakeServices({ files: new Map([[file, text]]) });
      const settings = sampleSettings({ modes: ['create'], record });
      await writeRecord(sampleDomain({ name: CORP, verificationCode: CODE }), record, settings, services);
      expect(services.log.text()).not.toContain('warning');
    },
  );

  it.each([
    [undefined, 'zones/example.com.yaml', 'corp'],
    ['example.com', undefined, 'corp'],
    [undefined, 'zones/example.com./corp.yaml', 'corp'],
    [undefined, 'zones/corp.example.com.yaml', "''"],
    [undefined, 'zones/{email-domain}.yaml', "''"],
    [undefined, undefined, "''"],
  ])('is that of the rendered record of octoDNS: record-zone %s, record-file %s', async (zone, file, key) => {
    const record = { format: 'octodns' as const, file, zone };
    const path = file?.replace('{email-domain}', CORP);
    const services = fakeServices({ files: new Map(path === undefined ? [] : [[path, '']]) });
    const domain = sampleDomain({ name: CORP, verificationCode: CODE });
    await writeRecord(domain, record, sampleSettings({ modes: ['create'], record }), services);
    expect(domain.renderedRecord).toContain(`\n${key}:\n`);
    const isKnown = zone !== undefined || file !== undefined;
    expect(domain.renderedRecord?.includes(`# For the zone ${CORP}.`)).toBe(!isKnown);
  });

  it('is in the rendered record of DNSControl', async () => {
    const zone = `${DOMAIN}!external`;
    const { domain, text } = await writeFor(CORP, { format: 'dnscontrol', zone }, '');
    expect(domain.renderedRecord).toContain(`D_EXTEND("${zone}", TXT("corp", "${CODE}"))`);
    expect(text).toContain(domain.renderedRecord);
  });

  it.each(RECORD_FORMAT_NAMES)('is refused by %s if the email domain is not in it', async (format) => {
    const written = writeFor('example.org', { format, zone: 'example.com' }, '');
    expect((await rejectionOf(written, InputError)).message).toMatch(facts('example.com', 'example.org'));
  });
});

describe('the record as tfvars', () => {
  it('holds every text of the name, the new one last', async () => {
    const { written } = write('tfvars', { txtToday: ['a', 'z'] });
    const domain = await written;
    expect(JSON.parse(domain.renderedRecord ?? '')).toEqual({
      cloudflare_sso_txt_values: { [DOMAIN]: ['a', 'z', CODE] },
    });
    expect(domain.txtToday).toEqual(['a', 'z']);
  });

  it('holds the code once if it is already published', async () => {
    const { renderedRecord } = await write('tfvars', { txtToday: [CODE, 'z'] }).written;
    expect(JSON.parse(renderedRecord ?? '')).toEqual({
      cloudflare_sso_txt_values: { [DOMAIN]: ['z', CODE] },
    });
  });

  it('asks the authoritative servers again after an earlier look', async () => {
    const services = fakeServices({ txtToday: ['new'] });
    const domain = Object.assign(known(), { txtToday: ['old'] });
    const settings = settingsOf('tfvars');
    await writeRecord(domain, { format: 'tfvars', file: undefined }, settings, services);
    expect(services.calls).toEqual([CURRENT_TXT]);
    expect(domain.txtToday).toEqual(['new']);
  });

  it('is not written when nobody can say what is there', async () => {
    const failure = new DnsError('No answer.');
    const files = new Map<string, string>();
    const fake = fakeServices({ files });
    const services = { ...fake, dns: { ...fake.dns, currentTxt: () => Promise.reject(failure) } };
    const settings = settingsOf('tfvars', 'x.tfvars.json');
    const written = writeRecord(known(), { format: 'tfvars', file: 'x.tfvars.json' }, settings, services);
    expect(await rejectionOf(written, DnsError)).toBe(failure);
    expect(files.size).toBe(0);
  });

  it('is neither written nor rendered with a text that Terraform would change, which the other formats leave alone', async () => {
    const txtToday = ['v=x e\u0301', SPF];
    const files = new Map<string, string>();
    const { domain, written } = write('tfvars', { files, txtToday }, FILES.tfvars);
    const { message, hint } = await rejectionOf(written, DnsError);
    expect(`${message} ${hint}`).toMatch(facts(DOMAIN, 'v=x ', 'NFC', 'record-format'));
    expect([files.size, domain.renderedRecord]).toEqual([0, undefined]);
    expect(domain.record?.txtValues).toEqual([...txtToday, CODE]);
    expect((await write('json', { files, txtToday }, FILES.json).written).renderedRecord).toContain(CODE);
  });

  it.each(RECORD_FORMAT_NAMES.filter((name) => name !== 'tfvars'))(
    'is the only format that asks DNS again: %s keeps what is known',
    async (format) => {
      const services = fakeServices({ txtToday: ['new'] });
      const domain = Object.assign(known(), { txtToday: ['old'] });
      await writeRecord(domain, { format, file: undefined }, settingsOf(format), services);
      expect(services.calls).toEqual([]);
      expect(domain.txtToday).toEqual(['old']);
    },
  );
});

describe.each(RECORD_FORMAT_NAMES.filter((name) => name !== 'tfvars'))('the record as %s', (format) => {
  const failing = { ...fakeServices().dns, currentTxt: () => Promise.reject(new DnsError('No answer.')) };

  it('is written though nobody can say what is there', async () => {
    const files = filesFor(format);
    const services = { ...fakeServices({ files }), dns: failing };
    const domain = known();
    const record = { format, file: FILES[format] };
    await writeRecord(domain, record, settingsOf(format, FILES[format]), services);
    expect(files.get(FILES[format])).toContain(CODE);
    expect(domain.txtToday).toBeUndefined();
    expect(services.log.text()).toContain('txt-values');
  });
});

describe('the record as json', () => {
  it('is the same in the file and in the output, with every text of the name', async () => {
    const files = new Map<string, string>();
    const domain = await write('json', { files }, FILES.json).written;
    expect(files.get(FILES.json)).toBe(domain.renderedRecord);
    expect(JSON.parse(domain.renderedRecord ?? '')).toMatchObject({
      [DOMAIN]: { txt_values: [SPF, CODE] },
    });
  });
});

describe('the record in the chain', () => {
  it('is written by create, for a new connector', async () => {
    const services = fakeServices();
    const domain = await domainAfter(create, sampleDomain(), settingsOf('json', 'records.json'), services);
    expect(domain).toMatchObject({ created: true, changed: true });
    expect(domain.renderedRecord).toContain(CODE);
    expect(services.calls.at(-1)).toContain('update');
  });

  it('is written by create, for one that is there', async () => {
    const services = fakeServices({ connector: sampleConnector({ enabled: true }) });
    const domain = await domainAfter(create, sampleDomain(), settingsOf('json', 'records.json'), services);
    expect(domain).toMatchObject({ created: false, changed: false });
    expect(services.calls.at(-1)).toContain('update');
  });

  it('is missing in a dry run that would create the connector first', async () => {
    const services = fakeServices();
    const settings = settingsOf('json', 'records.json', true);
    const domain = await domainAfter(create, sampleDomain(), settings, services);
    expect(domain.renderedRecord).toBeUndefined();
    expect(services.calls).toEqual([
      `find "${DOMAIN}"`,
      `update ${JSON.stringify({ path: 'records.json', dryRun: true })}`,
    ]);
    expect(services.log.lines).toEqual([
      line('info', 'Dry run', 'would write', 'records.json'),
      line('info', 'Dry run', 'would create'),
    ]);
  });

  it.each(['bind', 'octodns'] as const)(
    'is looked at before the connector is made, as %s: no connector for a file that is not there',
    async (format) => {
      const services = fakeServices();
      const domain = sampleDomain();
      const created = create(domain, settingsOf(format, `zonez/${FILES[format]}`), services);
      expect((await rejectionOf(created, Error)).message).toContain('does not exist');
      expect(services.calls).toEqual([
        `find "${DOMAIN}"`,
        `update ${JSON.stringify({ path: `zonez/${FILES[format]}`, dryRun: true })}`,
      ]);
      expect(domain).toMatchObject({ created: false, changed: false });
    },
  );

  it.each([
    ['bind', ZONE_FILE.replace('SOA', 'SOB')],
    ['octodns', 'a: b: c\n'],
    ['json', '[]'],
    ['tfvars', '{'],
    ['dnscontrol', 'D("example.com", REG);\n'],
  ] as const)(
    'is looked at before the connector is made: one of %s that cannot take it',
    async (format, text) => {
      const files = new Map([[FILES[format], text]]);
      const services = fakeServices({ files });
      await rejectionOf(create(sampleDomain(), settingsOf(format, FILES[format]), services), Error);
      expect(services.calls.some((call) => call.startsWith('create'))).toBe(false);
      expect([...files]).toEqual([[FILES[format], text]]);
    },
  );

  it('is looked at without a word when all is well', async () => {
    const services = fakeServices();
    await create(sampleDomain(), settingsOf('json', 'records.json'), services);
    expect(services.log.lines.filter((each) => each.includes('records.json'))).toEqual([
      line('info', 'Wrote', 'records.json'),
    ]);
  });

  it('is not written by create unless it is asked for', async () => {
    const services = fakeServices();
    const domain = await domainAfter(create, sampleDomain(), sampleSettings(), services);
    expect(domain.renderedRecord).toBeUndefined();
    expect(services.calls.some((call) => call.startsWith('update'))).toBe(false);
  });

  it('is written by no other mode', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'verified' }) });
    const settings = settingsOf('json', 'records.json');
    const looked = await domainAfter(waitForDns, known(), settings, services);
    const { renderedRecord } = await domainAfter(enable, looked, settings, services);
    expect(renderedRecord).toBeUndefined();
    expect(services.calls.some((call) => call.startsWith('update'))).toBe(false);
  });
});

describe('the record in a real workspace', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'write-record-'));
  });

  afterEach(() => rm(root, { recursive: true }));

  async function writeInto(file: string, dryRun = false) {
    const fake = fakeServices({ txtToday: [SPF] });
    const services = { ...fake, workspace: openWorkspace(root) };
    await writeRecord(known(), { format: 'json', file }, settingsOf('json', file, dryRun), services);
    return fake.log.text();
  }

  it('is a file in a folder that is made', async () => {
    expect(await writeInto('dns/records.json')).toContain('Wrote');
    expect(await readFile(join(root, 'dns/records.json'), 'utf8')).toContain(CODE);
    expect(await writeInto('dns/records.json')).toContain('already');
    expect(await readdir(join(root, 'dns'))).toEqual(['records.json']);
  });

  it('is nothing in a dry run', async () => {
    expect(await writeInto('dns/records.json', true)).toContain('Dry run');
    expect(await readdir(root)).toEqual([]);
  });

  async function refusalOf(format: RecordFormatName, file: string, files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    const services = { ...fakeServices({ txtToday: [] }), workspace: openWorkspace(root) };
    const domain = sampleDomain({ name: 'mail.example.com', verificationCode: CODE });
    const written = writeRecord(domain, { format, file }, settingsOf(format, file), services);
    const { message, hint = '' } = await rejectionOf(written, ActionError);
    for (const [name, text] of Object.entries(files)) {
      expect(await readFile(join(root, name), 'utf8')).toBe(text);
    }
    return { message, hint };
  }

  it.each(['bind', 'octodns'] as const)('is in no file that is not there, as %s', async (format) => {
    const file = 'zones/{email-domain}.yaml';
    const empty = await refusalOf(format, file, {});
    expect(empty.message).toMatch(
      facts('record-file zones/mail.example.com.yaml', file, 'does not exist in the workspace'),
    );
    expect(empty.message).not.toContain(':1:1');
    expect(empty.hint).toContain('actions/checkout');
    const other = await refusalOf(format, file, { 'dns/a/mail.example.com.yaml': '', 'node_modules/x': '' });
    expect(other.hint).toMatch(facts('dns/a/mail.example.com.yaml', '{email-domain}', 'sub-domain'));
    expect(other.hint).not.toContain('checkout');
    const plain = await refusalOf(format, 'x.yaml', {});
    expect(plain.message).toContain('record-file x.yaml does not exist');
    expect(plain.hint).not.toContain('{email-domain}');
  });

  it.each(['/zones/example.com.yaml', '../zones/example.com.yaml', '/zones/example.com./corp.yaml'])(
    'is refused by the path that was given, not by another of the zone: %s',
    async (file) => {
      const { message } = await refusalOf('octodns', file, {});
      expect(message).toMatch(facts(`"${file}"`, 'outside the workspace'));
    },
  );

  it('is in a file of a folder with several, which the hint names', async () => {
    const files = { 'zones/example.com./www.yaml': 'www: {type: A, value: 192.0.2.1}\n' };
    const { message, hint } = await refusalOf('octodns', 'zones/example.com.', files);
    expect(message).toContain('a folder');
    expect(hint).toMatch(facts('zones/example.com./$example.com.yaml', 'zones/example.com./mail.yaml'));
  });

  it.each([
    ['bind', 'example.com.yaml', 'www: {type: A, value: 192.0.2.1}\n'],
    ['octodns', 'example.com.zone', ZONE_FILE],
    ['octodns', 'db.example.com', ZONE_FILE],
    ['tfvars', 'dns.tf', 'locals {}\n'],
    ['json', 'dns.tf', 'locals {}\n'],
    ['terraform', 'example.com.zone', ZONE_FILE],
  ] as const)('is asked about where the file is of another format: %s, %s', async (format, file, text) => {
    const { hint } = await refusalOf(format, file, { [file]: text });
    expect(hint).toMatch(facts('record-format', format));
  });

  it.each([
    ['bind', 'example.com.zone', 'www A 192.0.2.1\n'],
    ['octodns', 'example.com.yaml', 'a: b: c\n'],
    ['tfvars', 'x.auto.tfvars.json', '['],
    ['terraform', 'dns.tf', 'locals {\n'],
  ] as const)('is not asked about where it is not: %s, %s', async (format, file, text) => {
    expect((await refusalOf(format, file, { [file]: text })).hint).not.toContain('Is record-format');
  });

  it('is never outside', async () => {
    await rejectionOf(writeInto('../records.json'), ActionError);
  });
});
