import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { hclIdentifier, hclString } from './hcl.ts';
import { isOwnFile, mergeOwnFile, type OwnFile } from './own-file.ts';

const TERRAFORM_FILE: OwnFile = {
  comment: '#',
  header: [
    'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
    'Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.',
    'Each import needs a resource: write one, or run terraform plan -generate-config-out=sso-connectors.tf',
  ],
  hint: 'Set record-file to a new file that only the action writes, for example cloudflare-sso.tf.',
  render: recordBlocks,
};

/**
 * Terraform and OpenTofu with version 5 of Cloudflare's provider: a separate file with one `cloudflare_dns_record` per
 * domain, and an `import` block for the connector if its ID is known. `render` returns these blocks without the comments
 * of the file.
 */
export const terraform: RecordFormat = {
  needsTxtValues: false,
  render: recordBlocks,
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

function recordBlocks({ emailDomain, verificationCode, accountId, connectorId }: SsoRecord): string {
  const record = [
    `resource "cloudflare_dns_record" "sso_${hclIdentifier(emailDomain)}" {`,
    `  zone_id = var.cloudflare_zone_ids[${hclString(emailDomain)}]`,
    `  name    = ${hclString(emailDomain)}`,
    '  type    = "TXT"',
    // Cloudflare stores a TXT record's content in quotes; without them, every plan shows a change.
    `  content = ${hclString(quotedText(verificationCode))}`,
    '  ttl     = 1',
    '  comment = "Cloudflare dashboard SSO"',
    '}',
    '',
  ].join('\n');
  if (accountId === undefined || connectorId === undefined) return record;
  return `${record}\n${importBlock(accountId, connectorId, emailDomain)}`;
}

/** A character-string in presentation format (RFC 1035, section 5.1). */
function quotedText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
