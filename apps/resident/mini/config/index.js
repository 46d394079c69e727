const path = require('node:path');

const mini = path.resolve(__dirname, '..');
const app = path.resolve(mini, '../src');
const money = path.resolve(mini, '../../../packages/money/src');
const contract = path.resolve(mini, '../../../packages/contract/src');
const platform = process.env.TARO_ENV;
const text = (name) => JSON.stringify(process.env[name] ?? '');

module.exports = {
  projectName: 'wuye-pay-resident',
  date: '2026-1-1',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: `dist/source-${platform}`,
  outputRoot: `dist/${platform}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: [path.join(mini, 'build/accessibility.js')],
  defineConstants: {
    MINI_SERVER_URL: text('MINI_SERVER_URL'),
    MINI_COMPANY: text('MINI_COMPANY'),
    MINI_APP_ID: text(platform === 'alipay' ? 'MINI_ALIPAY_APP_ID' : 'MINI_WECHAT_APP_ID'),
  },
  alias: {
    '#ui': path.join(mini, 'src/ui/index.tsx'),
    '#platform': path.join(mini, 'src/platform/index.ts'),
    '@wuye-pay/contract/failure': path.join(contract, 'failure.ts'),
    '@wuye-pay/money': path.join(money, 'index.ts'),
    // The app's own folder would find the React of its H5.
    react: path.join(mini, 'node_modules/react'),
  },
  mini: {
    compile: { include: [app, contract, money, path.join(mini, 'src')] },
    // Sizes are those of the H5: a px is a px.
    postcss: { pxtransform: { enable: false, config: {} } },
    webpackChain(chain) {
      chain.resolve.modules.clear().add(path.join(mini, 'node_modules')).add('node_modules');
    },
  },
};
