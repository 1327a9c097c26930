import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { hclIdentifier, hclString } from './hcl.ts';
import { mergeOwnFile, type OwnFile } from './own-file.ts';

const FILE: OwnFile = {
  comment: '#',
  header: [
    'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
    'Elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, from each domain to the ID of its zone.',
    'What is imported needs a resource: write one, or run terraform plan -generate-config-out=sso-connectors.tf',
  ],
  hint: 'Give the action a file name of its own, for example cloudflare-sso.tf.',
  render,
};

/**
 * Terraform and OpenTofu with version 5 of Cloudflare's provider: a file of its own with a `cloudflare_dns_record` per
 * domain, and an `import` block for the connector where its ID is known. `render` is these blocks, without the comments
 * of the file.
 */
export const terraform: RecordFormat = {
  needsTxtValues: false,
  render,
  merge: (current, record) => mergeOwnFile(FILE, current, record),
};

/**
 * The `import` block that brings a connector into Terraform's state as `cloudflare_sso_connector.<name>`, the name as
 * {@link hclIdentifier} makes it from the domain; it ends with a newline.
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

function render({ emailDomain, verificationCode, accountId, connectorId }: SsoRecord): string {
  const record = [
    `resource "cloudflare_dns_record" "sso_${hclIdentifier(emailDomain)}" {`,
    `  zone_id = var.cloudflare_zone_ids[${hclString(emailDomain)}]`,
    `  name    = ${hclString(emailDomain)}`,
    '  type    = "TXT"',
    // Cloudflare keeps the text of a TXT record in its quotes, and reports a change forever without them.
    `  content = ${hclString(quotedText(verificationCode))}`,
    '  ttl     = 1',
    '  comment = "Cloudflare dashboard SSO"',
    '}',
    '',
  ].join('\n');
  if (accountId === undefined || connectorId === undefined) return record;
  return `${record}\n${importBlock(accountId, connectorId, emailDomain)}`;
}

/** A character-string as a zone file has it (RFC 1035, section 5.1). */
function quotedText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
