import { describe, expect, it } from 'vitest';
import type { ApiFault, ApiFaultRule } from '../../sandbox/index.ts';
import { ECHOES } from '../checks/secret-forms.ts';
import { CHAIN, CHECK, runKept } from '../secrets/kept.ts';
import { startWorld, type World } from '../secrets/world.ts';

const SHORT_CHAIN = { ...CHAIN, timeout: '1s' };

/** Something that makes an answer of the token that it was asked with. */
type Echo = (token: string) => Omit<ApiFaultRule, 'method' | 'path'>;

const everyForm = (token: string) => ECHOES.map(([, echo]) => echo(token)).join(' ; ');
/** Headers take no line breaks, and these forms have none. */
const status = (code: number, message: string): ApiFault => ({
  kind: 'status',
  status: code,
  errors: [{ code: 9109, message }],
});
const page = (text: string, contentType = 'text/html'): ApiFault => ({
  kind: 'body',
  body: `<html><title>${text}</title><pre>${text}</pre></html>`,
  status: 502,
  contentType,
});
const unchanged: ApiFault = { kind: 'altered-body', alter: (text) => text };

/** What fails the request that gets it. */
const REFUSALS: readonly (readonly [string, Echo])[] = [
  ['the message of a 403', (token) => ({ fault: status(403, `Not allowed: Bearer ${token}`) })],
  ['the message of a 500, which is tried again', (token) => ({ fault: status(500, `Bearer ${token}`) })],
  ['a message, in every form', (token) => ({ fault: status(400, everyForm(token)) })],
  ['a message, behind a long text', (token) => ({ fault: status(400, `${'a'.repeat(1980)} ${token}`) })],
  [
    'a message, behind a very long text',
    (token) => ({ fault: status(400, `${'a'.repeat(90_000)} ${token}`) }),
  ],
  ['a page of HTML', (token) => ({ fault: page(`Authorization: Bearer ${token}`) })],
  ['the content type', (token) => ({ fault: page('Sign in', `text/html; token=${token}`) })],
  ['the ray ID', (token) => ({ headers: { 'cf-ray': token }, fault: status(400, 'No') })],
  ['all headers', (token) => ({ headers: noted(token), fault: status(400, 'No') })],
  ['a deprecation', (token) => ({ headers: deprecated(token), fault: status(400, 'No') })],
  ['Retry-After', (token) => ({ headers: { 'retry-after': token }, fault: status(503, 'No') })],
  [
    'the address of a redirect',
    (token) => ({
      fault: { kind: 'redirect', status: 302, location: `https://${token}.example/?t=${token}` },
    }),
  ],
];

function noted(token: string): Readonly<Record<string, string>> {
  return { 'set-cookie': `token=${token}`, 'x-request-headers': encodeURIComponent(everyForm(token)) };
}

function deprecated(token: string): Readonly<Record<string, string>> {
  return { deprecation: 'true', sunset: token, link: `<https://example.com/?${token}>; rel="deprecation"` };
}

