// Builds one mini-program: `node build/build.mjs weapp|alipay`. Its pages are one-line files made
// from the app's own table of pages, so that a page exists there and nowhere else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSource } from './source.mjs';

const platform = process.argv[2] ?? '';
if (platform !== 'weapp' && platform !== 'alipay') {
  throw new Error('say which one: node build/build.mjs weapp|alipay');
}
const missing = [
  'MINI_SERVER_URL',
  'MINI_COMPANY',
  'MINI_WECHAT_APP_ID',
  'MINI_ALIPAY_APP_ID',
].filter((name) => !process.env[name]);
if (missing.length > 0) throw new Error(`set ${missing.join(', ')}: see README.md`);
const serverUrl = process.env.MINI_SERVER_URL;
if (!/^https:\/\/[^/]+(\/.*[^/])?$/.test(serverUrl)) {
  throw new Error('MINI_SERVER_URL is https, without a slash at the end: wallets take no other');
}

await writeSource(platform);
const child = spawn(
  process.execPath,
  ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', platform],
  { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production', TARO_ENV: platform } },
);
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
