import { bind } from './bind.ts';
import { dnscontrol } from './dnscontrol.ts';
import { json } from './json.ts';
import { octodns } from './octodns.ts';
import type { RecordFormat, RecordFormatName } from './record-format.ts';
import { terraform } from './terraform.ts';
import { tfvars } from './tfvars.ts';

/** Every format by the name that the input `record-format` takes. */
export const RECORD_FORMATS: Readonly<Record<RecordFormatName, RecordFormat>> = {
  bind,
  octodns,
  dnscontrol,
  terraform,
  tfvars,
  json,
};
