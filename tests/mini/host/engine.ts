import * as glassEasel from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { builtInDocument } from './elements.ts';
import { dispatchAsOnAPhone } from './events.ts';
import { givenNames, type Pack, type Programs } from './pack.ts';

/** A page as the program made it: its methods, with the life cycle that the host calls. */
export type PageObject = {
  route: string;
  options: Record<string, string>;
  [method: string]: unknown;
};
export type AppObject = Record<string, unknown>;
/** Who registers what the script that runs just now defines. */
type Definer = Partial<Record<'Page' | 'Component' | 'Behavior', (definition: never) => unknown>>;

export type MountedPage = { page: PageObject; area: HTMLElement; remove(): void };

export type Engine = {
  app: AppObject;
  mount(path: string, parent: HTMLElement): MountedPage;
};

declare const miniPrograms: Programs;

/** Runs a mini-program's scripts where the names of a browser do not exist, as in a phone. */
export function startEngine(
  pack: Pack,
  wallet: Record<string, unknown>,
  pages: () => readonly PageObject[],
): Engine {
  glassEasel.globalOptions.useMethodCallerListeners = true;
  glassEasel.globalOptions.throwGlobalError = true;
  const context = new glassEasel.CurrentWindowBackendContext();
  context.document = builtInDocument() as never;
  dispatchAsOnAPhone(context);
  const environment = new MiniProgramEnv();
  const backend = environment.associateBackend(context);
  const space = environment.createCodeSpace('app', true);
  const { templates } = miniPrograms;
  for (const [path, content] of Object.entries(templates)) {
    const template = { groupList: templates, content, fallbackListenerOnNativeNode: true };
    space.addCompiledTemplate(path, template as never);
  }
  for (const [path, settings] of Object.entries(pack.settings)) {
    if (path !== 'app') space.addComponentStaticConfig(path, settings as never);
  }
  let app: AppObject = {};
  let definer: Definer = {};
  const names = pack.platform === 'weapp' ? { wx: wallet } : { my: wallet };
  const shared: Record<string, unknown> = {
    ...names,
    App: (given: AppObject) => (app = given),
    getApp: () => app,
    getCurrentPages: () => [...pages()],
    global: names,
    navigator: { swuserAgent: 'mp-host', userAgent: 'mp-host' },
    // Any script may call them, also one that a page requires.
    Page: (definition: never) => definer.Page?.(definition),
    Component: (definition: never) => definer.Component?.(definition),
    Behavior: (definition: never) => definer.Behavior?.(definition),
  };
  const run = scriptRunner(shared);
  run('app');
  const components = Object.keys(pack.settings).filter((path) => pack.settings[path]?.component);
  for (const path of [...components, ...pack.app.pages]) {
    space.componentEnv(path, (given) => {
      definer = given as unknown as Definer;
      run(path);
    });
  }
  return {
    get app() {
      return app;
    },
    mount(path, parent) {
      const root = backend.createRoot('wx-page', space, path);
      const placeholder = parent.appendChild(document.createElement('div'));
      root.attach(parent as never, placeholder as never);
      const page = root.get() as unknown as PageObject;
      Object.assign(page, { route: path, __route__: path });
      const area = root.getComponent().getBackendElement() as unknown as HTMLElement;
      return {
        page,
        area,
        remove: () => {
          root.release();
          area.remove();
        },
      };
    },
  };
}

/** `require` as a mini-program has it: by relative path, every module once. */
function scriptRunner(shared: Record<string, unknown>) {
  const done = new Map<string, { exports: unknown }>();
  return function run(path: string): unknown {
    const known = done.get(path);
    if (known) return known.exports;
    const script = miniPrograms.scripts[path];
    if (script === undefined) throw new Error(`the build has no script ${path}`);
    const module = { exports: {} as unknown };
    done.set(path, module);
    const require = (wanted: string) => run(resolve(path, wanted));
    const given: Record<string, unknown> = { ...shared, require, module, exports: module.exports };
    script.call(undefined, ...givenNames.map((name) => given[name]));
    return module.exports;
  };
}

function resolve(from: string, wanted: string): string {
  const base = new URL(from, 'https://mini/');
  return new URL(wanted, base).pathname.slice(1).replace(/\.js$/, '');
}
