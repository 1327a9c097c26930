import { hasSupportedNode } from './action/node-version.ts';
import { run } from './run.ts';

if (hasSupportedNode()) await run();
