import { hasSupportedNode } from './action/node-version.ts';
import { run } from './run.ts';

// Not awaited: a bundle that starts fast is CommonJS, which has no await outside of a function.
if (hasSupportedNode()) void run();
