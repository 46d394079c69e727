import {
  openSheet,
  type SheetResult as Result,
  type WalletInstructions,
} from '@wuye-pay/contract/wallet-bridge';
import { follow } from './follow.ts';
import { texts } from './texts.ts';
import { words } from './words.ts';

interface Parts {
  readonly form: HTMLFormElement;
  readonly button: HTMLButtonElement;
  readonly status: Element;
}

interface Started {
  readonly paymentId: string;
  readonly state: string;
  readonly instructions?: WalletInstructions;
}
interface Refused {
  readonly code: string;
  readonly message: string;
  /** Whether the same again can succeed. */
  readonly retry: boolean;
}
type Answer = Started | { readonly error: Refused };

/** Tries to get the order when the channel is slow to answer; the same payment every time. */
const maxTries = 4;
const retryMs = 2500;
/** The payment that the wallet called paid and the server has not confirmed yet. */
const confirmingKey = 'confirming';

/** The one button: begins to pay, opens the wallet's sheet, and waits for what the server says. */
export function payButton(parts: Parts) {
  const { form } = parts;
  const page = pageOf(parts);
  let isStale = false;

  /** What was shown is no longer so: the button fetches the page anew. */
  const outdated = (message: string): void => {
    isStale = true;
    page.expire(message);
  };
  const refused = ({ message, retry }: Refused): void =>
    retry ? page.tell(message, true) : outdated(message);
  const watch = watcher(form, () => outdated(texts.unpaid));

  const start = async (tries: number): Promise<void> => {
    const answer = await post(form, page.chosen());
    if ('error' in answer) return refused(answer.error);
    const poll = watch(answer.paymentId);
    if (answer.state === 'paid') return;
    if (!answer.instructions) {
      page.tell(texts.ordering, tries >= maxTries);
      if (tries < maxTries) setTimeout(() => go(tries + 1), retryMs);
      return;
    }
    const sheet = openSheet(answer.instructions);
    if (!sheet) return location.assign(`${form.action}/payments/${answer.paymentId}/go`);
    after(await sheet, answer.paymentId, poll);
  };

  const after = (result: Result, paymentId: string, poll: (isWaiting: boolean) => void): void => {
    const isOk = result === 'ok';
    // Closed while the sheet was open: somebody else paid. What was said of it stays.
    if (isStale) return isOk ? outdated(texts.late) : undefined;
    // Only the server knows: the button stays off until it says so, after a reload as well.
    if (isOk) sessionStorage.setItem(confirmingKey, paymentId);
    poll(isOk || result === 'fail');
    page.tell(isOk ? texts.confirming : texts[result], !isOk);
  };

  const go = (tries = 1): void => {
    if (isStale) return location.reload();
    page.tell(tries === 1 ? texts.opening : texts.ordering, false);
    start(tries).catch(() => page.tell(texts.offline, true));
  };

  return {
    go,
    update: () => {
      if (isStale) return;
      label(parts.button, page.chosen(), page.count());
      page.refresh();
    },
    /** What was begun before a reload goes on. */
    resume: () => {
      const payment = begunBefore(form);
      if (payment) page.tell(texts.confirming, false);
      if (payment) watch(payment)(true);
    },
  };
}

/** The question about this page knows what happened on it. */
function ask(about: string): void {
  const link = document.querySelector<HTMLAnchorElement>('#ask');
  if (link) link.search = about;
}

function begunBefore({ dataset: { payment, over } }: HTMLFormElement): string | undefined {
  const isConfirming = over || sessionStorage.getItem(confirmingKey) === payment;
  return isConfirming ? payment : undefined;
}

/** The button says the amount, and spells it for whoever listens. */
function label(
  button: HTMLButtonElement,
  chosen: readonly HTMLInputElement[],
  count: number,
): void {
  const total = chosen.reduce((sum, { dataset }) => sum + Number(dataset.fen), 0);
  const part = count > 1 ? texts.first(count) : '';
  button.textContent = total ? `${texts.pay} ${yuan(total)}${part}` : texts.none;
  button.setAttribute('aria-label', total ? `${texts.pay} ${words(total)}${part}` : texts.none);
}

/** What is ticked, what is said, and whether the button is on. */
function pageOf({ form, button, status }: Parts) {
  let isReady = true;
  const ticked = () => [...form.querySelectorAll<HTMLInputElement>('input:checked')];
  /** Bills of several accounts are several payments: the first of them now. */
  const chosen = () => {
    const [first, ...others] = ticked();
    return first ? [first, ...others.filter(({ dataset }) => isOneWith(first, dataset))] : [];
  };
  const expire = (message: string) => {
    tell(message, true);
    button.textContent = texts.reload;
    button.removeAttribute('aria-label');
  };
  const count = () => new Set(ticked().map(({ dataset }) => dataset.pay)).size;
  const refresh = () => {
    button.disabled = !isReady || chosen().length === 0;
  };
  const link = document.querySelector('#ask');
  const tell = (text: string, ready: boolean) => {
    status.textContent = text;
    // What is said may raise a question: the way to ask it stands beside.
    if (link && ready) status.append(' ', link);
    isReady = ready;
    refresh();
  };
  return { chosen, count, expire, refresh, tell };
}

function isOneWith({ dataset }: HTMLInputElement, other: DOMStringMap): boolean {
  return dataset.pay === other.pay;
}

/** Follows each payment once, however often the button is tapped. */
function watcher(form: HTMLFormElement, onClosed: () => void) {
  const watched = new Map<string, (isWaiting: boolean) => void>();
  return (paymentId: string) => {
    ask(`payment=${paymentId}`);
    const path = `${form.action}/payments/${paymentId}`;
    const onState = (state: string) => {
      if (state === 'paid') location.replace(`${path}/receipt`);
      if (state !== 'closed') return;
      watched.delete(paymentId);
      sessionStorage.removeItem(confirmingKey);
      onClosed();
    };
    const poll = watched.get(paymentId) ?? follow(path, onState);
    watched.set(paymentId, poll);
    return poll;
  };
}

async function post(
  { action, dataset: { way } }: HTMLFormElement,
  chosen: readonly HTMLInputElement[],
): Promise<Answer> {
  const billIds = chosen.map(({ value }) => value);
  const body = way ? { billIds, way } : { billIds };
  const answer = await fetch(`${action}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Answer;
  if ('error' in said) ask(`error=${said.error.code}`);
  return said;
}

/** "¥1,254.70" of whole fen, without a float in between. */
function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${whole}.${digits.slice(-2)}`;
}
