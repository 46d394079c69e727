import './host.css';
import { clippedTexts } from './clipped.ts';
import { type Engine, startEngine } from './engine.ts';
import { alipay } from './my.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import type { HostSettings, HostState } from './state.ts';
import { launchOptions } from './wallet.ts';
import { wechat } from './wx.ts';

declare const hostSettings: HostSettings;

const host: HostState = {
  ...hostSettings,
  isOnline: true,
  phoneCode: '',
  acceptsSubscriptions: true,
  scanned: '',
  photo: '',
  calls: [],
  toasts: [],
  errors: [],
  setOnline: () => undefined,
  openAgain: () => undefined,
  scale: () => {
    const root = document.querySelector('.page-view:not([hidden]) .page');
    return root === null ? 0 : Number(getComputedStyle(root).getPropertyValue('--k'));
  },
  clippedTexts,
};
globalThis.miniHost = host;
// The simulator's wallets know by it who holds the phone.
document.cookie = `sim_user=${host.user}; path=/`;
noteErrors();
start();

function start(): void {
  const started: { engine?: Engine; navigation?: Navigation } = {};
  const later = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the mini-program has not started yet');
    return value;
  };
  const makeWallet = host.pack.platform === 'weapp' ? wechat : alipay;
  const wallet = makeWallet(() => later(started.navigation));
  const engine = startEngine(host.pack, wallet, () => started.navigation?.pages() ?? []);
  started.engine = engine;
  const { app } = engine;
  const navigation = createNavigation(() => later(started.engine));
  started.navigation = navigation;
  new ResizeObserver(measurePages).observe(document.querySelector('.pages') as Element);
  const tell = (method: 'onLaunch' | 'onShow' | 'onHide') => {
    const handler = app[method];
    if (typeof handler === 'function') handler.call(app, launchOptions());
  };
  const open = () => {
    const search = Object.entries(host.launch.query).map(([name, value]) => `${name}=${value}`);
    navigation.relaunch(`/${launchOptions().path}?${search.join('&')}`);
  };
  tell('onLaunch');
  tell('onShow');
  open();
  host.openAgain = (launch) => {
    host.launch = launch;
    navigation.toBackground();
    tell('onHide');
    tell('onShow');
    // WeChat opens the page anew; Alipay shows the one that was left.
    if (host.pack.platform === 'weapp') open();
    else navigation.toFront();
  };
}

function measurePages([entry]: readonly ResizeObserverEntry[]): void {
  const height = entry?.contentRect.height ?? innerHeight;
  document.body.style.setProperty('--page-vh', `${height / 100}px`);
}

/** A phone shows nothing of these; the tests fail on any. */
function noteErrors(): void {
  addEventListener('error', ({ message, error }) => {
    host.errors.push(error instanceof Error ? (error.stack ?? message) : message);
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    host.errors.push(
      reason instanceof Error ? (reason.stack ?? reason.message) : JSON.stringify(reason),
    );
  });
  const write = console.error;
  console.error = (...words: unknown[]) => {
    host.errors.push(words.map(String).join(' '));
    write(...words);
  };
}
