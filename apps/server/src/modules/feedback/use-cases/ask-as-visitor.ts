import type { CashierDeps } from '../../cashier/index.ts';
import { feedbackErrors } from '../errors.ts';
import { homePhotos, maxVisitorPhotos, visitorPhotos } from '../limits.ts';
import { ticketPath } from '../names.ts';
import { categoriesOf } from '../queries/categories.ts';
import { keepPhotos } from './keep-photo.ts';
import { openTicket, ownerKeyOf } from './open-ticket.ts';
import {
  billAsked,
  type Doorway,
  homeOfVisit,
  openerOf,
  type VisitedHome,
  type Visitor,
} from './visit.ts';

/** What came with the link to the form, or with the form. */
export interface About {
  readonly billId?: string | undefined;
  readonly paymentId?: string | undefined;
  readonly errorCode?: string | undefined;
}

export interface Asking {
  readonly doorway: Doorway;
  readonly visitor: Visitor;
  readonly about: About;
}

/** What the form needs: the home, what may be chosen, and what it is about. */
export async function showAsking(deps: CashierDeps, { doorway, visitor, about }: Asking) {
  const home = await homeOfVisit(deps, doorway);
  const bill = await billAsked(deps, home, about.billId);
  const categories = await deps.db.read(home.companyId, categoriesOf);
  const offered = categories.filter(({ isActive }) => isActive);
  const { isWallet } = openerOf(deps, home, { code: doorway.code, visitor });
  const paymentId = home.paymentId ?? about.paymentId;
  const isAboutPaying = paymentId !== undefined || about.errorCode !== undefined;
  const likely = bill
    ? offered.find(({ isDispute }) => isDispute)
    : offered.find(({ code }) => isAboutPaying && code === 'payment');
  return { home, bill, categories: offered, paymentId, likely, isPhoneNeeded: !isWallet };
}

export interface AskedForm {
  readonly key: string;
  readonly categoryId: string;
  readonly text: string;
  readonly phone: string;
  readonly photos: readonly Buffer[];
  /** Kept before, when something else in the form was wrong. */
  readonly photoIds: readonly string[];
}

export interface SentForm extends Asking {
  readonly form: AskedForm;
  /** Told of the photos as soon as they are kept, so that they need not be chosen again. */
  readonly onPhotos: (photoIds: readonly string[]) => void;
}

/** Takes the question down. @returns where its progress is shown @throws what openTicket throws */
export async function askAsVisitor(deps: CashierDeps, sent: SentForm): Promise<string> {
  const { doorway, visitor, about, form } = sent;
  const home = await homeOfVisit(deps, doorway);
  const opener = openerOf(deps, home, { code: doorway.code, visitor });
  const { companyId, unitId, shortCode } = home;
  requireWords(form.text);
  const isDispute = await isDisputeCategory(deps, companyId, form.categoryId);
  const kept = await keepSentPhotos(deps, home, { ...sent, opener });
  const photoIds = [...form.photoIds, ...kept];
  sent.onPhotos(photoIds);
  const bill = await billAsked(deps, home, about.billId);
  const { accessCode } = await openTicket(deps, {
    companyId,
    idempotencyKey: form.key,
    source: doorway.kind,
    opener,
    unitId,
    ...(isDispute ? { billId: about.billId } : { categoryId: form.categoryId }),
    phone: form.phone,
    text: form.text,
    photoIds,
    context: {
      ...pick('paymentId', home.paymentId ?? about.paymentId),
      ...pick('errorCode', about.errorCode),
      page: [pageNames[doorway.kind], bill?.title].filter(Boolean).join(' · '),
    },
  });
  return ticketPath(shortCode, accessCode ?? '');
}

const pageNames = { scan: '扫码页', receipt: '收据页' } as const;
const maxText = 2000;

/** @throws FEEDBACK_TEXT_MISSING */
export function requireWords(text: string): void {
  const { length } = text.trim();
  if (length === 0 || length > maxText) throw feedbackErrors.FEEDBACK_TEXT_MISSING();
}

function pick<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: string });
}

async function isDisputeCategory(
  deps: CashierDeps,
  companyId: string,
  categoryId: string,
): Promise<boolean> {
  const categories = await deps.db.read(companyId, categoriesOf);
  return categories.some(({ id, isDispute }) => id === categoryId && isDispute);
}

/** @throws PHOTO_TOO_MANY, FEEDBACK_TOO_OFTEN, and what cleanPicture throws */
async function keepSentPhotos(
  deps: CashierDeps,
  { companyId, unitId }: VisitedHome,
  { form, opener }: SentForm & { readonly opener: ReturnType<typeof openerOf> },
): Promise<string[]> {
  requireFew(form.photos.length + form.photoIds.length);
  const spendings = [
    { quota: visitorPhotos, of: opener.addressKey },
    { quota: homePhotos, of: unitId },
  ];
  const ownerKey = ownerKeyOf(opener);
  const { photos, key: onceKey } = form;
  return await keepPhotos(deps, { companyId, ownerKey, spendings, photos, onceKey });
}

/** @throws PHOTO_TOO_MANY */
export function requireFew(count: number): void {
  if (count <= maxVisitorPhotos) return;
  throw feedbackErrors.PHOTO_TOO_MANY({ values: { limit: maxVisitorPhotos } });
}
