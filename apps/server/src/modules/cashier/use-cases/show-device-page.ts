import QRCode from 'qrcode';
import { platformErrors } from '../../../platform/errors.ts';
import { payInstructions } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import { codePage, forwardPage } from '../page/device-page.ts';
import type { Content, Look } from '../page/document.ts';
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
  const { companyId } = home;
  const paymentPath = `${home.view.path}/payments/${payment.paymentId}`;
  const instructions = await deps.db.read(companyId, (tx) =>
    payInstructions(tx, payment.paymentId),
  );
  const view = { home: home.view, paymentPath, amountFen: payment.amountFen };
  const page = (content: Content): DevicePage => ({ kind: 'page', content });
  switch (instructions?.kind) {
    case 'redirect':
      return { kind: 'redirect', url: instructions.url };
    case 'form':
      return page(forwardPage({ ...view, ...instructions }, input.look));
    case 'native': {
      const qrSvg = await QRCode.toString(instructions.codeUrl, { type: 'svg', margin: 2 });
      const facts = deps.doors.channels().find(({ name }) => name === payment.channel);
      const label = facts?.label ?? { zh: '', en: '' };
      return page(codePage({ ...view, label, qrSvg: qrSvg.trim() }, input.look));
    }
    default:
      // Decided meanwhile, or paid inside the page: the receipt says what became of it.
      return { kind: 'redirect', url: `${paymentPath}/receipt` };
  }
}
