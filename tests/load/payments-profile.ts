import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/**
 * Shares of the time in which the server was not idle, largest first, in words. The profile reads
 * the clock: on a busy machine a call that wakes the database also counts the wait for a processor.
 */
export function summarise(profileDir: string, payments: number): string[] {
  const [file] = readdirSync(profileDir).filter((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) return [];
  const profile = JSON.parse(readFileSync(join(profileDir, file), 'utf8')) as Profile;
  const sourceOf = sourceFinder();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const node of profile.nodes) {
    for (const child of node.children ?? []) parents.set(child, node.id);
  }
  const byPart = new Map<string, number>();
  const byFunction = new Map<string, number>();
  const parts = new Map<number, string>();
  const partOfNode = (id: number): string => {
    const known = parts.get(id);
    if (known !== undefined) return known;
    const node = nodes.get(id);
    const parent = parents.get(id);
    const own = node && partOf(node, sourceOf);
    // A function of the engine works for whoever called it.
    const part = own ?? (parent === undefined ? 'other' : partOfNode(parent));
    parts.set(id, part);
    return part;
  };
  let busy = 0;
  const start = firstNotification(profile, nodes);
  profile.samples.forEach((id, index) => {
    if (index < start) return;
    const micros = profile.timeDeltas[index] ?? 0;
    const part = partOfNode(id);
    if (part === 'idle') return;
    busy += micros;
    byPart.set(part, (byPart.get(part) ?? 0) + micros);
    const name = `${nodes.get(id)?.callFrame.functionName || 'anonymous'} (${part})`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + micros);
  });
  const share = (micros: number) => `${((micros / busy) * 100).toFixed(1)} %`;
  const largest = (of: Map<string, number>, count: number) =>
    [...of].sort(([, a], [, b]) => b - a).slice(0, count);
  return [
    `The server was busy ${(busy / payments / 1000).toFixed(2)} ms for each payment, its jobs and waits for a processor included. By part:`,
    ...largest(byPart, 12).map(([part, micros]) => `- ${part}: ${share(micros)}`),
    'By function (its own time):',
    ...largest(byFunction, 14).map(([name, micros]) => `- ${name}: ${share(micros)}`),
  ];
}

/** Starting the server is no part of a payment. */
function firstNotification(profile: Profile, nodes: ReadonlyMap<number, ProfileNode>): number {
  const first = profile.samples.findIndex((id) => {
    const name = nodes.get(id)?.callFrame.functionName;
    return name === 'isSignedBy' || name === 'verifyOneShot';
  });
  return Math.max(0, first);
}

function partOf(node: ProfileNode, sourceOf: SourceFinder): string | undefined {
  const { functionName, url, lineNumber, columnNumber } = node.callFrame;
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'engine and system calls';
  if (url.startsWith('node:internal/crypto')) return 'node:crypto';
  if (url.startsWith('node:')) return url.replace(/^node:(internal\/)?/, 'node:').split('/')[0];
  if (!url.startsWith('file:')) return undefined;
  const source = sourceOf(url, lineNumber, columnNumber);
  const module = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (module !== undefined) return module;
  return /src\/((?:modules|platform)\/[^/]+)/.exec(source)?.[1] ?? 'server';
}

type SourceFinder = (url: string, line: number, column: number) => string;

/** What is not in a bundle is its own source. */
function sourceFinder(): SourceFinder {
  const maps = new Map<string, SourceMap | undefined>();
  return (url, line, column) => {
    if (!maps.has(url)) maps.set(url, mapOf(`${fileURLToPath(url)}.map`));
    const entry = maps.get(url)?.findEntry(line, column);
    return entry && 'originalSource' in entry ? entry.originalSource : url;
  };
}

function mapOf(path: string): SourceMap | undefined {
  if (!existsSync(path)) return undefined;
  type Payload = ConstructorParameters<typeof SourceMap>[0];
  return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as Payload);
}
