// Writes what Taro starts from: the app's settings, its entry, and a one-line file for each page.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const MINI = join(dirname(fileURLToPath(import.meta.url)), '..');
const APP = join(MINI, '../src');

/** Every page as the app lists it. */
export async function readPages() {
  const source = readFileSync(join(APP, 'pages.ts'), 'utf8');
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(source, { compilerOptions: options });
  const address = `data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`;
  return import(address);
}

export async function writeSource(platform) {
  const { pages, tabs, home } = await readPages();
  const folder = join(MINI, 'dist', `source-${platform}`);
  rmSync(folder, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const names = [home, ...Object.keys(pages).filter((name) => name !== home)];
  write('app.config.js', `export default ${JSON.stringify(appSettings(names, pages, tabs))};\n`);
  write(
    'app.js',
    `export { App as default } from '${pathFrom(folder, join(MINI, 'src/app.tsx'))}';\n`,
  );
  for (const name of names) {
    const file = join(folder, `pages/${name}`);
    write(
      `pages/${name}/index.js`,
      `export { default } from '${pathFrom(file, join(APP, 'pages', name, 'index.tsx'))}';\n`,
    );
    const settings = { navigationBarTitleText: pages[name].title.zh };
    write(`pages/${name}/index.config.js`, `export default ${JSON.stringify(settings)};\n`);
  }
}

function appSettings(names, pages, tabs) {
  const list = tabs.map((name) => {
    return { pagePath: pathOf(name), text: pages[name].title.zh };
  });
  return {
    pages: names.map(pathOf),
    window: {
      navigationBarTitleText: '物业缴费',
      navigationBarBackgroundColor: '#ffffff',
      navigationBarTextStyle: 'black',
      backgroundColor: '#f5f6f8',
      backgroundTextStyle: 'dark',
    },
    tabBar: {
      color: '#595959',
      selectedColor: '#0b57d0',
      backgroundColor: '#ffffff',
      borderStyle: 'black',
      list,
    },
    lazyCodeLoading: 'requiredComponents',
  };
}

const pathOf = (name) => `pages/${name}/index`;

function pathFrom(folder, path) {
  return relative(folder, path).split('\\').join('/');
}
