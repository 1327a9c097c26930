import { describe, expect, it } from 'vitest';
import { terraform } from '../../../src/records/terraform/terraform.ts';
import { readDocument } from '../../real/documents.ts';
import { formatted } from '../../real/opentofu.ts';
import { isSkipped } from '../../real/real-tools.ts';
import { RECORD, target } from '../../samples/record.ts';

const CODE = 'cloudflare_dashboard_sso=0123456789abcdef0123456789abcdef';
const MAIL = { ...RECORD, emailDomain: 'mail.example.com', verificationCode: CODE };
const blocks = [...readDocument('docs/records-as-code.md').matchAll(/```hcl\n([\s\S]*?)```/g)].map(
  ([, block = '']) => block,
);

const merge = (text: string) => terraform.merge(text, MAIL, target('dns.tf'));

describe('the resources of docs/records-as-code.md for a name without any TXT resource', () => {
  it.each([
    ['aws_route53_record', 0, true],
    ['google_dns_record_set', 1, true],
    ['azurerm_dns_txt_record', 2, false],
  ])('%s has the value once after create', (type, index, isAdded) => {
    const block = blocks[index] ?? '';
    expect(block).toMatch(new RegExp(`^resource "${type}"`));
    const text = merge(block);
    expect(text !== block).toBe(isAdded);
    expect(text.split(CODE)).toHaveLength(2);
    expect(merge(text)).toBe(text);
  });

  it.skipIf(isSkipped('tofu'))('are formatted, before and after', () => {
    expect(blocks).toHaveLength(3);
    for (const text of blocks.flatMap((block) => [block, merge(block)])) expect(formatted(text)).toBe(text);
  });
});
