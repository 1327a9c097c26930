import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';

const isInstalled = spawnSync('dig', ['-v']).error === undefined;
const { REQUIRE_REAL_DNS } = process.env;
const isRequired = REQUIRE_REAL_DNS === '1';
if (!isInstalled && !isRequired) {
  console.warn('dig is not installed: the sandbox is not read by an independent client');
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

async function dig(port: number, ...words: string[]): Promise<string> {
  const where = ['@127.0.0.1', '-p', String(port), '+tries=1', '+time=2'];
  const { stdout } = await promisify(execFile)('dig', [...where, ...words]);
  return stdout;
}

describe.skipIf(!isInstalled && !isRequired)('dig', () => {
  it('reads the authoritative server without a warning', async () => {
    const answer = await dig(sandbox.authoritative.port, '+norecurse', 'example.com', 'TXT');
    expect(answer).toMatch(/status: NOERROR/);
    expect(answer).toMatch(/flags: qr aa;/);
    expect(answer).toMatch(/^example\.com\.\s+300\s+IN\s+TXT\s+"v=spf1 -all"$/m);
    expect(answer).not.toMatch(/warning|malformed|mismatch/i);
  });

  it('goes on to TCP when the answer is truncated', async () => {
    const value = 'x'.repeat(2000);
    sandbox.publishTxt('example.com', value);
    const answer = await dig(sandbox.authoritative.port, 'example.com', 'TXT');
    expect(answer).toMatch(/Truncated, retrying in TCP mode/);
    expect(answer.replaceAll('" "', '')).toContain(value);
  });

  it('reads negative answers of the resolver, and its Extended DNS Errors', async () => {
    const { port, faults } = sandbox.resolver;
    const absent = await dig(port, 'nope.example.com', 'TXT');
    expect(absent).toMatch(/status: NXDOMAIN/);
    expect(absent).toMatch(/flags: qr rd ra;/);
    expect(absent).toMatch(/^example\.com\.\s+60\s+IN\s+SOA\s/m);
    faults.add({ rcode: 'SERVFAIL', ede: { code: 6, text: 'no signature fits' } });
    const bogus = await dig(port, 'example.com', 'TXT');
    expect(bogus).toMatch(/EDE: 6 \(DNSSEC Bogus\): \(no signature fits\)/);
  });

  it('steps down to plain DNS when EDNS is refused, as it does with real servers', async () => {
    sandbox.authoritative.faults.add({ refuseEdns: 'FORMERR' });
    const refused = await dig(sandbox.authoritative.port, 'example.com', 'TXT');
    expect(refused).toMatch(/status: FORMERR/);
    const plain = await dig(sandbox.authoritative.port, '+noedns', 'example.com', 'TXT');
    expect(plain).toMatch(/status: NOERROR/);
  });
});
