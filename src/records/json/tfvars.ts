import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { newJson, setInJson } from './set-value.ts';

const VARIABLE = 'cloudflare_sso_txt_values';

/**
 * The values of a Terraform variable in a `*.auto.tfvars.json` file: `cloudflare_sso_txt_values`, a map from the email
 * domain to every TXT text at its name, for configurations that keep all texts of a name in one resource.
 */
export const tfvars: RecordFormat = {
  needsTxtValues: true,
  render: (record) => newJson([VARIABLE, record.emailDomain], texts(record)),
  merge: (current, record) => setInJson(current, [VARIABLE, record.emailDomain], texts(record)),
};

function texts({ txtValues }: SsoRecord): readonly string[] {
  // The code alone would make Terraform delete the other texts of the name.
  if (txtValues === undefined) throw new TypeError('tfvars needs every TXT text of the name');
  return txtValues;
}
