import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActionError, DnsError } from '../../src/domain/errors.ts';
import { withConnector } from '../../src/domain/progress.ts';
import { RECORD_FORMAT_NAMES, type RecordFormatName } from '../../src/domain/sso-record.ts';
import { create } from '../../src/modes/create.ts';
import { enable } from '../../src/modes/enable.ts';
import { waitForDns } from '../../src/modes/wait-for-dns.ts';
import { writeRecord } from '../../src/modes/write-record.ts';
import { openWorkspace } from '../../src/records/workspace/file.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import { rejectionOf } from '../samples/errors.ts';
import {
  ACCOUNT_ID,
  CODE,
  CONNECTOR_ID,
  DOMAIN,
  sampleConnector,
  sampleProgress,
  sampleSettings,
} from '../samples/results.ts';

const SPF = 'v=spf1 -all';
const CURRENT_TXT = `currentTxt "${DOMAIN}"`;
const known = withConnector(sampleProgress(), sampleConnector());

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

/** The files of a workspace before; a zone file must be there, since nobody can make up the rest of a zone. */
function filesFor(format: RecordFormatName): Map<string, string> {
  return new Map(format === 'bind' ? [[FILES.bind, ZONE_FILE]] : []);
}

function settingsOf(format: RecordFormatName, file: string | undefined = undefined, dryRun = false) {
  return sampleSettings({ modes: ['create'], record: { format, file }, dryRun });
}

function write(format: RecordFormatName, world: World = {}, file?: string, dryRun = false) {
  const services = fakeServices({ txtToday: [SPF], ...world });
  const settings = settingsOf(format, file, dryRun);
  const written = writeRecord(known, { format, file }, settings, services);
  return { services, written };
}

describe.each(RECORD_FORMAT_NAMES)('the record as %s', (format) => {
  it('is rendered with the code, and only that', async () => {
    const { services, written } = write(format);
    const progress = await written;
    expect(progress.record).toContain(CODE);
    expect(progress).toMatchObject({ changed: false, connector: known.connector });
    expect(services.saved.at(-1)).toEqual(progress);
    expect(services.calls).toEqual(format === 'tfvars' ? [CURRENT_TXT] : []);
    expect(services.log.lines).toEqual([]);
  });

  it('is written into its file, and only that', async () => {
    const files = filesFor(format);
    const { services, written } = write(format, { files }, FILES[format]);
    await written;
    expect([...files.keys()]).toEqual([FILES[format]]);
    expect(files.get(FILES[format])).toContain(CODE);
    expect(services.calls.at(-1)).toBe(`update ${JSON.stringify({ path: FILES[format], dryRun: false })}`);
    expect(services.log.lines).toEqual([`info: Wrote the record of ${DOMAIN} to ${FILES[format]}.`]);
  });

  it('changes nothing in a second run', async () => {
    const files = filesFor(format);
    await write(format, { files }, FILES[format]).written;
    const before = files.get(FILES[format]);
    const { services, written } = write(format, { files, txtToday: [SPF, CODE] }, FILES[format]);
    await written;
    expect(files.get(FILES[format])).toBe(before);
    expect(services.log.lines).toEqual([`info: ${FILES[format]} has the record of ${DOMAIN} already.`]);
  });

  it('is not written in a dry run, but rendered', async () => {
    const files = filesFor(format);
    const { services, written } = write(format, { files }, FILES[format], true);
    expect((await written).record).toContain(CODE);
    expect(files).toEqual(filesFor(format));
    expect(services.log.lines).toEqual([
      `info: Dry run: would write the record of ${DOMAIN} to ${FILES[format]}.`,
    ]);
  });
});

describe('the record', () => {
  it('of Terraform knows the account and the connector', async () => {
    const { record } = await write('terraform').written;
    expect(record).toContain(`${ACCOUNT_ID}/${CONNECTOR_ID}`);
  });

  it('is no change at Cloudflare, in DNS or at GitHub', async () => {
    const progress = await write('json', {}, 'records.json').written;
    expect(progress.changed).toBe(false);
  });

  it('waits until there is a code', async () => {
    const services = fakeServices();
    const progress = sampleProgress();
    expect(
      await writeRecord(progress, { format: 'json', file: 'x.json' }, settingsOf('json'), services),
    ).toBe(progress);
    expect(services.calls).toEqual([]);
  });

  it('is kept when its file cannot be written', async () => {
    const { services, written } = write('json', { files: new Map([['x.json', 'no JSON']]) }, 'x.json');
    await rejectionOf(written, Error);
    expect(services.saved.at(-1)?.record).toContain(CODE);
  });

  it('says its path without what is unprintable', async () => {
    const { services, written } = write('json', {}, 'a\u001b[31m\nb.json');
    await written;
    expect(services.log.text()).toContain('a\\u{1b}[31m');
    expect(services.log.lines).toHaveLength(1);
  });
});

