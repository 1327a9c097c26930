import { characterString, RECORD_COMMENT, type SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { hclIdentifier, hclString } from './hcl.ts';
import { isOwnFile, mergeOwnFile, type OwnFile } from './own-file.ts';

const ROOT_MODULE =
  'It belongs in the root module, where import blocks are allowed, and needs version 5.13 of the provider or newer.';

const TERRAFORM_FILE: OwnFile = {
  comment: '#',
  header: [
    'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
    'Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.',
    ROOT_MODULE,
  ],
  formerHeader: [['Each import needs a resource: write one, or run ', ROOT_MODULE]],
  hint: 'Set record-file to a new file that only the action writes, for example cloudflare-sso.tf.',
  render: blocks,
};

/**
 * Terraform and OpenTofu with version 5 of Cloudflare's provider: a separate file with one `cloudflare_dns_record` per
 * domain, and, if the connector's ID is known, its `cloudflare_sso_connector` with the `import` block. `render` returns
 * these blocks without the comments of the file.
 */
export const terraform: RecordFormat = {
  needsTxtValues: false,
  render: (record) => blocks(record),
  merge: (current, record) => mergeOwnFile(TERRAFORM_FILE, current, record),
};

/** Whether the action made a file of Terraform. */
export function isOwnTerraform(text: string): boolean {
  return isOwnFile(TERRAFORM_FILE, text);
}

/**
 * The `import` block that brings a connector into Terraform's state as `cloudflare_sso_connector.<name>`, with the name
 * that {@link hclIdentifier} makes from the domain. It ends with a newline.
 */
export function importBlock(accountId: string, connectorId: string, emailDomain: string): string {
  return [
    'import {',
    `  to = cloudflare_sso_connector.${hclIdentifier(emailDomain)}`,
    `  id = ${hclString(`${accountId}/${connectorId}`)}`,
    '}',
    '',
  ].join('\n');
}

/** @param around the lines of the file that people wrote */
function blocks(record: SsoRecord, around = ''): string {
  const { emailDomain, accountId, connectorId } = record;
  if (accountId === undefined || connectorId === undefined) return recordBlock(record);
  const imported = `${ABOUT_IMPORT}\n${importBlock(accountId, connectorId, emailDomain)}`;
  const isElsewhere = connectorAddress(emailDomain).test(around);
  const connector = isElsewhere ? [] : [connectorBlock(accountId, emailDomain)];
  return [recordBlock(record), imported, ...connector].join('\n');
}

/** Cloudflare's provider does not read `begin_verification`: at an import it plans the default, whatever is ignored. */
const ABOUT_IMPORT =
  '# Plans one change, though it is ignored: the provider sends begin_verification once after an import.';

function recordBlock({ emailDomain, verificationCode }: SsoRecord): string {
  return [
    `resource "cloudflare_dns_record" "sso_${hclIdentifier(emailDomain)}" {`,
    `  zone_id = var.cloudflare_zone_ids[${hclString(emailDomain)}]`,
    `  name    = ${hclString(emailDomain)}`,
    '  type    = "TXT"',
    // As in a zone file, and as mode publish-dns sends it: Cloudflare gives a content back as it was sent.
    `  content = ${hclString(characterString(verificationCode))}`,
    '  ttl     = 1',
    `  comment = ${hclString(RECORD_COMMENT)}`,
    '}',
    '',
  ].join('\n');
}

function connectorBlock(accountId: string, emailDomain: string): string {
  return [
    '# Never set begin_verification here, or email_domain in capitals: either makes Terraform replace the connector.',
    `resource "cloudflare_sso_connector" "${hclIdentifier(emailDomain)}" {`,
    `  account_id   = ${hclString(accountId)}`,
    `  email_domain = ${hclString(emailDomain)}`,
    '',
    '  lifecycle {',
    '    # Workflows enable SSO, and disable it in an emergency: an apply must undo neither.',
    '    ignore_changes  = [enabled, begin_verification, use_fedramp_language]',
    '    prevent_destroy = true',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Where people wrote the resource that the import names. */
function connectorAddress(emailDomain: string): RegExp {
  const name = hclIdentifier(emailDomain).replaceAll(/[^\w]/g, '\\$&');
  return new RegExp(`^[ \\t]*resource[ \\t]+"cloudflare_sso_connector"[ \\t]+"${name}"`, 'm');
}
