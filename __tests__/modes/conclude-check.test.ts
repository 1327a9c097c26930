import { describe, expect, it } from 'vitest';
import { CloudflareApiError } from '../../src/cloudflare/api-error.ts';
import type { SsoConnector } from '../../src/domain/connector.ts';
import type { Drift } from '../../src/domain/drift.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { DomainResult } from '../../src/domain/run-result.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { concludeCheck } from '../../src/modes/conclude-check.ts';
import { facts, line } from '../checks/facts.ts';
import { fakeServices, type World } from '../fakes/services.ts';
import {
  ACCOUNT_ID,
  CONNECTOR_ID,
  DOMAIN,
  sampleConnector,
  sampleDomain,
  sampleSettings,
} from '../samples/results.ts';

const URL = 'https://github.com/o/r/issues/7';
const TOKEN = 'github-token-of-the-tests';

function settingsOf(changes: Partial<Settings> & Partial<Settings['check']> = {}): Settings {
  const { expectEnabled, failOnDrift = true, issue, ...others } = changes;
  const settings = sampleSettings({ modes: ['check'], ...others });
  return { ...settings, check: { expectEnabled: expectEnabled ?? true, failOnDrift, issue } };
}

function driftOf(emailDomain: string, kind: Drift['kind'] = 'not-enabled'): Drift {
  return {
    kind,
    email_domain: emailDomain,
    expected: 'enabled',
    actual: 'the connector is disabled',
    remedy: 'Do it.',
  };
}

function domain(emailDomain: string, drift: readonly Drift[] | undefined = []): DomainResult {
  const failure = drift === undefined ? new ActionError('No.') : undefined;
  return { domain: sampleDomain({ name: emailDomain, drift }), failure };
}

/** An email domain whose connector was compared with what is declared. */
function compared(emailDomain: string): DomainResult {
  const known = { name: emailDomain, connector: connector(emailDomain), drift: [] };
  return { domain: sampleDomain(known), failure: undefined };
}

function failed(emailDomain: string | undefined): DomainResult {
  return { domain: sampleDomain({ name: emailDomain }), failure: new ActionError('No.') };
}

function connector(emailDomain: string, changes: Partial<SsoConnector> = {}): SsoConnector {
  return sampleConnector({ id: `id-of-${emailDomain}`, emailDomain, ...changes });
}

async function conclude(domains: readonly DomainResult[], settings = settingsOf(), world: World = {}) {
  const services = fakeServices({ connectors: [], ...world });
  const conclusion = await concludeCheck(domains, settings, services);
  return { ...conclusion, services };
}

describe('concludeCheck without mode check', () => {
  it('concludes nothing and asks nothing', async () => {
    const settings = settingsOf({ modes: ['create', 'enable'], issue: { githubToken: TOKEN } });
    const { services, ...conclusion } = await conclude([domain(DOMAIN)], settings);
    expect(conclusion).toEqual({ drift: undefined, driftIssueUrl: undefined, changed: false, failures: [] });
    expect(services.calls).toEqual([]);
  });

  it('concludes nothing without credentials', async () => {
    const { drift, failures } = await conclude([domain(DOMAIN)], settingsOf({ account: undefined }));
    expect({ drift, failures }).toEqual({ drift: undefined, failures: [] });
  });
});

