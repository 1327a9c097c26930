import type { RecordFormatName } from '../domain/sso-record.ts';
import type { RecordFormat } from './format/record-format.ts';
import { json } from './json/json.ts';
import { tfvars } from './json/tfvars.ts';
import { octodns } from './octodns/octodns.ts';
import { dnscontrol } from './own/dnscontrol.ts';
import { terraform } from './own/terraform.ts';
import { bind } from './zone/bind.ts';

/** Every format by the name that the input `record-format` takes. */
export const RECORD_FORMATS: Readonly<Record<RecordFormatName, RecordFormat>> = {
  bind,
  octodns,
  dnscontrol,
  terraform,
  tfvars,
  json,
};
