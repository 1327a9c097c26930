import { isDeepStrictEqual } from 'node:util';
import {
  addressOf,
  type Block,
  type Configuration,
  type Value,
  type Values,
} from './terraform-configuration.ts';
import {
  bodyOf,
  type ProviderApi,
  RESOURCE_TYPES,
  type ResourceType,
  stateFrom,
} from './terraform-provider.ts';

/** What a plan would do to a resource. */
export interface Action {
  readonly address: string;
  readonly kind: 'create' | 'update' | 'replace' | 'delete' | 'import';
  /** Of an update or a replacement, what changes. */
  readonly changes: Readonly<Record<string, readonly [before: Value, after: Value]>>;
}

interface PlannedAction extends Action {
  readonly planned: Values;
}

/** A plan: what it would do, in the order of the configuration. */
export interface Plan {
  readonly actions: readonly PlannedAction[];
  /** What the data sources have, by address. */
  readonly data: Readonly<Record<string, Values>>;
}

/**
 * Terraform with Cloudflare's provider, as far as their decisions about {@link RESOURCE_TYPES} go: a state, refreshes,
 * imports, plans and applies, by real requests.
 */
export class Terraform {
  readonly #api: ProviderApi;
  readonly #state = new Map<string, Values>();

  constructor(api: ProviderApi) {
    this.#api = api;
  }

  /** Refreshes and decides; only what is imported becomes part of the state, which nobody else sees. */
  async plan(configuration: Configuration): Promise<Plan> {
    await this.#refresh();
    const imported = await this.#import(configuration);
    const actions = configuration.resources.flatMap((block) => {
      const action = decide(block, this.#state.get(addressOf(block)));
      if (action !== undefined) return [action];
      const address = addressOf(block);
      return imported.has(address) ? [{ address, kind: 'import' as const, changes: {}, planned: {} }] : [];
    });
    const declared = new Set(configuration.resources.map(addressOf));
    const gone = [...this.#state.keys()].filter((address) => !declared.has(address));
    const deletions = gone.map((address) => ({ address, kind: 'delete' as const, changes: {}, planned: {} }));
    return { actions: [...actions, ...deletions], data: await this.#readData(configuration) };
  }

  /** Carries out a plan. */
  async apply({ actions }: Plan): Promise<void> {
    for (const { address, kind, planned, changes } of actions) {
      const type = typeOf(address);
      const before = this.#state.get(address) ?? {};
      if (kind === 'delete' || kind === 'replace') await this.#delete(address);
      if (kind === 'create' || kind === 'replace') {
        const path = type.collection(String(planned[type.owner]));
        this.#keep(address, await this.#api.send('POST', path, bodyOf(type, planned)), planned);
      }
      if (kind === 'update') {
        const changed = Object.fromEntries(Object.keys(changes).map((name) => [name, planned[name] ?? null]));
        const body = type.update === 'PATCH' ? changed : bodyOf(type, planned);
        this.#keep(address, await this.#api.send(type.update, itemOf(type, before), body), planned);
      }
    }
  }

  async #refresh(): Promise<void> {
    for (const [address, values] of [...this.#state]) {
      const answer = await this.#api.send('GET', itemOf(typeOf(address), values));
      // The provider takes whatever is a 404 for a resource that is gone.
      if (answer === undefined) this.#state.delete(address);
      else this.#keep(address, answer, values);
    }
  }

  async #import({ imports, resources }: Configuration): Promise<ReadonlySet<string>> {
    const declared = new Set(resources.map(addressOf));
    const imported = new Set<string>();
    for (const { to, id } of imports) {
      if (!declared.has(to)) throw new Error(`Configuration for import target does not exist: ${to}`);
      if (this.#state.has(to)) continue;
      const type = typeOf(to);
      const [owner = '', item = ''] = id.split('/');
      const values = { [type.owner]: owner, id: item };
      const answer = await this.#api.send('GET', itemOf(type, values));
      if (answer === undefined) throw new Error(`Cannot import non-existent remote object: ${id}`);
      this.#keep(to, answer, values);
      imported.add(to);
    }
    return imported;
  }

  async #readData({ dataSources }: Configuration): Promise<Readonly<Record<string, Values>>> {
    const data: Record<string, Values> = {};
    for (const { type, name, values } of dataSources) {
      if (type !== 'cloudflare_sso_connector') throw new Error(`There is no data source ${type} here`);
      const path = `/accounts/${values['account_id']}/sso_connectors/${values['sso_connector_id']}`;
      const answer = await this.#api.send('GET', path);
      if (answer === undefined) throw new Error(`There is nothing at ${path}`);
      data[`data.${type}.${name}`] = answer;
    }
    return data;
  }

  async #delete(address: string): Promise<void> {
    await this.#api.send('DELETE', itemOf(typeOf(address), this.#state.get(address) ?? {}));
    this.#state.delete(address);
  }

  #keep(address: string, answer: Values | undefined, kept: Values): void {
    if (answer === undefined) throw new Error(`${address} is gone`);
    this.#state.set(address, stateFrom(typeOf(address), answer, kept));
  }
}

/** @throws Error if the lifecycle forbids it */
function decide(block: Block, prior: Values | undefined): PlannedAction | undefined {
  const address = addressOf(block);
  const { attributes, normalised = (_, configured) => configured } = typeOf(address);
  // What is ignored is taken from the state as if it were configured; null there is as if it were not.
  const configured = (name: string): Value =>
    (prior !== undefined && block.ignoredChanges.has(name) ? prior[name] : block.values[name]) ?? null;
  const changes: Record<string, readonly [Value, Value]> = {};
  let isReplaced = false;
  const planned = Object.entries(attributes).map(([name, attribute]) => {
    const before = prior?.[name] ?? null;
    const given = configured(name);
    const fallback = attribute.isComputed ? before : (attribute.default ?? null);
    const after = given === null ? fallback : normalised(name, given, before);
    if (!isDeepStrictEqual(before, after)) {
      changes[name] = [before, after];
      const { replaces } = attribute;
      isReplaced ||= replaces === 'always' || (replaces === 'if-configured' && given !== null);
    }
    return [name, after];
  });
  const values = { address, changes, planned: Object.fromEntries(planned) };
  if (prior === undefined) return { ...values, kind: 'create' };
  if (isReplaced && block.preventsDestroy) throw new Error(`Instance cannot be destroyed: ${address}`);
  if (isReplaced) return { ...values, kind: 'replace' };
  return Object.keys(changes).length > 0 ? { ...values, kind: 'update' } : undefined;
}

function typeOf(address: string): ResourceType {
  const [type = ''] = address.split('.');
  const known = RESOURCE_TYPES[type];
  if (known === undefined) throw new Error(`There is no resource ${type} here`);
  return known;
}

function itemOf(type: ResourceType, values: Values): string {
  return `${type.collection(String(values[type.owner]))}/${values['id']}`;
}
