import Taro, { useRouter } from '@tarojs/taro';
import { useMemo, useState, useSyncExternalStore } from 'react';
import {
  entryOf,
  home,
  isPageName,
  type PageName,
  type PageParams,
  type ParamsOf,
} from '../../../src/pages.ts';
import { isOfWallet, openedWith, readable } from './opened-with.ts';
import { paramsIn } from './query.ts';
import { walletApp } from './wallet-app.ts';

type Params = Readonly<Record<string, string | undefined>>;

/** The wallets refuse to open more pages on top of each other. */
const pagesMost = 10;

/** A wallet opens a tab without parameters: they wait here for it. */
const tabParams = new Map<PageName, Params>();
const listeners = new Set<() => void>();

export function go<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void {
  if (openTab(page, params[0])) return;
  const isFull = Taro.getCurrentPages().length >= pagesMost;
  walletApp.navigate(isFull ? 'redirectTo' : 'navigateTo', addressOf(page, params[0]));
}

export function replace<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void {
  replaceBy(page, params[0]);
}

function replaceBy(page: PageName, params?: Params): void {
  if (!openTab(page, params)) walletApp.navigate('redirectTo', addressOf(page, params));
}

export function back(): void {
  if (Taro.getCurrentPages().length > 1) walletApp.navigateBack();
  else replace(home);
}

export function hereText(): string {
  const page = currentPage() ?? home;
  return textOf(page, tabParams.get(page) ?? paramsOf(Taro.getCurrentInstance().router?.params));
}

/** Only a page of ours: the text may have come with an address that somebody made up. */
export function returnTo(text: string | undefined): void {
  const [name = '', search = ''] = (text ?? '').split('?');
  const page = isPageName(name) ? name : home;
  const params = isPageName(name) ? paramsIn(search) : {};
  replaceBy(page, params);
}

export function usePageParams<Name extends PageName>(page: Name): PageParams<Name> {
  const { params } = useRouter();
  // A tab that the wallet opens anew, by a code or a message, forgets what it had before.
  useState(() => {
    const own = paramsOf(params);
    if (isTab(page) && Object.keys(own).length > 0) tabParams.set(page, own);
  });
  const forTab = useSyncExternalStore(subscribe, () => tabParams.get(page));
  return useMemo(() => forTab ?? paramsOf(params), [forTab, params]) as PageParams<Name>;
}

let followed: string | undefined;

/**
 * Alipay tells the app and not the page what it was opened with, at the start and when it comes to
 * the front again: then with the old query, which is not followed twice.
 */
export function follow(query: Params | undefined, isRunning: boolean): void {
  const place = openedWith(query);
  if (place?.page !== home || place.code === followed) return;
  followed = place.code;
  if (isRunning) go('bills', { code: place.code });
  else tabParams.set('bills', { code: place.code });
}

function openTab(page: PageName, params: Params = {}): boolean {
  if (!isTab(page)) return false;
  tabParams.set(page, params);
  for (const tell of listeners) tell();
  walletApp.navigate('switchTab', `/pages/${page}/index`);
  return true;
}

function addressOf(page: PageName, params: Params = {}): string {
  const search = textOf(page, params).slice(page.length);
  return `/pages/${page}/index${search}`;
}

function textOf(page: PageName, params: Params): string {
  const pairs = Object.entries(params)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? `${page}?${pairs.join('&')}` : page;
}

function isTab(page: PageName): boolean {
  return entryOf(page).tab !== undefined;
}

/** Wallets decode nothing, and Taro adds a name of its own; what was scanned becomes its code. */
function paramsOf(given: Params | undefined): Params {
  const own = Object.entries(given ?? {})
    .filter(([name, value]) => !name.startsWith('$') && name !== 'stamp' && value !== undefined)
    .filter(([name]) => !isOfWallet(name))
    .map(([name, value]) => [name, readable(String(value))]);
  const code = openedWith(given)?.code;
  return { ...Object.fromEntries(own), ...(code !== undefined && { code }) };
}

function currentPage(): PageName | undefined {
  const path = Taro.getCurrentInstance().router?.path ?? '';
  const name = /pages\/([^/]+)\//.exec(path)?.[1] ?? '';
  return isPageName(name) ? name : undefined;
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
