import type { Sandbox } from '../../sandbox/index.ts';
import { askUdp } from './dns-probe.ts';
import { type Call, send } from './http-probe.ts';

/** A parsed answer of the API. */
export interface ApiReply {
  readonly status: number | undefined;
  readonly errors: readonly { readonly code: number; readonly error_chain?: readonly { code: number }[] }[];
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at what came, whatever it is
  readonly result: any;
  readonly result_info: unknown;
}

/** The body that makes a TXT record of example.com, unless `more` says otherwise. */
export function txt(content: string, more: object = {}): object {
  return { type: 'TXT', name: 'example.com', content, ...more };
}

/** The operations on zones and DNS records of one sandbox, and a look at its DNS; `zoneId` is the zone's usually meant. */
export function zoneCalls(sandbox: Sandbox, zoneId: string) {
  const call = async (path: string, options: Call = {}): Promise<ApiReply> => {
    const reply = await send(`${sandbox.apiUrl}${path}`, { token: sandbox.apiToken, ...options });
    return { ...JSON.parse(reply.text), status: reply.status };
  };
  const zones = (query = '', options?: Call) => call(`/zones${query}`, options);
  const records = (query = '', id = zoneId, options?: Call) =>
    call(`/zones/${id}/dns_records${query}`, options);
  const create = (fields: object, id = zoneId, options?: Call) =>
    records('', id, { method: 'POST', body: JSON.stringify(fields), ...options });
  const record = (recordId: string, options?: Call) => records(`/${recordId}`, zoneId, options);
  const change = (method: 'PUT' | 'PATCH', recordId: string, fields: object, options?: Call) =>
    record(recordId, { method, body: JSON.stringify(fields), ...options });
  const remove = (recordId: string, options?: Call) => record(recordId, { method: 'DELETE', ...options });
  const names = async (query?: string, token = sandbox.apiToken): Promise<string[]> =>
    (await zones(query, { token })).result.map((zone: { name: string }) => zone.name);
  const contents = async (query?: string, id?: string): Promise<string[]> =>
    (await records(query, id)).result.map((record: { content: string }) => record.content);
  const ask = (name = 'example.com') => askUdp(sandbox.authoritative.port, { name });
  return { zones, records, create, record, change, remove, names, contents, ask };
}
