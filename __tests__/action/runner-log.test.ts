import { describe, expect, it } from 'vitest';
import { createRunnerLog } from '../../src/action/runner-log.ts';
import { ActionError, errorLines } from '../../src/domain/errors.ts';
import type { Log } from '../../src/domain/log.ts';
import { elapsed } from '../../src/text/duration.ts';
import { redactor } from '../../src/text/secrets.ts';
import { type RunnerCommand, runnerCommands } from '../checks/runner-commands.ts';
import { stdoutOf } from '../fakes/captured-stdout.ts';
import { HOSTILE_TEXTS, UNPRINTABLE } from '../samples/hostile-text.ts';

async function commandsOf(work: (log: Log) => unknown): Promise<readonly RunnerCommand[]> {
  return runnerCommands(await stdoutOf(() => work(createRunnerLog())));
}

const hostile = Object.entries(HOSTILE_TEXTS);

describe('the runner log', () => {
  it.each(hostile)('prints %s as one line that is no command', async (_, text) => {
    const stdout = await stdoutOf(() => createRunnerLog().info(text));
    expect(runnerCommands(stdout)).toEqual([]);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout.slice(0, -1)).not.toMatch(UNPRINTABLE);
  });

  it.each(hostile)('sends %s in an annotation or a group without another command', async (_, text) => {
    const commands = await commandsOf(async (log) => {
      log.debug(text);
      log.notice(text);
      log.warning(text);
      log.errors([{ error: new ActionError(text, { hint: text }), subject: text }]);
      await log.group(text, async () => log.info(text));
    });
    expect(commands.map(({ name }) => name)).toEqual([
      'debug',
      'notice',
      'warning',
      'error',
      'group',
      'endgroup',
    ]);
    for (const { data } of commands) {
      // The runner prints an annotation line by line, so each line of it must be harmless too.
      expect(runnerCommands(data)).toEqual([]);
      expect(data.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    }
  });

  it.each(hostile)('prints %s behind a label without a command', async (_, text) => {
    const commands = await commandsOf(async (log) => {
      const labelled = log.labelled(text);
      labelled.info(text);
      log.detail(text);
      await labelled.group(text, async () => labelled.info(text));
    });
    expect(commands).toEqual([]);
  });

  it('prints no secret, wherever it stands', async () => {
    const secret = 'a-secret_0123456789';
    const log = createRunnerLog(redactor([secret]));
    const stdout = await stdoutOf(async () => {
      for (const print of [log.info, log.detail, log.debug, log.notice, log.warning])
        print(`it is ${secret}.`);
      log.ofAccount('info', `it is ${secret}, told of the account`);
      await log.group(secret, async () => log.labelled(secret).info(secret));
      const error = new ActionError(secret, { hint: secret });
      log.errors(Array.from({ length: 12 }, () => ({ error, subject: secret })));
    });
    expect(stdout).not.toContain(secret);
    expect(stdout).toContain('it is ***.');
  });

  it('annotates an error with what failed, what to do, and whose it is', async () => {
    const error = new ActionError('It failed.', { hint: 'Run again.' });
    expect(await commandsOf((log) => log.errors([{ error, subject: 'example.com' }]))).toEqual([
      {
        name: 'error',
        properties: { title: 'Cloudflare dashboard SSO: example.com' },
        data: 'It failed.\nRun again.',
      },
    ]);
  });

  it('annotates an error of the whole run without a subject', async () => {
    const [command] = await commandsOf((log) =>
      log.errors([{ error: new ActionError('It failed.'), subject: undefined }]),
    );
    expect(command).toMatchObject({ properties: { title: 'Cloudflare dashboard SSO' }, data: 'It failed.' });
  });

  it('annotates no more than GitHub shows, and tells the rest in the log', async () => {
    const failures = Array.from({ length: 12 }, (_, index) => ({
      subject: `d${index}.example`,
      error: new ActionError(`Failure ${index}.`, { hint: 'Run again.' }),
    }));
    const stdout = await stdoutOf(() => createRunnerLog().errors(failures));
    const commands = runnerCommands(stdout);
    expect(commands).toHaveLength(10);
    expect(commands.at(-1)?.data).toBe('3 more failed; the log and the job summary name each.');
    for (const { subject, error } of failures) expect(stdout).toContain(subject && error.message);
    const ten = await commandsOf((log) => log.errors(failures.slice(0, 10)));
    expect(ten.at(-1)?.data).toBe('Failure 9.\nRun again.');
  });

  it('ends a group when its work fails, and passes the failure on', async () => {
    const failure = new ActionError('It failed.');
    const commands = await commandsOf(async (log) => {
      await expect(log.group('create', () => Promise.reject(failure))).rejects.toBe(failure);
    });
    expect(commands.map(({ name }) => name)).toEqual(['group', 'endgroup']);
  });

  it('returns what the work of a group returns', async () => {
    await stdoutOf(async () => {
      expect(await createRunnerLog().group('create', async () => 7)).toBe(7);
    });
  });

  it('leads every line of a labelled log with its label, and has no groups', async () => {
    const stdout = await stdoutOf(async () => {
      const log = createRunnerLog().labelled('example.com');
      await log.group('create', async () => log.info('found'));
      log.labelled('inner').info('deeper');
    });
    expect(stdout.split(/\r?\n/)).toEqual(['[example.com] found', '[example.com inner] deeper', '']);
  });

  it('shows steps on the way of one email domain, and of several only in the debug log', async () => {
    const stdout = await stdoutOf(() => {
      const log = createRunnerLog();
      log.detail('asking');
      log.labelled('example.com').detail('asking too');
    });
    expect(stdout.split(/\r?\n/)).toEqual(['asking', '::debug::[example.com] asking too', '']);
  });

  it('tells a line about the account once, over the logs of all email domains, without a label', async () => {
    const stdout = await stdoutOf(() => {
      const log = createRunnerLog();
      const [one, other] = [log.labelled('a.example'), log.labelled('b.example')];
      for (const each of [one, other, log, one.labelled('inner')]) {
        each.ofAccount('info', 'It has a provider.');
        each.ofAccount('warning', 'The token expires.');
      }
      other.ofAccount('info', 'Another line.');
    });
    expect(stdout.split(/\r?\n/)).toEqual([
      'It has a provider.',
      '::warning title=Cloudflare dashboard SSO::The token expires.',
      'Another line.',
      '',
    ]);
  });

  it('tells a line about the account again in another run, and other lines as often as they come', async () => {
    const stdout = await stdoutOf(() => {
      for (const log of [createRunnerLog(), createRunnerLog()]) {
        log.ofAccount('info', 'It has a provider.');
        log.info('It has a provider.');
      }
    });
    expect(stdout.match(/It has a provider/g)).toHaveLength(4);
  });

  it.each(hostile)('tells %s about the account as one line without another command', async (_, text) => {
    const commands = await commandsOf((log) => {
      log.ofAccount('info', text);
      log.labelled('a.example').ofAccount('warning', `${text}.`);
    });
    expect(commands.map(({ name }) => name)).toEqual(['warning']);
    expect(commands[0]?.data).not.toMatch(UNPRINTABLE);
  });

  it.each(['notice', 'warning'] as const)('gives a %s a title, as an error has one', async (level) => {
    expect(await commandsOf((log) => log[level]('It is so.'))).toEqual([
      { name: level, properties: { title: 'Cloudflare dashboard SSO' }, data: 'It is so.' },
    ]);
  });

  it('labels annotations too, and names the domain in their titles', async () => {
    const commands = await commandsOf((log) => {
      const labelled = log.labelled('example.com');
      labelled.debug('d');
      labelled.notice('n');
      labelled.warning('w');
      labelled.errors([{ error: new ActionError('e'), subject: undefined }]);
    });
    expect(commands.map(({ name, data }) => `${name} ${data}`)).toEqual([
      'debug [example.com] d',
      'notice [example.com] n',
      'warning [example.com] w',
      'error e',
    ]);
    for (const { properties } of commands.slice(1))
      expect(properties).toEqual({ title: 'Cloudflare dashboard SSO: example.com' });
  });

  it('gives a warning of the whole account the title of the step', async () => {
    const [command] = await commandsOf((log) => log.labelled('example.com').ofAccount('warning', 'w'));
    expect(command).toMatchObject({ properties: { title: 'Cloudflare dashboard SSO' }, data: 'w' });
  });
});

describe('errorLines', () => {
  it('gives the message, then the hint where there is one', () => {
    expect(errorLines(new ActionError('It failed.', { hint: 'Run again.' }))).toEqual([
      'It failed.',
      'Run again.',
    ]);
    expect(errorLines(new ActionError('It failed.'))).toEqual(['It failed.']);
  });
});

describe('elapsed', () => {
  it('says how long something took', () => {
    expect(elapsed(1000, 726_000)).toBe('after 12m 5s');
  });
});
