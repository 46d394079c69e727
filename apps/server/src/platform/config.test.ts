import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('settings', () => {
  test('without any, the demo runs on this machine only', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', demo: true, dataDir: 'data' });
    expect(config.publicUrl).toBe('http://localhost:8080');
  });
  test.each([
    [{ PORT: '80a' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ DEMO: 'no' }, 'DEMO'],
    [{ HOST: '0.0.0.0' }, '演示模式'],
    [{ DEMO: 'off', PUBLIC_URL: 'http://pay.example.com' }, 'https'],
    [{ PUBLIC_URL: 'pay' }, 'PUBLIC_URL'],
    [{ DATABASE_POOL: '0' }, 'DATABASE_POOL'],
  ])('%j is refused by name', (env, named) => {
    expect(() => readConfig(env as Record<string, string>)).toThrow(ConfigError);
    expect(() => readConfig(env as Record<string, string>)).toThrow(named);
  });
  test('a real installation may listen everywhere under its https address', () => {
    const env = { DEMO: 'off', HOST: '0.0.0.0', PUBLIC_URL: 'https://pay.example.com/' };
    expect(readConfig(env)).toMatchObject({ demo: false, publicUrl: 'https://pay.example.com' });
  });
});
