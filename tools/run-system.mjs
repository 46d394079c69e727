import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, ROOT } from './build.mjs';

/** Builds what is stale and runs the whole system in this process; `--watch` reloads on change. */
export async function runSystem(args) {
  try {
    const startedAt = performance.now();
    const built = await build();
    if (built.length > 0) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`已构建 ${built.join('、')}，用时 ${seconds} 秒（built in ${seconds} s）`);
    }
    if (args.includes('--watch')) return watchSystem();
    process.setSourceMapsEnabled(true);
    await import(pathToFileURL(join(ROOT, 'apps/server/dist/start.mjs')).href);
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}

/** The server restarts on change by itself; the pages are rebuilt and reloaded by hand. */
function watchSystem() {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const server = spawn(process.execPath, [tsx, 'watch', 'apps/server/src/start.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 0));

  let timer;
  const rebuild = () =>
    build().then(
      (built) => built.length > 0 && console.log(`rebuilt ${built.join(', ')}`),
      (error) => console.error(explain(error)),
    );
  for (const folder of ['apps/console/src', 'apps/cashier/src', 'packages']) {
    watch(join(ROOT, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void rebuild(), 200);
    });
  }
}

/** One sentence a language for what the reader can mend; the whole story for what we must. */
function explain(error) {
  if (error.name === 'StartError' || error.name === 'ConfigError') return error.message;
  if (error.code === 'EADDRINUSE') {
    return (
      `端口 ${error.port} 已被占用，请关闭占用它的程序，或换一个端口启动，例如：PORT=8081 npm start\n` +
      `Port ${error.port} is in use: stop the program that holds it, or start with another, for example PORT=8081 npm start`
    );
  }
  if (error.code === 'ENOSPC') {
    return '磁盘已满，请清理空间后重新启动。\nThe disk is full; free some space and start again.';
  }
  return error.stack ?? String(error);
}