describe('the drift report', () => {
  it('says what was compared, and that there is no drift', async () => {
    const { drift, failures, changed, services } = await conclude([domain('b.example'), domain('a.example')]);
    expect(drift).toEqual({
      drift: false,
      account_id: ACCOUNT_ID,
      checked: ['a.example', 'b.example'],
      failed: [],
      differences: [],
      not_checked: [],
    });
    expect({ failures, changed }).toEqual({ failures: [], changed: false });
    expect(services.calls).toEqual(['list']);
    expect(services.log.lines).toEqual([]);
  });

  it('says that connectors were not looked at where the list has something else', async () => {
    const listReadable = async () => ({ connectors: [connector('other.example')], isWhole: false });
    const { drift, failures } = await conclude([domain(DOMAIN)], settingsOf(), {
      ssoConnectors: { listReadable },
    });
    expect(drift?.not_checked).toEqual([{ kind: 'undeclared-connector' }]);
    expect(drift?.differences.map(({ email_domain }) => email_domain)).toEqual(['other.example']);
    expect(failures).toHaveLength(1);
  });

  it('is sorted by domain and kind, however the domains come', async () => {
    const domains = [
      domain('b.example', [driftOf('b.example', 'record-missing'), driftOf('b.example', 'not-enabled')]),
      domain('Z.example'),
      failed('d.example'),
      domain('a.example', [driftOf('a.example')]),
      failed('c.example'),
    ];
    const world = { connectors: [connector('y.example'), connector('aa.example')] };
    const { drift } = await conclude(domains, settingsOf(), world);
    const backwards = await conclude(domains.toReversed(), settingsOf(), {
      connectors: world.connectors.toReversed(),
    });
    expect(JSON.stringify(backwards.drift)).toBe(JSON.stringify(drift));
    expect(drift?.differences.map(({ email_domain, kind }) => `${email_domain} ${kind}`)).toEqual([
      'a.example not-enabled',
      'aa.example undeclared-connector',
      'b.example not-enabled',
      'b.example record-missing',
      'y.example undeclared-connector',
    ]);
    expect(drift).toMatchObject({
      checked: ['Z.example', 'a.example', 'b.example'],
      failed: ['c.example', 'd.example'],
    });
  });

  it('names domains that could not be compared, which are no drift', async () => {
    const { drift, failures } = await conclude([failed('a.example'), failed(undefined)]);
    expect(drift).toMatchObject({
      drift: false,
      checked: [],
      failed: ['a.example', 'the connector'],
      differences: [],
    });
    // Their own failures are counted where they happened.
    expect(failures).toEqual([]);
  });

  it('still has the drift of the others', async () => {
    const { drift } = await conclude([failed('a.example'), domain(DOMAIN, [driftOf(DOMAIN)])]);
    expect(drift).toMatchObject({ drift: true, checked: [DOMAIN], failed: ['a.example'] });
  });

  it('holds nothing that changes from run to run', async () => {
    const domains = [domain(DOMAIN, [driftOf(DOMAIN)])];
    const [one, other] = [await conclude(domains), await conclude(domains)];
    expect(JSON.stringify(one.drift)).toBe(JSON.stringify(other.drift));
  });
});

