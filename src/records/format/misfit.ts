import type { RecordFormatName } from '../../domain/sso-record.ts';

/** What a file of each format is called. */
const NAMES: Readonly<Record<RecordFormatName, RegExp>> = {
  bind: /(?<!\.(?:ya?ml|json|tf|tofu|tfvars|[cm]?[jt]s))$/i,
  octodns: /\.(?:ya?ml(?:\.\w+)?|json|txt)$/i,
  dnscontrol: /(?<!\.(?:ya?ml|json|tf|tofu|zone|db))$/i,
  terraform: /\.(?:tf|tofu)(?:\.json)?$/i,
  tfvars: /\.json$/i,
  json: /\.json$/i,
};

/** The doubt whether a file is of the stated format, as its name is that of another; `undefined` without one. */
export function doubtOfFormat(format: RecordFormatName, path: string): string | undefined {
  return NAMES[format].test(path) ? undefined : `Is record-format right? It is ${format}.`;
}
