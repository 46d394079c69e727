export type Platform = 'weapp' | 'alipay';

/** A built mini-program without its programs. */
export type Pack = {
  platform: Platform;
  app: AppJson;
  /** Settings of every page and component by its path without extension. */
  settings: Record<string, PageJson>;
  /** Style of every page by its path without extension; `app` is everybody's. */
  styles: Record<string, string>;
  images: Record<string, string>;
};

export type AppJson = {
  pages: string[];
  window?: PageJson;
  tabBar?: { list?: Tab[]; items?: Tab[]; [more: string]: unknown };
  [more: string]: unknown;
};
/** WeChat calls its words `text`, Alipay `name`. */
export type Tab = { pagePath: string; text?: string; name?: string };
export type PageJson = {
  navigationBarTitleText?: string;
  defaultTitle?: string;
  usingComponents?: Record<string, string>;
  component?: boolean;
  [more: string]: unknown;
};

/** Its programs, as functions of the page. */
export type Programs = {
  /** Every script by its path without extension; its arguments are `scriptNames`. */
  scripts: Record<string, (...given: unknown[]) => void>;
  /** The compiled templates by path. */
  templates: Record<string, unknown>;
};

/** What a script of a mini-program finds, besides the language itself. */
export const givenNames = [
  'require',
  'module',
  'exports',
  'wx',
  'my',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'global',
  'navigator',
] as const;

/** What a browser has and a phone's mini-program has not: who reads it fails here too. */
const hiddenNames = [
  'window',
  'document',
  'location',
  'localStorage',
  'sessionStorage',
  'fetch',
  'XMLHttpRequest',
  'history',
  'self',
  'top',
  'parent',
  'process',
] as const;

export const scriptNames = [...givenNames, ...hiddenNames];
