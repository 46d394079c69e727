import {
  paymentTasks,
  startPayment,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { checkPayment } from '../../../apps/server/src/modules/payment/use-cases/check-payment.ts';
import { receiveNotification } from '../../../apps/server/src/modules/payment/use-cases/receive-notification.ts';
import { billsOf, partOf, payerOf } from './chosen.ts';
import { payAhead, useAll, useBalance } from './play-balance.ts';
import { askForRefund, decide, decideSettlement, onCase, resume } from './play-refunds.ts';
import { nth, type Of, type Process, type Stage, sameAsBefore } from './stage.ts';
import type { Step } from './steps.ts';
import type { Wallet, WalletNotice } from './wallet.ts';
import { allWallets, bodyOf, type World, wallets } from './world.ts';

export async function perform(stage: Stage, step: Step): Promise<unknown> {
  const { world } = stage;
  switch (step.kind) {
    case 'open':
      return await open(stage, step);
    case 'top-up':
      return await payAhead(stage, step);
    case 'use':
      return await useBalance(stage, step);
    case 'use-all':
      return await useAll(stage);
    case 'pay':
      return pay(world, step);
    case 'pay-unknown':
      return walletAt(world, step.wallet).payUnknown(
        `${world.company.shortCode}${'0'.repeat(25)}`,
        9_00,
      );
    case 'notify':
      return await notify(stage, step);
    case 'ask': {
      const payment = nth(stage.seen.payments, step.payment);
      const { companyId } = world.company;
      return (
        payment &&
        (await checkPayment(stage.process, { companyId, paymentId: payment.id, actor: '小何' }))
      );
    }
    case 'sweep':
      return await sweep(stage.process);
    case 'wait':
      return world.clock.advance(step.seconds * 1000);
    case 'desk':
      return await payAtDesk(stage, step);
    case 'fault':
      return walletAt(world, step.wallet).fail(step.verb, step.fault);
    case 'pay-during':
      return payDuring(walletAt(world, step.wallet), step.verb);
    case 'mood':
      return void Object.assign(walletAt(world, step.wallet).refundBook, { mood: step.mood });
    case 'refund':
      return await askForRefund(stage, step);
    case 'decide':
      return await decide(stage, step);
    case 'resume':
      return await resume(stage, step);
    case 'case':
      return await onCase(stage, step);
    case 'decide-settlement':
      return await decideSettlement(stage, step);
    case 'unasked':
      return giveBackElsewhere(world, step);
    case 'progress':
    case 'bounce': {
      const books = allWallets(world).map(({ refundBook }) => refundBook);
      const all = books.flatMap((book) =>
        [...book.refunds.keys()].map((no) => [book, no] as const),
      );
      const [book, refundNo] = nth(all, step.refund) ?? [];
      return refundNo === undefined ? undefined : book?.[step.kind](refundNo);
    }
  }
}

function walletAt(world: World, index: number): Wallet {
  return world.wallets[wallets[index % wallets.length] ?? 'alipay'];
}

async function open({ world, process }: Stage, step: Of<'open'>): Promise<unknown> {
  const chosen = billsOf(world, step.bills);
  const [first] = chosen;
  const [unitId = '', ...furtherUnitIds] = new Set(chosen.map((bill) => bill.unitId));
  const { share = 'all' } = step;
  const isInApp = share !== 'all' || step.bills > 15;
  return await startPayment(process, {
    ...payerOf(world, step),
    unitId,
    furtherUnitIds,
    billIds: chosen.map(({ id }) => id),
    partsFen: share === 'all' || !first ? new Map() : new Map([[first.id, partOf(first, share)]]),
    product: step.product,
    source: isInApp ? 'resident' : 'cashier',
  });
}

function pay(world: World, step: Of<'pay'>): unknown {
  const orders = allWallets(world).flatMap((one) =>
    [...one.orders.keys()].map((no) => [one, no] as const),
  );
  const [wallet, orderNo] = nth(orders, step.order) ?? [];
  if (!wallet || !orderNo) return undefined;
  if (step.change === 'elsewhere') {
    const other = allWallets(world).find((one) => one !== wallet);
    return other?.payUnknown(orderNo, wallet.orders.get(orderNo)?.amountFen ?? 1);
  }
  const again = step.change === 'again';
  return wallet.pay(orderNo, { again, ...(step.change === 'other-amount' && { amountFen: 7 }) });
}

async function notify(stage: Stage, step: Of<'notify'>): Promise<unknown> {
  const { world, notes } = stage;
  const all = allWallets(world).flatMap((one) =>
    one.notices().map((notice) => [one, notice] as const),
  );
  const [wallet, notice] = nth(all, step.notice) ?? [];
  if (!wallet || !notice) return undefined;
  const lie = step.isLie ? lieOf(wallet, notice) : undefined;
  if (lie?.kind === 'trade') notes.liedAbout.add(lie.trade.tradeNo);
  const told = lie ?? notice;
  return await Promise.all(Array.from({ length: step.times }, () => tell(stage, wallet, told)));
}

/**
 * Authentic, and names an amount that the wallet did not move. Only of what a query can tell about:
 * the wallet knows one trade of an order.
 */
function lieOf(wallet: Wallet, notice: WalletNotice): WalletNotice | undefined {
  if (notice.kind === 'look') return undefined;
  const of = notice.kind === 'trade' ? notice.trade : notice.refund;
  const amountFen = (of.amountFen + 1) as typeof of.amountFen;
  const raw = `${of.raw} `;
  if (notice.kind === 'refund') {
    const isOurs = !notice.refund.refundNo.startsWith('X');
    return isOurs ? { kind: 'refund', refund: { ...notice.refund, amountFen, raw } } : undefined;
  }
  const isKnown = wallet.orders.get(of.orderNo)?.trade === notice.trade;
  return isKnown ? { kind: 'trade', trade: { ...notice.trade, amountFen, raw } } : undefined;
}

/** What comes back without an error was acknowledged: the channel will not send it again. */
export async function tell(
  { world, process, notes }: Pick<Stage, 'world' | 'process' | 'notes'>,
  wallet: Wallet,
  notice: WalletNotice,
): Promise<void> {
  const { companyId, shortCode } = world.company;
  const { channel, number: accountNumber } = wallet.account;
  const receipt = await receiveNotification(
    {
      ...process,
      companyByShortCode: async (_deps, code) => (code === shortCode ? { companyId } : undefined),
    },
    {
      shortCode,
      channel,
      accountNumber,
      headers: {},
      rawBody: bodyOf(wallet, notice),
      remoteIp: '',
    },
  );
  if (receipt !== 'accepted') throw new Error(`an authentic notice was ${receipt}`);
  if (notice.kind === 'trade') notes.acknowledged.add(notice.trade.tradeNo);
  if (notice.kind === 'refund') notes.acknowledged.add(notice.refund.refundNo);
}

function giveBackElsewhere(world: World, step: Of<'unasked'>): void {
  const trades = allWallets(world).flatMap((one) =>
    one.trades().map((trade) => [one, trade] as const),
  );
  const [wallet, trade] = nth(trades, step.trade) ?? [];
  if (trade) wallet?.refundBook.unasked(trade, step.share === 'all' ? trade.amountFen : 1);
}

export async function sweep(process: Process): Promise<void> {
  for (const task of paymentTasks(process)) await task.run();
}

async function payAtDesk(stage: Stage, step: Of<'desk'>): Promise<unknown> {
  const { world, process } = stage;
  const bills = billsOf(world, step.bills);
  // A key belongs to one wish; the voucher is shared, so that it is offered twice.
  const key = `desk-${step.key}-${step.bills}-${step.method}`;
  const taken = await takeDeskPayment(process, {
    actor: world.maker,
    unitId: world.company.unitId,
    billIds: bills.map(({ id }) => id),
    method: step.method,
    ...(step.method === 'pos' && { voucherNo: 'POS-1' }),
    amountFen: bills.reduce((all, { amountFen }) => all + amountFen, 0),
    idempotencyKey: key,
  });
  sameAsBefore(stage, key, taken);
  return taken;
}

function payDuring(wallet: Wallet, verb: Of<'pay-during'>['verb']): void {
  wallet.before = (called, orderNo) => {
    if (called !== verb || !wallet.orders.has(orderNo)) return;
    wallet.before = undefined;
    wallet.pay(orderNo);
  };
}
