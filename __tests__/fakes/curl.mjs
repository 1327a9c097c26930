/* Stands in for curl where there is none: sends one request with the options -X, -H and -d, and prints the body. */

import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    method: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
  },
});
const headers = values.header.map((line) => line.split(/: (.*)/s).slice(0, 2));
const answer = await fetch(positionals[0], { method: values.method, headers, body: values.data });
console.log(await answer.text());
