import type { ApiFault } from '../../sandbox/index.ts';

/** The connector arrives in a list, as Cloudflare's guide shows the answer to a PATCH. */
export const resultInList: ApiFault = {
  kind: 'altered-body',
  alter: (text) => {
    const envelope = JSON.parse(text) as { readonly result: unknown };
    return JSON.stringify({ ...envelope, result: [envelope.result] });
  },
};
