// Runs on the machine's own Node, 20 or later: plain JavaScript.

const systems = ['android', 'aix', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const synonyms = { windows: 'win32', mac: 'darwin', armv7: 'arm' };

/** Names the platform that a package like `@biomejs/cli-linux-x64-musl` is built for. */
function toPlatform(name) {
  const words = name.split(/[-/.]/).map((word) => synonyms[word] ?? word);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  const libc = name.endsWith('-musl') ? ['musl'] : os.includes('linux') && name.endsWith('-gnu') ? ['glibc'] : [];
  return Object.fromEntries(Object.entries({ os, cpu, libc }).filter(([, values]) => values.length > 0));
}

/** The lock's key under which Node would find `name` from the package at `from`, or undefined. */
function findKey(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const key = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (packages[key]) return key;
    if (!folder) return undefined;
  }
}

/** Lists where the lock lacks an optional package that it names with an exact version: the builds for other platforms. */
export function listMissing({ packages }) {
  return Object.entries(packages).flatMap(([from, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies).flatMap(([name, version]) => {
      const found = findKey(packages, from, name);
      if (!/^\d/.test(version) || (found && packages[found].version === version)) return [];
      return [{ key: `${found ? `${from}/` : ''}node_modules/${name}`, name, version, dev }];
    }),
  );
}

/** Adds an entry for each missing build, because `npm ci` refuses a lock without them. */
export function completeLock(lock) {
  const added = listMissing(lock).map(({ key, name, version, dev }) => [
    key,
    { version, ...(dev ? { dev } : {}), optional: true, ...toPlatform(name) },
  ]);
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}
