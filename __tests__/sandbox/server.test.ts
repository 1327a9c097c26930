import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askUdp, texts } from '../real/dns-probe.ts';
import { send } from '../real/http-probe.ts';

const SERVER = join(import.meta.dirname, '../../sandbox/server.ts');
const KEYS = ['API_URL', 'ACCOUNT_ID', 'API_TOKEN', 'AUTHORITATIVE', 'RESOLVERS', 'CONTROL_URL'];

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  await rm(folder, { recursive: true });
});

/** Starts the command and gives back its facts once all are printed. */
async function start(...words: string[]): Promise<Map<string, string>> {
  const started = spawn(process.execPath, [SERVER, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  const facts = new Map<string, string>();
  for await (const line of createInterface({ input: started.stdout })) {
    const [key = '', ...value] = line.split('=');
    facts.set(key, value.join('='));
    if (key === KEYS.at(-1)) break;
  }
  return facts;
}

async function exitCode(): Promise<unknown> {
  if (child === undefined) throw new Error('nothing was started');
  return child.exitCode ?? (await once(child, 'exit'))[0];
}

it('prints its facts, keeps them in a file, and can be told to publish and to tell', async () => {
  const factsFile = join(folder, 'facts');
  const facts = await start('--facts-file', factsFile);
  expect([...facts.keys()]).toEqual(KEYS);
  expect(facts.get('RESOLVERS')).toMatch(/^udp:\/\/127\.0\.0\.1:\d+,udp:\/\/127\.0\.0\.1:\d+$/);
  const lines = [...facts].map(([key, value]) => `${key}=${value}\n`);
  expect(await readFile(factsFile, 'utf8')).toBe(lines.join(''));

  const control = facts.get('CONTROL_URL') ?? '';
  const port = Number(facts.get('AUTHORITATIVE')?.split(':')[1]);
  const look = async () => texts(await askUdp(port, { name: 'example.com' }));
  expect((await send(`${control}/txt/example.com`, { method: 'PUT', body: 'hello\n' })).status).toBe(201);
  expect(await look()).toEqual(['v=spf1 -all', 'hello']);
  expect((await send(`${control}/txt/example.com`, { method: 'DELETE', body: 'hello' })).status).toBe(200);
  expect(await look()).toEqual(['v=spf1 -all']);
  expect((await send(`${control}/txt/example.com`, { method: 'DELETE', body: 'hello' })).status).toBe(404);
  expect((await send(`${control}/txt/example.org`, { method: 'PUT', body: 'hello' })).status).toBe(404);
  expect((await send(`${control}/nothing`)).status).toBe(404);

  const connectors = `${facts.get('API_URL')}/accounts/${facts.get('ACCOUNT_ID')}/sso_connectors`;
  const token = facts.get('API_TOKEN') ?? '';
  await send(connectors, { method: 'POST', token, body: '{"email_domain":"example.com"}' });
  const made = JSON.parse((await send(`${control}/connectors`)).text);
  expect(made).toMatchObject([{ email_domain: 'example.com', verification: { status: 'pending' } }]);
  const requests = (await send(`${control}/requests`)).text;
  expect(JSON.parse(requests)).toMatchObject([{ method: 'POST', status: 200 }]);
  expect(requests).not.toContain(token);

  child?.kill('SIGTERM');
  expect(await exitCode()).toBe(0);
});

it('ends by itself when its time is up', async () => {
  await start('--for-seconds', '0.05');
  expect(await exitCode()).toBe(0);
});

it('refuses a time that is none', async () => {
  child = spawn(process.execPath, [SERVER, '--for-seconds', 'soon'], { stdio: 'ignore' });
  expect(await exitCode()).toBe(1);
});