describe('connectors that nobody declared', () => {
  it('are drift, enabled or not', async () => {
    const connectors = [connector(DOMAIN), connector('b.example'), connector('a.example', { enabled: true })];
    const { drift } = await conclude([compared(DOMAIN)], settingsOf(), { connectors });
    expect(drift?.differences).toEqual([
      {
        kind: 'undeclared-connector',
        email_domain: 'a.example',
        connector_id: 'id-of-a.example',
        expected: expect.stringMatching(/^no\b/),
        actual: expect.stringMatching(facts('enabled', 'not declared')),
        remedy: expect.stringMatching(facts('email domain', 'delete')),
      },
      expect.objectContaining({
        email_domain: 'b.example',
        actual: expect.stringMatching(facts('disabled', 'not declared')),
      }),
    ]);
  });

  it('are in the log, each with what to do', async () => {
    const connectors = [connector('b.example'), connector('a.example', { enabled: true })];
    const { services } = await conclude([domain(DOMAIN)], settingsOf(), { connectors });
    expect(services.log.lines.filter((one) => one.startsWith('info: Drift'))).toEqual([
      line('info', 'b.example', 'disabled', 'delete'),
      line('info', 'a.example', 'enabled', 'disable and delete'),
    ]);
  });

  it.each<[SsoConnector['enabled'], string, string]>([
    [true, '(enabled)', 'disable and delete'],
    [undefined, 'perhaps enabled', 'disable and delete'],
    [false, '(disabled)', 'then delete'],
  ])('include a second one of a declared email domain (enabled: %s)', async (enabled, shown, remedy) => {
    const second = connector(DOMAIN, { id: 'second', enabled });
    const world = { connectors: [connector(DOMAIN), second] };
    const { drift, failures } = await conclude([compared(DOMAIN)], settingsOf(), world);
    expect(drift?.differences).toEqual([
      {
        kind: 'undeclared-connector',
        email_domain: DOMAIN,
        connector_id: 'second',
        expected: expect.stringContaining('single'),
        actual: expect.stringContaining(shown),
        remedy: expect.stringMatching(facts(remedy, 'by its connector ID')),
      },
    ]);
    expect(failures).toHaveLength(1);
  });

  it('do not include those whose check failed', async () => {
    const connectors = [connector(DOMAIN)];
    expect((await conclude([failed(DOMAIN)], settingsOf(), { connectors })).drift?.drift).toBe(false);
  });

  it('do not include one that was found gone after the list was read', async () => {
    const found = { domain: sampleDomain({ sight: 'absent', drift: [] }), failure: undefined };
    const connectors = [connector(DOMAIN)];
    expect((await conclude([found], settingsOf(), { connectors })).drift?.drift).toBe(false);
  });

  it('do not include the one that was named by its ID', async () => {
    const settings = settingsOf({ emailDomains: [], connectorId: CONNECTOR_ID });
    const connectors = [sampleConnector()];
    expect((await conclude([failed(undefined)], settings, { connectors })).drift?.drift).toBe(false);
    const found = [{ domain: sampleDomain({ drift: [] }), failure: undefined }];
    expect((await conclude(found, settings, { connectors })).drift?.drift).toBe(false);
  });

  it('do not include the one that create made in the same step, after the list was read', async () => {
    expect((await conclude([domain(DOMAIN)], settingsOf(), { connectors: [] })).drift?.drift).toBe(false);
  });
});

describe('fail-on-drift', () => {
  const drifted = [domain(DOMAIN, [driftOf(DOMAIN)])];

  it('true fails the step, says what differs and where all of it is reported', async () => {
    const { failures, services } = await conclude(drifted);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      emailDomain: undefined,
      error: {
        message: expect.stringMatching(
          facts('Drift', '1 difference ', `${DOMAIN}: the connector is disabled`),
        ),
        hint: expect.stringMatching(facts('drift-report', 'fail-on-drift: false')),
      },
    });
    expect(failures[0]?.error).toBeInstanceOf(ActionError);
    expect(services.log.lines).toEqual([]);
  });

  it('false warns, and does not fail', async () => {
    const { drift, failures, services } = await conclude(drifted, settingsOf({ failOnDrift: false }));
    expect(drift?.drift).toBe(true);
    expect(failures).toEqual([]);
    expect(services.log.lines).toEqual([
      line('warning', 'Drift', '1 difference ', `${DOMAIN}: the connector is disabled`),
    ]);
  });

  it('false without drift says nothing', async () => {
    const { services } = await conclude([domain(DOMAIN)], settingsOf({ failOnDrift: false }));
    expect(services.log.lines).toEqual([]);
  });

  it.each([
    [5, undefined],
    [7, '2 more'],
  ])('names five of %d', async (count, more) => {
    const names = Array.from({ length: count }, (_, index) => `d${index + 1}.example`);
    const { failures } = await conclude(names.map((name) => domain(name, [driftOf(name)])));
    const message = failures[0]?.error.message;
    const named = names.slice(0, 5).map((name) => `${name}: the connector is disabled`);
    expect(message).toMatch(facts('Drift', `${count} differences`, ...named));
    expect(message?.match(/\d+ more/)?.[0]).toBe(more);
    expect(message).not.toContain('d6.example');
  });
});

