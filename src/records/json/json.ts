import type { SsoRecord } from '../../domain/sso-record.ts';
import type { RecordFormat } from '../format/record-format.ts';
import { type JsonValue, newJson, setInJson } from './set-value.ts';

/**
 * Plain JSON for custom tools: an object that maps each email domain to what is known about its record. A domain's entry
 * is replaced as a whole, so nothing from an earlier run remains in it.
 */
export const json: RecordFormat = {
  needsTxtValues: false,
  render: (record) => newJson([record.emailDomain], entryOf(record)),
  merge: (current, record) => setInJson(current, [record.emailDomain], entryOf(record)),
};

function entryOf({ emailDomain, verificationCode, txtValues, connectorId, accountId }: SsoRecord): JsonValue {
  return {
    name: emailDomain,
    type: 'TXT',
    value: verificationCode,
    ...(txtValues !== undefined && { txt_values: txtValues }),
    ...(connectorId !== undefined && { connector_id: connectorId }),
    ...(accountId !== undefined && { account_id: accountId }),
  };
}
