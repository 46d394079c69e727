import { useSyncExternalStore } from 'react';
import {
  entryOf,
  home,
  isPageName,
  type PageName,
  type PageParams,
  type ParamsOf,
} from '../../pages.ts';

/** Where the reader is: a page with its parameters, as one entry of the browser's history. */
export interface Place {
  readonly page: PageName | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** Of the entry in the history: what is kept of a page belongs to it. */
  readonly id: string;
  /** How many pages of ours lie behind. */
  readonly depth: number;
}

type Params = Readonly<Record<string, string | undefined>>;

const base = /^\/r\/([a-z0-9]+)/.exec(location.pathname)?.[0] ?? '/r/main';
const listeners = new Set<() => void>();
// What is kept of a page belongs to one visit: the entry that it begins with gets its name now.
if (!history.state) history.replaceState({ id: newId(), depth: 0 }, '');
let present = read();

export function companyCode(): string {
  return base.slice('/r/'.length);
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => present);
}

export function place(): Place {
  return present;
}

/** '/r/main/bill/<billId>?from=…': what a page must have is part of the path. */
export function addressOf(page: PageName, params: Params = {}): string {
  const { needs = [] } = entryOf(page);
  const path = needs.map((name) => `/${encodeURIComponent(params[name] ?? '')}`).join('');
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && !needs.includes(name)) query.set(name, value);
  }
  const text = query.toString();
  const isHome = page === home && path === '';
  return `${base}/${isHome ? '' : page}${path}${text ? `?${text}` : ''}`;
}

export function go<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void {
  // Tabs lie beside each other, not on top.
  const isBeside = present.page && entryOf(present.page).tab && entryOf(page).tab;
  if (isBeside) move('replace', addressOf(page, params[0]), present.depth);
  else move('push', addressOf(page, params[0]), present.depth + 1);
}

export function replace<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void {
  move('replace', addressOf(page, params[0]), present.depth);
}

export function back(): void {
  if (present.depth > 0) history.back();
  else replace(home);
}

export function hereText(): string {
  return location.pathname + location.search;
}

/** Only a page of ours: the text may have come from an address that somebody made up. */
export function returnTo(text: string | undefined): void {
  const isOurs = text !== undefined && (text === base || text.startsWith(`${base}/`));
  move('replace', isOurs ? text : addressOf(home), present.depth);
}

export function usePageParams<Name extends PageName>(_page: Name): PageParams<Name> {
  return usePlace().params as PageParams<Name>;
}

function move(how: 'push' | 'replace', address: string, depth: number): void {
  const state = { id: newId(), depth };
  if (how === 'push') history.pushState(state, '', address);
  else history.replaceState(state, '', address);
  arrive();
  scrollTo(0, 0);
}

function newId(): string {
  return crypto.randomUUID?.() ?? `${Date.now()} ${performance.now()}`;
}

function arrive(): void {
  present = read();
  for (const tell of listeners) tell();
}

function read(): Place {
  const [, name = '', ...rest] = location.pathname.slice(base.length).split('/');
  const page = name === '' ? home : isPageName(name) ? name : undefined;
  const params = Object.fromEntries(new URLSearchParams(location.search));
  const needs = (page && entryOf(page).needs) ?? [];
  needs.forEach((need, index) => {
    params[need] = decodeURIComponent(rest[index] ?? '');
  });
  const isWhole = needs.every((need) => params[need] !== '');
  const { id, depth } = (history.state ?? {}) as { id?: string; depth?: number };
  return {
    page: isWhole ? page : undefined,
    params,
    // Somebody who changes the hash by hand makes an entry without a state.
    id: id ?? 'unnamed',
    depth: depth ?? 0,
  };
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

addEventListener('popstate', arrive);
