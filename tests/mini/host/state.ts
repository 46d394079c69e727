import type { Pack } from './pack.ts';

export type HostSettings = {
  pack: Pack;
  appId: string;
  /** The address that the mini-program was built with; requests to it go to this page's origin. */
  serverUrl: string;
  /** Where the simulator of the wallets answers, below this page's origin. */
  simulatorPath: string;
  /** Which of the simulator's three people holds the phone. */
  user: number;
  launch: Launch;
  fontFactor: number;
};

export type Launch = {
  path?: string;
  query: Record<string, string>;
  /** What Alipay tells the app and not the page. */
  ofApp?: Record<string, string>;
};

/** What a test reads and steers while the mini-program runs. */
export type HostState = HostSettings & {
  isOnline: boolean;
  phoneCode: string;
  /** Ids of the templates that the person agrees to; all others are refused. */
  acceptsSubscriptions: boolean;
  /** What `scanCode` reads. */
  scanned: string;
  /** A picture that `chooseMedia` hands over, as a data URL. */
  photo: string;
  calls: { name: string; detail: unknown }[];
  toasts: string[];
  /** Errors that nobody caught, and what the program wrote as an error. */
  errors: string[];
  setOnline(isOnline: boolean): void;
  /** The wallet opens the mini-program that runs in the background, by a code or a message. */
  openAgain(launch: Launch): void;
  /** How many times the usual size the page's text has. */
  scale(): number;
  clippedTexts(): string[];
};

declare global {
  /** Of the page; `window.miniHost` as well. */
  var miniHost: HostState;
}

export function record(name: string, detail: unknown): void {
  miniHost.calls.push({ name, detail });
}