describe.concurrent('a token that its API sends back is written nowhere: Cloudflare, in', () => {
  it.each(REFUSALS)('%s', async (_, echo) => {
    await using world = await startWorld();
    world.sandbox.api.faults.add(echo(world.sandbox.apiToken));
    const { summary, log } = await runKept(world, 1, SHORT_CHAIN);
    expect(log).toContain('::error ');
    expect(summary).toContain('example.com');
  });

  it('a message, of which the rest is told', async () => {
    await using world = await startWorld();
    world.sandbox.api.faults.add({ fault: status(403, `Not for Bearer ${world.sandbox.apiToken} at all.`) });
    const { log, summary } = await runKept(world, 1, SHORT_CHAIN);
    for (const text of [log, summary]) expect(text).toMatch(/Not for Bearer .{3,30} at all/);
  });

  const field =
    (name: string, value: (token: string) => string) =>
    (token: string): ApiFault => ({
      kind: 'altered-body',
      alter: (text) =>
        text.replaceAll(
          new RegExp(`("${name}":)"[^"]*"`, 'g'),
          (_, key) => key + JSON.stringify(value(token)),
        ),
    });

  it.each([
    ['the ID of a connector', 'create, enable', field('id', (token) => token)],
    ['the email domain of a connector', 'enable', field('email_domain', (token) => token)],
    [
      'the email domain of a connector, in lower case',
      'enable',
      field('email_domain', (token) => `${token.toLowerCase()}.example`),
    ],
    ['a verification code', 'enable', field('code', (token) => `cloudflare_dashboard_sso=${token}`)],
    [
      'a verification code, in Base64',
      'enable',
      field('code', (token) => Buffer.from(token).toString('base64')),
    ],
    ['a status', 'enable', field('status', (token) => token)],
    ['every name', 'publish-dns, enable', field('name', (token) => `${token}.example`)],
    ['every content', 'publish-dns', field('content', (token) => `"${token}"`)],
    ['the name and type of identity providers', 'preflight', field('(?:name|type)', (token) => token)],
    ['the provider of a sign-in', 'preflight', field('connection', (token) => token)],
    ['the address of members', 'preflight', field('email', (token) => `${token}@${token}.example`)],
    ['the status of the token', 'preflight', field('status', (token) => token)],
    ['the policies of the application', 'enable, check', field('decision', (token) => token)],
  ] as const)('%s', async (_, mode, fault) => {
    await using world = await startWorld();
    const { sandbox } = world;
    const { id, verification } = sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    sandbox.publishTxt('example.com', verification.code);
    sandbox.playSignIn({ email: 'alex@example.com' });
    sandbox.api.faults.add({ carryOut: true, fault: fault(sandbox.apiToken) });
    // By its ID the domain is the one that the API tells.
    const inputs = mode.includes('create') ? {} : { 'connector-id': id, 'email-domain': '' };
    const result = await world.run({ mode, timeout: '1s', ...inputs });
    expect(result.leaks).toEqual([]);
    expect(sandbox.api.requests).not.toEqual([]);
  });

  it('a success of the wrong shape', async () => {
    await using world = await startWorld();
    const token = world.sandbox.apiToken;
    const result = {
      success: true,
      errors: [],
      messages: [],
      result: { [token]: token, errors: `Bearer ${token}` },
    };
    world.sandbox.api.faults.add({ fault: { kind: 'body', body: JSON.stringify(result) } });
    expect((await runKept(world, 1, SHORT_CHAIN)).log).toContain('unexpected shape');
  });
});

describe.concurrent('a token that its API sends back is written nowhere: GitHub, in', () => {
  /** A world with drift, and with the text of another run in the issue. */
  async function startDrifted(): Promise<World> {
    const world = await startWorld();
    world.sandbox.seedConnector({ emailDomain: 'example.com', status: 'verified' });
    return world;
  }

  it.each(REFUSALS)('%s', async (_, echo) => {
    await using world = await startDrifted();
    world.github.faults.add(echo(world.github.token));
    const { log, outputs } = await runKept(world, 1, CHECK);
    expect(log).toContain('::error ');
    expect(outputs).toMatchObject({ drift: 'true' });
  });

  it('headers of answers that are sound', async () => {
    await using world = await startDrifted();
    const { token, faults } = world.github;
    faults.add({ headers: { ...noted(token), ...deprecated(token) }, carryOut: true, fault: unchanged });
    expect((await runKept(world, 0, CHECK)).log).toContain('deprecated');
  });

  it('the address of the issue', async () => {
    await using world = await startDrifted();
    const { token, faults } = world.github;
    const alter = (text: string) =>
      text.replaceAll(
        /("html_url":)"[^"]*"/g,
        (_, key) => `${key}"https://x-access-token:${token}@github.example/1"`,
      );
    faults.add({ carryOut: true, fault: { kind: 'altered-body', alter } });
    const { log, summary } = await runKept(world, 0, CHECK);
    expect(log).toMatch(/drift issue https:\/\/x-access-token:\*\*\*@github\.example\/1 .*opened/);
    expect(summary).toContain('github');
  });

  it('the text of an issue', async () => {
    await using world = await startDrifted();
    const { token, faults } = world.github;
    const alter = (text: string) => text.replaceAll(/("body":)"[^"]*"/g, (_, key) => `${key}"${token}"`);
    faults.add({ carryOut: true, fault: { kind: 'altered-body', alter } });
    await runKept(world, 1, CHECK);
  });
});
