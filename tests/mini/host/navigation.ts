import type { Engine, MountedPage } from './engine.ts';
import type { PageJson } from './pack.ts';

/** The wallet refuses to open more pages on top of each other. */
const PAGES_MOST = 10;

type Shown = MountedPage & { path: string; style: HTMLStyleElement; view: HTMLElement };

export type Navigation = ReturnType<typeof createNavigation>;

/** The stack of pages, the title above it and the tab bar below, as the wallet draws them. */
export function createNavigation(engine: () => Engine) {
  const { pack } = miniHost;
  const tabs = pack.app.tabBar?.list ?? pack.app.tabBar?.items ?? [];
  const stack: Shown[] = [];
  /** A tab that was opened stays, hidden, until everything is opened anew. */
  const openTabs = new Map<string, Shown>();
  const isTab = (path: string) => tabs.some(({ pagePath }) => pagePath === path);
  const frame = drawFrame(
    tabs.map(({ pagePath, text, name }) => ({ text: text ?? name ?? '', path: pagePath })),
    (path) => {
      const page = top()?.page;
      call(page, 'onTabItemTap', { pagePath: path });
      switchTab(`/${path}`);
    },
  );
  addStyle('app', document.head);

  const top = () => stack.at(-1);

  function push(url: string): void {
    const { path, query } = readUrl(url);
    if (!pack.app.pages.includes(path)) throw new Error(`page "${path}" is not found`);
    if (stack.length >= PAGES_MOST) throw new Error(`webview count limit exceed`);
    hide(top());
    const view = frame.pages.appendChild(document.createElement('div'));
    view.className = 'page-view';
    const style = addStyle(path, document.head);
    const mounted = engine().mount(path, view);
    mounted.page.options = query;
    const shown = { ...mounted, path, style, view };
    stack.push(shown);
    if (isTab(path)) openTabs.set(path, shown);
    call(mounted.page, 'onLoad', query);
    show(top());
    call(mounted.page, 'onReady');
  }

  function pop(): void {
    const gone = stack.pop();
    if (gone !== undefined) unload(gone);
  }

  function unload(gone: Shown): void {
    openTabs.delete(gone.path);
    call(gone.page, 'onUnload');
    gone.remove();
    gone.style.remove();
    gone.view.remove();
  }

  function show(shown: Shown | undefined): void {
    if (shown === undefined) return;
    shown.view.hidden = false;
    shown.style.disabled = false;
    const settings = pack.settings[shown.path] ?? {};
    frame.setTitle(titleOf(settings) ?? titleOf(pack.app.window ?? {}) ?? '');
    // Wallets offer the way home where there is none back.
    const isAlone = stack.length === 1 && !isTab(shown.path);
    frame.setBack(stack.length > 1 ? '返回' : isAlone ? '返回首页' : undefined);
    frame.setTab(isTab(shown.path) ? shown.path : undefined);
    call(shown.page, 'onShow');
  }

  function hide(shown: Shown | undefined): void {
    if (shown === undefined) return;
    shown.view.hidden = true;
    // A page's style reaches no other page.
    shown.style.disabled = true;
    call(shown.page, 'onHide');
  }

  function back(delta = 1): void {
    for (let left = delta; left > 0 && stack.length > 1; left--) pop();
    show(top());
  }

  function switchTab(url: string): void {
    const { path } = readUrl(url);
    if (!isTab(path)) throw new Error('can not switch to no-tabBar page');
    if (url.includes('?')) throw new Error('url of a tab has no query');
    if (top()?.path === path) return;
    while (stack.length > 1) pop();
    const present = stack.pop();
    if (present !== undefined && isTab(present.path)) hide(present);
    else if (present !== undefined) unload(present);
    const known = openTabs.get(path);
    if (known === undefined) return push(url);
    stack.push(known);
    show(known);
  }

  function relaunch(url: string): void {
    while (stack.length > 0) pop();
    for (const tab of openTabs.values()) unload(tab);
    push(url);
  }

  function notATab(url: string): void {
    if (isTab(readUrl(url).path)) throw new Error('can not navigateTo a tabbar page');
  }

  frame.onBack(() => {
    if (stack.length > 1) back();
    else relaunch(`/${pack.app.pages[0]}`);
  });
  return {
    pages: () => stack.map(({ page }) => page),
    setTitle: frame.setTitle,
    setBadge: frame.setBadge,
    scrollTo: (top_: number) => stack.at(-1)?.view.scrollTo(0, top_),
    navigateTo: (url: string) => {
      notATab(url);
      push(url);
    },
    redirectTo: (url: string) => {
      notATab(url);
      pop();
      push(url);
    },
    switchTab,
    relaunch,
    back,
    toBackground: () => call(top()?.page, 'onHide'),
    toFront: () => call(top()?.page, 'onShow'),
    pullDown: () => call(top()?.page, 'onPullDownRefresh'),
  };
}

function titleOf(settings: PageJson): string | undefined {
  return settings.navigationBarTitleText ?? settings.defaultTitle;
}

function call(page: Record<string, unknown> | undefined, method: string, ...args: unknown[]): void {
  const handler = page?.[method];
  if (typeof handler === 'function') handler.apply(page, args);
}

/** `/pages/bills/index?unitId=1` taken apart; the wallet decodes nothing. */
function readUrl(url: string): { path: string; query: Record<string, string> } {
  const [path = '', search = ''] = url.replace(/^\//, '').split('?');
  const pairs = search.split('&').filter(Boolean);
  const query = Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
  return { path, query };
}

function addStyle(path: string, parent: HTMLElement): HTMLStyleElement {
  const style = parent.appendChild(document.createElement('style'));
  style.textContent = miniHost.pack.styles[path] ?? '';
  return style;
}

function drawFrame(tabs: { text: string; path: string }[], choose: (path: string) => void) {
  const bar = element('header', 'navigation-bar');
  const backButton = bar.appendChild(element('button', 'back'));
  backButton.textContent = '‹';
  const title = bar.appendChild(element('h1', 'title'));
  const pages = element('main', 'pages');
  const tabBar = element('nav', 'tab-bar');
  tabBar.setAttribute('aria-label', '标签栏');
  const buttons = tabs.map(({ text, path }) => {
    const button = tabBar.appendChild(element('button', 'tab'));
    button.textContent = text;
    button.addEventListener('click', () => choose(path));
    return { path, button };
  });
  document.body.append(bar, pages, tabBar);
  return {
    pages,
    setTitle: (text: string) => (title.textContent = text),
    setBack: (words: string | undefined) => {
      backButton.hidden = words === undefined;
      backButton.setAttribute('aria-label', words ?? '');
    },
    onBack: (back: () => void) => backButton.addEventListener('click', back),
    setTab: (current: string | undefined) => {
      tabBar.hidden = current === undefined;
      for (const { path, button } of buttons) {
        button.setAttribute('aria-current', path === current ? 'page' : 'false');
      }
    },
    setBadge: (index: number, text: string) => {
      buttons[index]?.button.setAttribute('data-badge', text);
    },
  };
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
