/*
 * Loaded into the process of the action before the action itself (NODE_OPTIONS=--import): once the action asks for a
 * sign-in, something outside of any mode breaks in the way that CRASH names.
 */

const CRASHES = {
  exception: () =>
    setImmediate(() => {
      throw new Error('it broke');
    }),
  rejection: () => void Promise.reject(new Error('it broke')),
  exceptions: () => {
    setInterval(() => {
      throw new Error('it broke');
    }, 20).unref();
  },
};

let hasCrashed = false;
process.stdout.write = new Proxy(process.stdout.write, {
  apply(target, self, [text, ...rest]) {
    if (!hasCrashed && String(text).includes('https://dash.cloudflare.com')) {
      hasCrashed = true;
      CRASHES[process.env['CRASH']]();
    }
    return Reflect.apply(target, self, [text, ...rest]);
  },
});