describe('the record as tfvars', () => {
  it('holds every text of the name, the new one last', async () => {
    const { written } = write('tfvars', { txtToday: ['a', 'z'] });
    const progress = await written;
    expect(JSON.parse(progress.record ?? '')).toEqual({
      cloudflare_sso_txt_values: { [DOMAIN]: ['a', 'z', CODE] },
    });
    expect(progress.txtToday).toEqual(['a', 'z']);
  });

  it('holds the code once when it is published already', async () => {
    const { record } = await write('tfvars', { txtToday: [CODE, 'z'] }).written;
    expect(JSON.parse(record ?? '')).toEqual({ cloudflare_sso_txt_values: { [DOMAIN]: ['z', CODE] } });
  });

  it('asks the authoritative servers again, though an earlier look is known', async () => {
    const services = fakeServices({ txtToday: ['new'] });
    const earlier = { ...known, txtToday: ['old'] };
    const settings = settingsOf('tfvars');
    const progress = await writeRecord(earlier, { format: 'tfvars', file: undefined }, settings, services);
    expect(services.calls).toEqual([CURRENT_TXT]);
    expect(progress.txtToday).toEqual(['new']);
  });

  it('is not written when nobody can say what is there', async () => {
    const failure = new DnsError('No answer.');
    const files = new Map<string, string>();
    const fake = fakeServices({ files });
    const services = { ...fake, dns: { ...fake.dns, currentTxt: () => Promise.reject(failure) } };
    const settings = settingsOf('tfvars', 'x.tfvars.json');
    const written = writeRecord(known, { format: 'tfvars', file: 'x.tfvars.json' }, settings, services);
    expect(await rejectionOf(written, DnsError)).toBe(failure);
    expect(files.size).toBe(0);
  });

  it.each(RECORD_FORMAT_NAMES.filter((name) => name !== 'tfvars'))(
    'is the only format that asks DNS: %s keeps what is known',
    async (format) => {
      const services = fakeServices({ txtToday: ['new'] });
      const earlier = { ...known, txtToday: ['old'] };
      const progress = await writeRecord(earlier, { format, file: undefined }, settingsOf(format), services);
      expect(services.calls).toEqual([]);
      expect(progress.txtToday).toEqual(['old']);
    },
  );
});

describe('the record in the chain', () => {
  it('is written by create, for a new connector', async () => {
    const services = fakeServices();
    const progress = await create(sampleProgress(), settingsOf('json', 'records.json'), services);
    expect(progress).toMatchObject({ created: true, changed: true });
    expect(progress.record).toContain(CODE);
    expect(services.calls.at(-1)).toContain('update');
  });

  it('is written by create, for one that is there', async () => {
    const services = fakeServices({ connector: sampleConnector({ enabled: true }) });
    const progress = await create(sampleProgress(), settingsOf('json', 'records.json'), services);
    expect(progress).toMatchObject({ created: false, changed: false });
    expect(services.calls.at(-1)).toContain('update');
  });

  it('is not there in a dry run of create that would make the connector', async () => {
    const services = fakeServices();
    const settings = settingsOf('json', 'records.json', true);
    const progress = await create(sampleProgress(), settings, services);
    expect(progress.record).toBeUndefined();
    expect(services.calls).toEqual([`find "${DOMAIN}"`]);
  });

  it('is not written by create unless it is asked for', async () => {
    const services = fakeServices();
    const progress = await create(sampleProgress(), sampleSettings(), services);
    expect(progress.record).toBeUndefined();
    expect(services.calls.some((call) => call.startsWith('update'))).toBe(false);
  });

  it('is written by no other mode', async () => {
    const services = fakeServices({ connector: sampleConnector({ verificationStatus: 'verified' }) });
    const settings = settingsOf('json', 'records.json');
    const looked = await waitForDns(known, settings, services);
    expect(await enable(looked, settings, services)).toMatchObject({ record: undefined });
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
    await writeRecord(known, { format: 'json', file }, settingsOf('json', file, dryRun), services);
    return fake.log.text();
  }

  it('is a file in a folder that is made', async () => {
    expect(await writeInto('dns/records.json')).toContain('Wrote the record');
    expect(await readFile(join(root, 'dns/records.json'), 'utf8')).toContain(CODE);
    expect(await writeInto('dns/records.json')).toContain('has the record of');
    expect(await readdir(join(root, 'dns'))).toEqual(['records.json']);
  });

  it('is nothing in a dry run', async () => {
    expect(await writeInto('dns/records.json', true)).toContain('Dry run: would write');
    expect(await readdir(root)).toEqual([]);
  });

  it('is never outside', async () => {
    await rejectionOf(writeInto('../records.json'), ActionError);
  });
});
