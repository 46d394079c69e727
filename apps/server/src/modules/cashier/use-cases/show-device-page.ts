import QRCode from 'qrcode';
import { platformErrors } from '../../../platform/errors.ts';
import { type PaymentStateView, payInstructions } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import { codePage, forwardPage } from '../page/device-page.ts';
import type { Content, Look } from '../page/document.ts';
import type { HomeView } from '../page/head.ts';
import { type FollowInput, ownPayment } from './follow-payment.ts';

export type DevicePage =
  | { readonly kind: 'page'; readonly content: Content }
  | { readonly kind: 'redirect'; readonly url: string };

/** Where the payer's browser goes to pay: a code to scan, or the channel's own pages. */
export async function showDevicePage(
  deps: CashierDeps,
  input: FollowInput & { readonly look: Look },
): Promise<DevicePage> {
  const found = await ownPayment(deps, input);
  if (!found) throw platformErrors.NOT_FOUND();
  const { home, payment } = found;
  const paymentPath = `${home.view.path}/payments/${payment.paymentId}`;
  const place = { companyId: home.companyId, home: home.view, paymentPath };
  return await devicePageOf(deps, { ...place, payment }, input.look);
}

interface Place {
  readonly companyId: string;
  readonly home: HomeView;
  /** Below it lie the payment's state, events and receipt. */
  readonly paymentPath: string;
  readonly payment: Pick<PaymentStateView, 'paymentId' | 'amountFen' | 'channel'>;
}

/** The same for whoever may see the payment, wherever they began it. */
export async function devicePageOf(
  deps: CashierDeps,
  { companyId, home, paymentPath, payment }: Place,
  look: Look,
): Promise<DevicePage> {
  const instructions = await deps.db.read(companyId, (tx) =>
    payInstructions(tx, payment.paymentId),
  );
  const view = { home, paymentPath, amountFen: payment.amountFen };
  const page = (content: Content): DevicePage => ({ kind: 'page', content });
  switch (instructions?.kind) {
    case 'redirect':
      return { kind: 'redirect', url: instructions.url };
    case 'form':
      return page(forwardPage({ ...view, ...instructions }, look));
    case 'native': {
      const qrSvg = await QRCode.toString(instructions.codeUrl, { type: 'svg', margin: 2 });
      const facts = deps.doors.channels().find(({ name }) => name === payment.channel);
      const label = facts?.label ?? { zh: '', en: '' };
      return page(codePage({ ...view, label, qrSvg: qrSvg.trim() }, look));
    }
    default:
      // Decided meanwhile, or paid inside the page: the receipt says what became of it.
      return { kind: 'redirect', url: `${paymentPath}/receipt` };
  }
}
