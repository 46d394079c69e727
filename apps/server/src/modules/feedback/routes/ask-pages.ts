import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import { ensureBrowser } from '../../../platform/http/index.ts';
import {
  asPage,
  type CashierDeps,
  keepChoices,
  lookOf,
  ownPayment,
  payerCookie,
  redirect,
  sendPage,
} from '../../cashier/index.ts';
import { askPage } from '../page/ask-page.ts';
import {
  type About,
  type Asking,
  askAsVisitor,
  type SentForm,
  showAsking,
} from '../use-cases/ask-as-visitor.ts';
import { answerSurvey, surveyIdOf } from '../use-cases/ask-survey.ts';
import type { Doorway } from '../use-cases/visit.ts';
import type { Doorman } from './doorman.ts';
import { acceptForms, type Form, formLimit, readForm } from './form.ts';
import { sendAway } from './send-away.ts';

interface Query {
  readonly bill?: string | undefined;
  readonly payment?: string | undefined;
  readonly error?: string | undefined;
  readonly size?: string;
  readonly lang?: string;
}
interface AskRoute {
  Params: { code: string };
  Querystring: Query;
}
interface SurveyRoute {
  Params: { code: string; paymentId: string };
}

const config = { permission: 'public' as const };
const doorways = [
  ['/q/:code/ask', 'scan'],
  ['/v/:code/ask', 'receipt'],
] as const;

/** Questions of those who are not signed in: from the code at a door and from a receipt. */
export function addAskPages(app: FastifyInstance, deps: CashierDeps, doorman: Doorman): void {
  void app.register(async (scope) => {
    await acceptForms(scope);
    for (const [url, kind] of doorways) {
      scope.get<AskRoute>(url, { config }, (request, reply) =>
        asPage(deps, request, reply, () =>
          doorman.watch(request, () => showForm(deps, request, reply, kind)),
        ),
      );
      scope.post<AskRoute>(url, { config, bodyLimit: formLimit }, (request, reply) =>
        asPage(deps, request, reply, () =>
          doorman.watch(request, async () => {
            doorman.letForm(request);
            return await takeForm(deps, request, reply, kind);
          }),
        ),
      );
    }
    scope.post<SurveyRoute>(
      '/q/:code/payments/:paymentId/survey',
      { config, bodyLimit: formLimit },
      (request, reply) =>
        asPage(deps, request, reply, () =>
          doorman.watch(request, async () => {
            doorman.letForm(request);
            return await takeScore(deps, request, reply);
          }),
        ),
    );
  });
}

async function showForm(
  deps: CashierDeps,
  request: FastifyRequest<AskRoute>,
  reply: FastifyReply,
  kind: Doorway['kind'],
): Promise<FastifyReply> {
  const about = aboutOf(request.query);
  const path = `${request.url.replace(/\?.*/s, '')}`;
  if (keepChoices(request, reply)) return redirect(reply, path + queryOf(about));
  const asking = askingOf(deps, request, reply, { kind, about });
  return await sendForm(deps, request, reply, { asking, form: undefined });
}

async function takeForm(
  deps: CashierDeps,
  request: FastifyRequest<AskRoute>,
  reply: FastifyReply,
  kind: Doorway['kind'],
): Promise<FastifyReply> {
  const form = await readForm(request);
  const about = aboutOf({
    bill: form.field('bill'),
    payment: form.field('payment'),
    error: form.field('error'),
  });
  const asking = askingOf(deps, request, reply, { kind, about });
  let photoIds = form.all('photoId').filter(isId);
  try {
    if (form.problem) throw form.problem;
    const sent: SentForm = {
      ...asking,
      form: { ...fieldsOf(form), photos: form.photos, photoIds },
      onPhotos: (ids) => {
        photoIds = [...ids];
      },
    };
    const path = await askAsVisitor(deps, sent);
    return sendAway(reply, `${path}?done=received`);
  } catch (error) {
    if (!(error instanceof AppError) || lostPlace.includes(error.code)) throw error;
    // Photos that are no longer there are chosen again.
    if (error.code === 'PHOTO_NOT_FOUND') photoIds = [];
    reply.code(error.definition.status);
    return await sendForm(deps, request, reply, { asking, form, error, photoIds });
  }
}

