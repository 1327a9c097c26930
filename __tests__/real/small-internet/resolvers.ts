/** BIND and Unbound as resolvers of the small internet: they validate, and believe an NSEC (RFC 8198). */
import { type Daemon, startDaemon } from '../dns-daemons.ts';
import { block } from '../dns-worlds.ts';

/** Where resolution begins. */
export interface Root {
  /** Host of the root's name server, port 53. */
  readonly host: string;
  readonly name: string;
  readonly dnskey: string;
}

const hints = ({ host, name }: Root): string => `. 3600000 IN NS ${name}.\n${name}. 3600000 IN A ${host}\n`;

/** BIND. */
export function startBindResolver(root: Root): Promise<Daemon> {
  const [, key] = /DNSKEY\s+(\d+ \d+ \d+ \S+)/.exec(root.dnskey) ?? [];
  const [flags, protocol, algorithm, ...base64] = (key ?? '').split(' ');
  const anchor = `${flags} ${protocol} ${algorithm} "${base64.join('')}"`;
  const options = (folder: string, port: number): readonly string[] => [
    `directory "${folder}"`,
    `listen-on port ${port} { 127.0.0.1; }`,
    'listen-on-v6 { none; }',
    `pid-file "${folder}/named.pid"`,
    `session-keyfile "${folder}/session.key"`,
    'lock-file none',
    'recursion yes',
    'allow-query { any; }',
    'dnssec-validation yes',
    'synth-from-dnssec yes',
    'empty-zones-enable no',
  ];
  const config = (folder: string, port: number): string =>
    [
      'controls { };\n',
      `options {\n${options(folder, port)
        .map((one) => `  ${one};\n`)
        .join('')}};\n`,
      `trust-anchors { . static-key ${anchor}; };\n`,
      `zone "." { type hint; file "${folder}/hints"; };\n`,
    ].join('');
  return startDaemon('named', { config, files: { hints: hints(root) } });
}

/** Unbound. */
export function startUnboundResolver(root: Root): Promise<Daemon> {
  const config = (folder: string, port: number): string =>
    [
      block('server', [
        `interface: 127.0.0.1@${port}`,
        `directory: "${folder}"`,
        'chroot: ""',
        'username: ""',
        `pidfile: "${folder}/unbound.pid"`,
        'use-syslog: no',
        'num-threads: 1',
        'do-ip6: no',
        'do-not-query-localhost: no',
        'module-config: "validator iterator"',
        `trust-anchor-file: "${folder}/anchor"`,
        `root-hints: "${folder}/hints"`,
        'aggressive-nsec: yes',
        'qname-minimisation: yes',
        'ede: yes',
        'local-zone: "test." nodefault',
      ]),
      block('remote-control', ['control-enable: no']),
    ].join('');
  return startDaemon('unbound', { config, files: { hints: hints(root), anchor: `${root.dnskey}\n` } });
}
