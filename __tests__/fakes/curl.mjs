/* Stands in for curl where there is none: sends one request with the options -X, -H and -d, prints the body, and fails on a refusal. */

import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'fail-with-body': { type: 'boolean' },
    method: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
  },
});
const headers = values.header.map((line) => line.split(/: (.*)/s).slice(0, 2));
const answer = await fetch(positionals[0], { method: values.method, headers, body: values.data });
console.log(await answer.text());
if (values['fail-with-body'] && !answer.ok) process.exitCode = 22;
