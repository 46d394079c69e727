import type {
  LoginProof,
  PayInstructions,
  PayResult,
  PhoneProof,
  Photo,
} from '../../../src/platform/types.ts';

export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}
export type FileRequest = Omit<WireRequest, 'body' | 'method'>;
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

/** What the two wallets do in different ways. */
export interface WalletApp {
  readonly surface: 'wechat' | 'alipay';
  /** Rejects only when no answer came. */
  request(request: WireRequest): Promise<WireAnswer>;
  /** Sends the bytes of a file as the body. */
  sendFile(request: FileRequest, path: string): Promise<WireAnswer>;
  /** Sends a file as `file` of a form. */
  uploadFile(request: FileRequest, path: string): Promise<WireAnswer>;
  /** Keeps the file of an answer on the phone. @returns its path */
  download(url: string, headers: Readonly<Record<string, string>>): Promise<string>;
  read(name: string): string | undefined;
  write(name: string, text: string | undefined): void;
  onNetwork(changed: (isOnline: boolean) => void): () => void;
  navigate(how: 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch', url: string): void;
  navigateBack(): void;
  login(): Promise<LoginProof>;
  phone(event: unknown): Promise<PhoneProof | undefined>;
  pay(instructions: PayInstructions): Promise<PayResult>;
  /** The wallet's own page for an agreement; `request` is what was signed, as a query. */
  openAgreement(request: string): Promise<void>;
  scan(): Promise<string>;
  requestMessages(templateIds: readonly string[]): Promise<readonly string[]>;
  /** How much larger than usual the wallet shows letters. */
  fontScale(): number;
  systemLanguage(): string;
  setTitle(title: string): void;
  setTab(index: number, text: string): void;
  openDocument(path: string): Promise<void>;
  saveImage(path: string): Promise<void>;
  choosePhotos(most: number): Promise<readonly Photo[]>;
  callPhone(number: string): void;
  copy(text: string): Promise<void>;
}