/** Without a home there is no form to go back to. */
const lostPlace = ['ROOM_CODE_UNKNOWN', 'ROOM_CODE_REPLACED', 'RECEIPT_UNKNOWN'];

function fieldsOf(form: Form) {
  return {
    key: /^[0-9a-f-]{36}$/.test(form.field('key')) ? form.field('key') : randomUUID(),
    categoryId: isId(form.field('category')) ? form.field('category') : '',
    text: form.field('text').replaceAll('\r\n', '\n'),
    phone: form.field('phone'),
  };
}

interface Shown {
  readonly asking: Asking;
  readonly form: Form | undefined;
  readonly error?: AppError;
  readonly photoIds?: readonly string[];
}

async function sendForm(
  deps: CashierDeps,
  request: FastifyRequest<AskRoute>,
  reply: FastifyReply,
  { asking, form, error, photoIds = [] }: Shown,
): Promise<FastifyReply> {
  const look = lookOf(request);
  const { home, bill, likely, ...facts } = await showAsking(deps, asking);
  const typed = form ? fieldsOf(form) : { categoryId: likely?.id };
  const view = {
    ...facts,
    path: `${home.path}/ask`,
    query: queryOf(asking.about),
    backPath: home.path,
    place: home.place,
    bill,
    errorCode: asking.about.errorCode,
    key: randomUUID(),
    typed: { ...typed, photoIds },
    problem: error?.text(look.language),
  };
  return await sendPage(deps, request, reply, askPage(view, look));
}

function askingOf(
  deps: CashierDeps,
  request: FastifyRequest<AskRoute>,
  reply: FastifyReply,
  { kind, about }: { readonly kind: Doorway['kind']; readonly about: About },
): Asking {
  const code = request.params.code.toLowerCase();
  const visitor = {
    browser: ensureBrowser(deps, request, reply),
    payerCookie: payerCookie(request, code),
    address: request.ip,
    language: lookOf(request).language,
  };
  return { doorway: { kind, code }, visitor, about };
}

function aboutOf({ bill, payment, error }: Query): About {
  return {
    billId: bill && isId(bill) ? bill : undefined,
    paymentId: payment && isId(payment) ? payment : undefined,
    errorCode: error && /^[A-Z][A-Z_]{2,59}$/.test(error) ? error : undefined,
  };
}

function queryOf({ billId, paymentId, errorCode }: About): string {
  const query = new URLSearchParams({
    ...(billId && { bill: billId }),
    ...(paymentId && { payment: paymentId }),
    ...(errorCode && { error: errorCode }),
  }).toString();
  return query === '' ? '' : `?${query}`;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** How paying went, said on the receipt. */
async function takeScore(
  deps: CashierDeps,
  request: FastifyRequest<SurveyRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { code, paymentId } = request.params;
  const form = await readForm(request);
  const visitor = {
    payerCookie: payerCookie(request, code),
    browser: ensureBrowser(deps, request, reply),
  };
  const own = await ownPayment(deps, { code, paymentId, ...visitor });
  if (own) {
    const { companyId } = own.home;
    const score = Number(form.field('score'));
    await answerSurvey(deps, {
      payer: { kind: 'payer', companyId, payerKey: own.payment.payerKey },
      satisfactionId: surveyIdOf(companyId, paymentId),
      score: [1, 2, 3, 4, 5].includes(score) ? score : null,
      text: form.field('text').slice(0, 500),
    });
  }
  const path = `/q/${encodeURIComponent(code)}/payments/${encodeURIComponent(paymentId)}/receipt`;
  return sendAway(reply, path);
}
