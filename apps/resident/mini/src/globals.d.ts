/** Known when the mini-program is built; the build keeps one branch. */
declare const process: { readonly env: { readonly TARO_ENV: 'weapp' | 'alipay' } };
/** What every wallet has of a browser. */
declare function setTimeout(act: (value: never) => void, afterMs: number): number;
declare function clearTimeout(timer: number | undefined): void;
declare const console: { warn(...words: unknown[]): void };
