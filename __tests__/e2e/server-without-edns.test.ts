import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { runStep } from '../../sandbox/runner.ts';
import { bareHeader, EXPECTED } from '../samples/dns-responses.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

it.each([
  ['FORMERR', 1],
  ['NOTIMP', 4],
])('a server that answers EDNS with %s and repeats no question has the record', async (_rcode, code) => {
  sandbox.publishTxt(EXPECTED.name, EXPECTED.value);
  // Not the server that the resolver asks, which does not go without EDNS.
  const server = await sandbox.startAuthoritative({ zones: [sandbox.zone] });
  const mutate = (message: Buffer) => bareHeader(message.readUInt16BE(0), code);
  server.faults.add({ when: { edns: true }, mutate });
  const { exitCode, outputs } = await runStep({
    with: {
      mode: 'wait-for-dns',
      'email-domain': EXPECTED.name,
      'verification-code': EXPECTED.value,
      resolvers: sandbox.resolver.address,
      'authoritative-servers': server.address,
      timeout: '0',
    },
  });
  expect(exitCode).toBe(0);
  expect(JSON.parse(outputs['dns-report'] ?? '')).toMatchObject({
    visible: true,
    authoritative: true,
    servers: [{ role: 'authoritative', record: 'present', transport: 'udp' }, { record: 'present' }],
  });
  expect(server.queries.map(({ edns }) => edns)).toEqual([true, false]);
});
