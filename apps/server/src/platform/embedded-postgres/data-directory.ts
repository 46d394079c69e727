import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { POSTGRES_MAJOR } from './binaries.ts';
import { diskFullError, StartError, saysDiskFull } from './start-error.ts';

/** Says that a directory is ours; without it a directory with other files is left alone. */
const MARKER = 'wuye-pay.json';

/** Files that a system puts into every fresh directory or mount point. */
const HARMLESS = new Set(['lost+found', '.DS_Store', '.gitkeep']);

/** Makes the directory ours, or refuses it with a reason. Safe to repeat. Returns its full path. */
export function claimDataDirectory(path: string): string {
  const dataDir = resolve(path);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    const names = readdirSync(dataDir).filter((name) => !HARMLESS.has(name));
    if (!names.includes(MARKER)) {
      if (names.length > 0) throw foreignDirectory(dataDir);
      writeFileSync(join(dataDir, MARKER), `${JSON.stringify({ product: 'wuye-pay' })}\n`);
      // Others may pass through to what they own, but not look around.
      if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
    }
    refuseOtherVersion(dataDir);
    return dataDir;
  } catch (error) {
    throw explain(error, dataDir);
  }
}

function foreignDirectory(dataDir: string): StartError {
  return new StartError(
    `目录 ${dataDir} 中已有其他文件，且不是本系统的数据目录；请把 DATA_DIR 设为一个空目录。`,
    `${dataDir} holds other files and is not a data directory of ours: set DATA_DIR to an empty directory.`,
  );
}

function refuseOtherVersion(dataDir: string): void {
  const file = join(dataDir, 'postgres', 'PG_VERSION');
  if (!existsSync(file)) return;
  const version = readFileSync(file, 'utf8').trim();
  if (version === POSTGRES_MAJOR) return;
  throw new StartError(
    `数据目录 ${dataDir} 属于 PostgreSQL ${version}，本版本内置的是 ${POSTGRES_MAJOR}；请用原版本导出数据，或把 DATA_DIR 设为新目录。`,
    `${dataDir} belongs to PostgreSQL ${version}, this release carries ${POSTGRES_MAJOR}: export with the old release, or set DATA_DIR to a new directory.`,
  );
}

function explain(error: unknown, dataDir: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return new StartError(
      `当前账户无法读写数据目录 ${dataDir}；请检查其权限，或用 DATA_DIR 指定另一个目录。`,
      `This account cannot read and write ${dataDir}: check its permissions, or name another directory with DATA_DIR.`,
      error,
    );
  }
  return error instanceof Error && saysDiskFull(error.message)
    ? diskFullError(dataDir, error)
    : error;
}
