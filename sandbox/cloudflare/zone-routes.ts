import { normalizeName } from '../dns/names.ts';
import { readTxtChange, readTxtRecord } from './dns-record-body.ts';
import { ApiProblem, ERROR_CODES, page, success } from './envelope.ts';
import type { ApiRequest, Route } from './router.ts';
import { authorize, isGranted, type Permission, reaches } from './tokens.ts';
import type { HostedZone, ListedRecord, ZoneStore } from './zone-store.ts';

const RECORDS = '/zones/:zoneId/dns_records';
const RECORD = `${RECORDS}/:recordId`;

/** Name servers of zones that no server has; names that cannot exist (RFC 2606). */
const ASSIGNED_NAME_SERVERS = ['ada.ns.cloudflare.example', 'bob.ns.cloudflare.example'];

const STATUSES: readonly string[] = [
  'initializing',
  'pending',
  'active',
  'moved',
] satisfies HostedZone['status'][];

/** Cloudflare's limits for the two lists. */
const ZONE_PAGES = { usual: 20, largest: 50 };
const RECORD_PAGES = { usual: 100, largest: 5_000_000 };

function describeZone(zone: HostedZone, nameServers: readonly string[]) {
  const { id, name, status, accountId, createdOn } = zone;
  return {
    id,
    name,
    status,
    paused: false,
    type: 'full',
    development_mode: 0,
    name_servers: nameServers.length > 0 ? nameServers : ASSIGNED_NAME_SERVERS,
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    modified_on: createdOn,
    created_on: createdOn,
    activated_on: status === 'active' ? createdOn : null,
    meta: { cdn_only: false, dns_only: false, foundation_dns: false, phishing_detected: false },
    owner: { id: null, type: 'user', email: null },
    account: { id: accountId, name: 'Sandbox' },
    plan: { id: '0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Free Website', legacy_id: 'free' },
  };
}

/** Whether a zone matches the query; absent parameters match everything. */
function matchesZone({ name, accountId, status }: HostedZone, query: URLSearchParams): boolean {
  const wanted = { name: query.get('name'), accountId: query.get('account.id'), status: query.get('status') };
  return (
    (wanted.name === null || normalizeName(wanted.name) === name) &&
    (wanted.accountId ?? accountId) === accountId &&
    (wanted.status ?? status) === status
  );
}

/** Comparisons by the suffix of a filter; all ignore case. */
const OPERATORS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  '': (value, wanted) => value === wanted,
  '.exact': (value, wanted) => value === wanted,
  '.startswith': (value, wanted) => value.startsWith(wanted),
  '.endswith': (value, wanted) => value.endsWith(wanted),
  '.contains': (value, wanted) => value.includes(wanted),
};

function passes(query: URLSearchParams, field: string, spellings: readonly string[]): boolean {
  return Object.entries(OPERATORS).every(([operator, compare]) => {
    const wanted = query.get(`${field}${operator}`)?.toLowerCase();
    return wanted === undefined || spellings.some((value) => compare(value.toLowerCase(), wanted));
  });
}

/** The content as shown, and without quotes: Cloudflare does not document which one is compared. */
function spellingsOf({ stored, shown }: ListedRecord): string[] {
  return stored.type === 'TXT' ? [shown.content, Buffer.concat(stored.data).toString()] : [shown.content];
}

function matchesRecord(record: ListedRecord, query: URLSearchParams): boolean {
  const { name, type } = record.shown;
  return (
    (query.get('type')?.toUpperCase() ?? type) === type &&
    passes(query, 'name', [name, `${name}.`]) &&
    passes(query, 'content', spellingsOf(record))
  );
}

/** The operations on zones and their DNS records (Cloudflare API: Zones, DNS > Records). */
export function zoneRoutes(zones: ZoneStore): readonly Route[] {
  const listZones = ({ query, token }: ApiRequest) => {
    const status = query.get('status');
    if (status !== null && !STATUSES.includes(status)) {
      throw new ApiProblem(400, { code: ERROR_CODES.invalidBody, message: 'Invalid value for status' });
    }
    // A token without permission gets an empty list, not a refusal.
    const visible = isGranted(token, 'zone:read')
      ? zones.all().filter((zone) => reaches(token, zone.accountId) && matchesZone(zone, query))
      : [];
    const shown = visible.map((zone) => describeZone(zone, zones.nameServers(zone.id)));
    return page(shown, query, ZONE_PAGES);
  };

  const zoneFor = ({ params, token }: ApiRequest, permission: Permission): HostedZone => {
    const zone = zones.get(params['zoneId'] ?? '');
    authorize(token, permission, zone.accountId);
    return zone;
  };

  const listRecords = (request: ApiRequest) => {
    const { id } = zoneFor(request, 'dns:read');
    const matching = zones.records(id).filter((record) => matchesRecord(record, request.query));
    const shown = matching.map((record) => record.shown);
    return page(shown, request.query, RECORD_PAGES);
  };

  const createRecord = (request: ApiRequest) => {
    const { id, name } = zoneFor(request, 'dns:write');
    return success(zones.createTxt(id, readTxtRecord(request.body, name)));
  };

  const recordIdOf = ({ params }: ApiRequest): string => params['recordId'] ?? '';

  const getRecord = (request: ApiRequest) => {
    const { id } = zoneFor(request, 'dns:read');
    return success(zones.record(id, recordIdOf(request)).shown);
  };

  const replaceRecord = (request: ApiRequest) => {
    const { id, name } = zoneFor(request, 'dns:write');
    return success(zones.updateTxt(id, recordIdOf(request), readTxtRecord(request.body, name)));
  };

  const changeRecord = (request: ApiRequest) => {
    const { id, name } = zoneFor(request, 'dns:write');
    const { shown } = zones.record(id, recordIdOf(request));
    return success(zones.updateTxt(id, shown.id, readTxtChange(request.body, shown, name)));
  };

  const deleteRecord = (request: ApiRequest) => {
    const { id } = zoneFor(request, 'dns:write');
    zones.deleteRecord(id, recordIdOf(request));
    return success({ id: recordIdOf(request) });
  };

  return [
    { method: 'GET', path: '/zones', handle: listZones },
    { method: 'GET', path: RECORDS, permission: 'dns:read', handle: listRecords },
    { method: 'POST', path: RECORDS, permission: 'dns:write', handle: createRecord },
    { method: 'GET', path: RECORD, permission: 'dns:read', handle: getRecord },
    { method: 'PUT', path: RECORD, permission: 'dns:write', handle: replaceRecord },
    { method: 'PATCH', path: RECORD, permission: 'dns:write', handle: changeRecord },
    { method: 'DELETE', path: RECORD, permission: 'dns:write', handle: deleteRecord },
  ];
}
