import { DnsError } from '../../domain/errors.ts';
import type { SsoRecord } from '../../domain/sso-record.ts';
import { printable } from '../../text/untrusted.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { newJson, setInJson } from './set-value.ts';

const VARIABLE = 'cloudflare_sso_txt_values';

/**
 * The value of a Terraform variable in a `*.auto.tfvars.json` file: `cloudflare_sso_txt_values` maps each email domain to
 * all TXT values at its name, for configurations that keep the whole RRset in one resource.
 */
export const tfvars: RecordFormat = {
  needsTxtValues: true,
  checkTxtValues: checkComposed,
  render: (record) => newJson([VARIABLE, record.emailDomain], requiredTxtValues(record)),
  merge: (current, record) => setInJson(current, [VARIABLE, record.emailDomain], requiredTxtValues(record)),
};

function requiredTxtValues({ txtValues }: SsoRecord): readonly string[] {
  // With the code alone, Terraform would delete the other TXT records at the name.
  if (txtValues === undefined) throw new TypeError('tfvars needs all TXT values at the name');
  return txtValues;
}

/** Terraform composes the characters of each string that it reads (Unicode's NFC), also of those in escapes. */
function checkComposed({ emailDomain, txtValues = [] }: SsoRecord): void {
  const changed = txtValues.find((text) => text !== text.normalize('NFC'));
  if (changed === undefined) return;
  throw new DnsError(
    `Terraform would change the TXT text "${printable(changed, 100)}" of ${emailDomain}, which is not in Unicode's normalization form NFC.`,
    {
      hint: 'Write that record in NFC or in ASCII, or remove it, and run again. Or use another record-format, and add the value to the list by hand.',
    },
  );
}
