/** Settings from the environment, checked once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Absent: the embedded database is used. */
  readonly databaseUrl: string | undefined;
  readonly databaseOwnerUrl: string | undefined;
  readonly databaseJobsUrl: string | undefined;
  readonly poolSize: number;
  readonly prepared: boolean;
  readonly publicUrl: string;
  readonly notifyUrl: string;
  readonly demo: boolean;
  readonly masterKeys: string | undefined;
  readonly logLevel: string;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}

const defaultPort = 8080;
/** Twenty for the api; more only queues inside the database (see docs/scale). */
const defaultPoolSize = 12;

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = whole(env, 'PORT', defaultPort, 0, 65_535);
  const demo = onOrOff(env, 'DEMO', true);
  const host = env.HOST ?? '127.0.0.1';
  if (demo && !isLoopback(host)) {
    throw new ConfigError(
      '演示模式只能绑定本机地址：请设置 DEMO=off，或去掉 HOST（demo mode binds to loopback only）',
    );
  }
  const publicUrl = (env.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, '');
  if (!URL.canParse(publicUrl)) throw new ConfigError(`PUBLIC_URL 不是网址：${publicUrl}`);
  if (!demo && !publicUrl.startsWith('https://') && !isLoopback(new URL(publicUrl).hostname)) {
    throw new ConfigError('PUBLIC_URL 必须是 https 网址（must be https outside this machine）');
  }
  return {
    port,
    host,
    dataDir: env.DATA_DIR ?? 'data',
    databaseUrl: env.DATABASE_URL || undefined,
    databaseOwnerUrl: env.DATABASE_OWNER_URL || undefined,
    databaseJobsUrl: env.DATABASE_JOBS_URL || undefined,
    poolSize: whole(env, 'DATABASE_POOL', defaultPoolSize, 1, 100),
    prepared: onOrOff(env, 'DATABASE_PREPARED', true),
    publicUrl,
    notifyUrl: (env.NOTIFY_URL ?? publicUrl).replace(/\/+$/, ''),
    demo,
    masterKeys: env.MASTER_KEYS || undefined,
    logLevel: env.LOG_LEVEL ?? 'warn',
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function whole(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigError(`${name} 必须是 ${min} 到 ${max} 的整数，现在是“${text}”`);
  }
  return value;
}

function onOrOff(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: boolean,
): boolean {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError(`${name} 只能是 on 或 off，现在是“${text}”`);
}
