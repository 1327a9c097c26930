import { fakeServices } from '../../__tests__/fakes/services.ts';
import { sampleConnector, sampleDomain, sampleSettings } from '../../__tests__/samples/results.ts';
import { ActionError } from '../../src/domain/errors.ts';
import type { RecordFormatName } from '../../src/domain/sso-record.ts';
import { writeRecord } from '../../src/modes/write-record.ts';
import { openWorkspace } from '../../src/records/workspace/file.ts';

/** What the action does with a file: nothing is thrown for what it may refuse. */
export type Written =
  | { readonly kind: 'written' | 'unchanged' }
  | { readonly kind: 'refused'; readonly message: string };

/** What to write, and into which file of the workspace. */
export interface Wanted {
  readonly workspace: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly format: RecordFormatName;
  readonly emailDomain: string;
  readonly code: string;
}

/** Writes the record as mode create does: from `writeRecord` down, everything is the action's own code. */
export async function writeInto({ workspace, file, format, emailDomain, code }: Wanted): Promise<Written> {
  const record = { format, file };
  const connector = sampleConnector({ emailDomain, verificationCode: code });
  const services = { ...fakeServices(), workspace: openWorkspace(workspace) };
  const settings = sampleSettings({ modes: ['create'], emailDomains: [emailDomain], record, workspace });
  try {
    await writeRecord(sampleDomain({ name: emailDomain, connector }), record, settings, services);
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown;
    return { kind: 'refused', message: thrown.message };
  }
  return { kind: services.log.text().includes('already has') ? 'unchanged' : 'written' };
}
