import type { RecordFormatName } from '../domain/sso-record.ts';
import type { RecordFormat } from './format/record-format.ts';
import { json } from './json/json.ts';
import { tfvars } from './json/tfvars.ts';
import { octodns } from './octodns/octodns.ts';
import { dnscontrol } from './own/dnscontrol.ts';
import { terraform } from './terraform/terraform.ts';
import { bind } from './zone/bind.ts';

/** All formats by name, as in the input `record-format`. */
export const RECORD_FORMATS: Readonly<Record<RecordFormatName, RecordFormat>> = {
  bind,
  octodns,
  dnscontrol,
  terraform,
  tfvars,
  json,
};
