import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { type JsonValue, newJson, setInJson } from './set-value.ts';

/**
 * Plain JSON for tools of one's own: an object from the email domain to what is known about its record. The entry of a
 * domain is replaced as a whole, so nothing in it is from an earlier run.
 */
export const json: RecordFormat = {
  needsTxtValues: false,
  render: (record) => newJson([record.emailDomain], facts(record)),
  merge: (current, record) => setInJson(current, [record.emailDomain], facts(record)),
};

function facts({ emailDomain, verificationCode, txtValues, connectorId, accountId }: SsoRecord): JsonValue {
  return {
    name: emailDomain,
    type: 'TXT',
    value: verificationCode,
    ...(txtValues !== undefined && { txt_values: txtValues }),
    ...(connectorId !== undefined && { connector_id: connectorId }),
    ...(accountId !== undefined && { account_id: accountId }),
  };
}
