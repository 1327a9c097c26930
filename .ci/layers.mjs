/**
 * Who may import whom: the rules for dependency-cruiser (https://github.com/sverweij/dependency-cruiser).
 * `.ci/check-layers.mjs` applies them. A type-only import counts like any other.
 */

/** Bottom to top. A room imports only from lines above its own in this list; rooms on one line do not import each other. */
const SRC = [
  ['src/text', 'src/time'],
  ['src/domain'],
  ['src/http'],
  ['src/cloudflare', 'src/dns', 'src/github', 'src/records'],
  ['src/preflight'],
  ['src/modes'],
  ['src/action'],
  ['src/run.ts'],
  ['src/index.ts'],
];
const DNS = [
  ['src/dns/protocol'],
  ['src/dns/transports'],
  ['src/dns/client'],
  ['src/dns/observation'],
  ['src/dns/discovery'],
  ['src/dns/diagnosis'],
  ['src/dns/wait'],
];
const RECORDS = [
  ['src/records/format'],
  ['src/records/json', 'src/records/octodns', 'src/records/own', 'src/records/workspace', 'src/records/zone'],
  ['src/records/terraform'],
  ['src/records/formats.ts'],
];

/** Packages that only one room of src may touch. */
const PACKAGES = {
  '@actions/core': 'src/action',
  '@actions/github': 'src/github',
  '@actions/http-client': 'src/http',
  'dns-packet': 'src/dns',
};

export default {
  forbidden: [
    { name: 'no-file-cycle', from: {}, to: { circular: true } },
    { name: 'no-folder-cycle', scope: 'folder', from: {}, to: { circular: true } },
    // Else the outer folder, which imports the inner one, would be in a cycle with it.
    {
      name: 'no-import-of-the-folder-around',
      from: { path: '^(.+)/[^/]+/[^/]+$' },
      to: { path: '^$1/[^/]+$' },
    },
    // An import that leads nowhere has no path for the other rules to judge.
    { name: 'no-unresolvable', from: {}, to: { couldNotResolve: true } },
    ...[SRC, DNS, RECORDS].flatMap(layersOf),
    everythingHasALayer('src', SRC),
    everythingHasALayer('src/dns', DNS),
    everythingHasALayer('src/records', RECORDS),
    ...Object.entries(PACKAGES).map(([name, room]) => ({
      name: `only-${room}-imports-${name}`,
      from: { path: '^src/', pathNot: pathOf(room) },
      to: { path: `^(node_modules/)?${name}(/|$)` },
    })),
    staysInside('src'),
    staysInside('sandbox'),
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};

function pathOf(room) {
  return room.endsWith('.ts') ? `^${room.replace('.', '\\.')}$` : `^${room}/`;
}

function layersOf(ladder) {
  return ladder
    .flatMap((rooms, height) =>
      rooms.map((room) => ({
        name: `layer-of-${room}`,
        from: { path: pathOf(room) },
        to: {
          path: ladder
            .slice(height)
            .flat()
            .filter((other) => other !== room)
            .map(pathOf),
        },
      })),
    )
    .filter(({ to }) => to.path.length > 0);
}

/** A new room gets its place in the list before anything imports it. */
function everythingHasALayer(folder, ladder) {
  return {
    name: `a-layer-for-everything-in-${folder}`,
    from: {},
    to: { path: `^${folder}/`, pathNot: ladder.flat().map(pathOf) },
  };
}

/** It imports only itself, packages and Node.js. */
function staysInside(folder) {
  return {
    name: `${folder}-stays-inside`,
    from: { path: `^${folder}/` },
    to: { pathNot: [`^${folder}/`, '^node_modules/'], dependencyTypesNot: ['core'], couldNotResolve: false },
  };
}
