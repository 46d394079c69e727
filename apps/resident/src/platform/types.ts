import type { PageName, PageParams, ParamsOf } from '../pages.ts';

/** What differs between the web and the mini-programs, behind `#platform`; both implement all of it. */
export interface Platform {
  /** How the server names this kind of app. */
  readonly surface: 'h5' | 'wechat' | 'alipay';
  /** Short code of the company whose app this is. */
  company(): string;
  /** The wallet that the app runs in, and whose payment sheet `pay` opens. */
  wallet(): 'wechat' | 'alipay' | undefined;

  /** One request to our server; rejects only when no answer came. Use `request` of src/api. */
  send(request: RawRequest): Promise<RawAnswer>;
  /** Sends a photo: its bytes as the body with its content type, or as `file` of a form. */
  upload(path: string, photo: Photo, as: 'body' | 'file'): Promise<RawAnswer>;
  /** What a mini-program carries as a bearer; the web has a cookie and forgets it. */
  keepSession(token: string | undefined): void;
  /** Another one for every session, '' without one: what is kept on the device belongs to it. */
  sessionMark(): string;
  /** Hears the server's events on a path; `onEvent` is a hint to ask. @returns stops it */
  listen(path: string, onEvent: () => void): () => void;
  isOnline(): boolean;
  onNetwork(changed: (isOnline: boolean) => void): () => void;

  /** Text that outlives the app; `undefined` removes it. Never throws: a full store forgets. */
  readonly storage: {
    read(name: string): string | undefined;
    write(name: string, text: string | undefined): void;
  };

  go<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void;
  /** The same without a way back to the present page. */
  replace<Name extends PageName>(page: Name, ...params: ParamsOf<Name>): void;
  /** One page back; to the home page where there is none. */
  back(): void;
  usePageParams<Name extends PageName>(page: Name): PageParams<Name>;
  /** The present page and its parameters as text, for `returnTo` after signing in; an address. */
  hereText(): string;
  /** Replaces the present page by one that `hereText` named. */
  returnTo(text: string | undefined): void;
  /** Calls when the page is shown: first, on coming back to it, on coming back to the app. */
  useShow(onShow: () => void): void;
  /** State of this page that is still there on coming back to it. */
  useKept<Value>(name: string, first: Value): [Value, (next: Value) => void];

  /**
   * Proof of who the mini-program's user is; undefined on the web, where the server's own address
   * leads to the wallet and back (`openServerPage`).
   */
  login(): Promise<LoginProof | undefined>;
  /** Leaves the app for an address of our server that answers with a page; the web only. */
  openServerPage(path: string): void;
  /** Opens the payment sheet, page or code. What it says is a hint; the server knows. */
  pay(instructions: PayInstructions): Promise<PayResult>;
  /**
   * Leads to the wallet's own page on which it is agreed to debits. What became of it the server
   * knows; `fail`: the page did not open.
   */
  openAgreement(url: string): Promise<'left' | 'cancel' | 'fail'>;
  /** The text of a code held before the camera. */
  scan(): Promise<string | undefined>;
  canScan(): boolean;
  /** Asks leave to send messages of these templates, after a tap. @returns those that were allowed */
  requestMessages(templateIds: readonly string[]): Promise<readonly string[]>;

  /** How much larger than usual the reader's own system shows text: 1 is usual. */
  fontScale(): number;
  language(): Language;
  setLanguage(next: Language): void;
  setTitle(title: string): void;

  /** Shows a document (PDF) of our server, with the session. */
  openDocument(path: string): Promise<void>;
  /** Puts a picture of our server into the album, or shows it to be kept by a long press. */
  saveImage(path: string): Promise<void>;
  /** A picture of our server that needs the session, as an address that Image can show. */
  imageOf(path: string): Promise<string>;
  /** Opens an address outside the app; a mini-program copies it. */
  openOutside(url: string): void;
  choosePhotos(most: number): Promise<readonly Photo[]>;
  callPhone(number: string): void;
  copy(text: string): Promise<boolean>;

  now(): number;
  /** A random key: the same one again makes a repeated request harmless. */
  newKey(): string;
}

export type Language = 'zh' | 'en';

export interface RawRequest {
  readonly method: string;
  /** '/api/…' of our own server. */
  readonly path: string;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs?: number | undefined;
}
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

export interface Photo {
  /** An address that Image shows. */
  readonly src: string;
  readonly bytes: number;
  /** The platform's own handle: a File, or a path. */
  readonly source: unknown;
}

export interface LoginProof {
  readonly wallet: 'wechat' | 'alipay';
  readonly code: string;
}
/** What a wallet gives about the phone after a tap on PhoneButton. */
export type PhoneProof =
  | { readonly wallet: 'wechat'; readonly code: string }
  | { readonly wallet: 'alipay'; readonly encrypted: string };

/** What `wx.requestPayment` and the page's bridge take. */
export interface WechatPayParams {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: string;
  readonly paySign: string;
}

/** How the server says that a payment goes on. */
export type PayInstructions =
  | { readonly kind: 'jsapi'; readonly params: WechatPayParams }
  | { readonly kind: 'alipay-trade'; readonly tradeNo: string }
  /** A page of ours to open: the channel's own pages, or a code to scan. */
  | { readonly kind: 'go'; readonly url: string };

/**
 * `ok`, `cancel`, `fail`: what the sheet said. `missing`: no sheet came. `left`: the app is on its
 * way to the channel's page.
 */
export type PayResult = 'ok' | 'cancel' | 'fail' | 'missing' | 'left';