describe('the drift issue', () => {
  const drifted = [domain(DOMAIN, [driftOf(DOMAIN)])];
  const withIssue = settingsOf({ issue: { githubToken: TOKEN } });
  const kept = (action: 'opened' | 'updated' | 'closed' | 'reopened' | 'none', url?: string): World => ({
    keepDriftIssue: async () => ({ action, url, duplicates: [] }),
  });

  it('is not kept unless it is asked for', async () => {
    expect((await conclude(drifted)).services.calls).toEqual(['list']);
  });

  it.each([true, false])('is kept whether or not there is drift (dry run: %s)', async (dryRun) => {
    for (const [domains, drift] of [
      [drifted, true],
      [[domain(DOMAIN)], false],
    ] as const) {
      const { services } = await conclude(domains, { ...withIssue, dryRun });
      expect(services.calls).toEqual([
        'list',
        `keepDriftIssue ${JSON.stringify({ drift, token: TOKEN, dryRun })}`,
      ]);
    }
  });

  it('gets the same report as the output', async () => {
    const reports: unknown[] = [];
    const world: World = {
      async keepDriftIssue(report) {
        reports.push(report);
        return { action: 'none', url: undefined, duplicates: [] };
      },
    };
    const { drift } = await conclude(drifted, withIssue, world);
    expect(reports).toEqual([drift]);
  });

  it.each([
    ['opened', true],
    ['updated', true],
    ['reopened', true],
    ['closed', true],
    ['none', false],
  ] as const)('that is %s counts as changed: %s', async (action, changed) => {
    const conclusion = await conclude(drifted, withIssue, kept(action, URL));
    expect(conclusion).toMatchObject({ changed, driftIssueUrl: URL });
    expect(conclusion.failures).toHaveLength(1);
    const dry = await conclude(drifted, { ...withIssue, dryRun: true }, kept(action, URL));
    expect(dry).toMatchObject({ changed: false, driftIssueUrl: URL });
  });

  it.each([true, false])(
    'that fails is one more failure and hides no drift (fail-on-drift: %s)',
    async (failOnDrift) => {
      const failure = new ActionError('GitHub says no.', { hint: 'Give "issues: write".' });
      const { drift, failures, driftIssueUrl, changed } = await conclude(
        drifted,
        settingsOf({ issue: { githubToken: TOKEN }, failOnDrift }),
        { keepDriftIssue: () => Promise.reject(failure) },
      );
      expect(drift).toMatchObject({ drift: true, differences: [{ kind: 'not-enabled' }] });
      expect(failures.map(({ error }) => error.message)).toEqual([
        ...(failOnDrift ? [expect.stringContaining('Drift, 1 difference')] : []),
        'GitHub says no.',
      ]);
      expect(failures.at(-1)?.error).toBe(failure);
      expect({ driftIssueUrl, changed }).toEqual({ driftIssueUrl: undefined, changed: undefined });
    },
  );

  it('that fails in a dry run has changed nothing', async () => {
    const world: World = { keepDriftIssue: () => Promise.reject(new ActionError('GitHub says no.')) };
    const conclusion = await conclude(drifted, { ...withIssue, dryRun: true }, world);
    expect(conclusion).toMatchObject({ changed: false });
    expect(conclusion.failures).toHaveLength(2);
  });

  it('that fails in a way nobody thought of becomes an error of the action', async () => {
    const world: World = { keepDriftIssue: () => Promise.reject(new TypeError('x is undefined')) };
    const { failures } = await conclude([domain(DOMAIN)], withIssue, world);
    expect(failures.map(({ error }) => error.message)).toEqual(['TypeError: x is undefined']);
  });
});

describe('a list that cannot be read', () => {
  it('leaves it open whether there is drift, and is a failure', async () => {
    const failure = new CloudflareApiError('No.', { retryability: 'permanent', status: 403, errors: [] });
    const { drift, failures, driftIssueUrl, changed, services } = await conclude(
      [domain(DOMAIN, [driftOf(DOMAIN)])],
      settingsOf({ issue: { githubToken: TOKEN } }),
      { ssoConnectors: { list: () => Promise.reject(failure) } },
    );
    expect(failures).toEqual([{ emailDomain: undefined, error: failure }]);
    expect({ drift, driftIssueUrl, changed }).toEqual({
      drift: undefined,
      driftIssueUrl: undefined,
      changed: false,
    });
    // An issue that was closed because nothing could be read would be a lie.
    expect(services.calls).toEqual(['list']);
  });
});
