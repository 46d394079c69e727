import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { platformErrors } from '../../../platform/errors.ts';
import {
  browserOf,
  deviceOf,
  ensureBrowser,
  userAgentOf,
  walletFor,
} from '../../../platform/http/index.ts';
import type { CashierDeps } from '../doors.ts';
import { cashierErrors } from '../errors.ts';
import { codeInState } from '../login-state.ts';
import { returnPage } from '../page/device-page.ts';
import { messagePage } from '../page/other-pages.ts';
import { textsOf } from '../page/texts.ts';
import { strangerKeyOf } from '../payer.ts';
import { finishLogin, type LoginResult } from '../use-cases/finish-login.ts';
import { openPage } from '../use-cases/open-page.ts';
import { showDevicePage } from '../use-cases/show-device-page.ts';
import { guarded, type Limits } from './limits.ts';
import { asPage, redirect, sendPage } from './send-page.ts';
import {
  followed,
  keepChoices,
  lookOf,
  mayBeginAgain,
  payerCookie,
  rememberPayer,
} from './visitor.ts';

type CodeRoute = {
  Params: { code: string };
  Querystring: { size?: string; lang?: string; way?: string };
};
type PaymentRoute = { Params: { code: string; paymentId: string } };
type ReturnRoute = { Params: { channel: string } };

const isPublic = { config: { permission: 'public' as const } };

/** What a browser shows: the bills, the way to the wallet and back. */
export function addPageRoutes(app: FastifyInstance, deps: CashierDeps, limits: Limits): void {
  app.get<CodeRoute>('/q/:code', isPublic, (request, reply) =>
    asPage(deps, request, reply, () => showBills(deps, limits, request, reply)),
  );
  app.get<ReturnRoute>('/cb/:channel', isPublic, (request, reply) =>
    asPage(deps, request, reply, () => comeBack(deps, limits, request, reply)),
  );
  app.get<PaymentRoute>('/q/:code/payments/:paymentId/go', isPublic, (request, reply) =>
    asPage(deps, request, reply, () =>
      guarded(limits, request, async () => {
        const shown = await showDevicePage(deps, followed(request));
        if (shown.kind === 'page') return await sendPage(deps, request, reply, shown.content);
        // Some channels open their page only for visitors of a domain that they know.
        reply.header('referrer-policy', 'strict-origin');
        return redirect(reply, shown.url);
      }),
    ),
  );
  addReturnRoutes(app, deps);
}

/**
 * Back from the channel's pages, which some of them do by a form that they post. It proves
 * nothing and is not read: the receipt asks our own books.
 */
function addReturnRoutes(app: FastifyInstance, deps: CashierDeps): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
    scope.route<PaymentRoute>({
      method: ['GET', 'POST'],
      url: '/q/:code/payments/:paymentId/back',
      config: { permission: 'public', allowsForeignOrigin: true },
      bodyLimit: 64 * 1024,
      handler: async (request, reply) => {
        const { code, paymentId } = request.params;
        const path = `/q/${encodeURIComponent(code)}/payments/${encodeURIComponent(paymentId)}/receipt`;
        return await sendPage(deps, request, reply, returnPage(path, lookOf(request)));
      },
    });
  });
}

async function showBills(
  deps: CashierDeps,
  limits: Limits,
  request: FastifyRequest<CodeRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const code = request.params.code.toLowerCase();
  if (keepChoices(request, reply)) return redirect(reply, `/q/${encodeURIComponent(code)}`);
  const visit = {
    code,
    wallet: walletFor(deps, request),
    device: deviceOf(userAgentOf(request)),
    way: request.query.way,
    payerCookie: payerCookie(request, code),
    browser: ensureBrowser(deps, request, reply),
    look: lookOf(request),
  };
  const opened = await guarded(limits, request, () => openPage(deps, visit));
  if (opened.kind === 'login') return redirect(reply, opened.url);
  return await sendPage(deps, request, reply, opened.content);
}

async function comeBack(
  deps: CashierDeps,
  limits: Limits,
  request: FastifyRequest<ReturnRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel } = request.params;
  const isKnown = deps.doors.channels().some(({ name, canLogIn }) => name === channel && canLogIn);
  if (!isKnown) throw platformErrors.NOT_FOUND();
  const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  const { code, state } = deps.doors.readLoginReturn(channel, query);
  // Each code is a question to the wallet, which answers only so many a day.
  const asker = strangerKeyOf({ code: `login ${codeInState(state)}`, payerIp: request.ip });
  if (!limits.paying.allows(asker)) throw cashierErrors.PAYING_TOO_OFTEN();
  const { cookies } = request;
  const browser = browserOf(request);
  const userAgent = userAgentOf(request);
  const back = { channel, state, loginCode: code, userAgent, browser, cookies };
  const result = await guarded(limits, request, () => finishLogin(deps, back));
  return await answerLogin(deps, request, reply, result);
}

async function answerLogin(
  deps: CashierDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  result: LoginResult,
): Promise<FastifyReply> {
  if (result.kind === 'known') {
    if (result.cookie) rememberPayer(deps, reply, result.cookie);
    return redirect(reply, result.path);
  }
  const isAgain = result.kind === 'again' && mayBeginAgain(deps, request, reply);
  if (isAgain) return redirect(reply, result.path);
  const t = textsOf(lookOf(request).language);
  const { path } = result;
  const links = path
    ? [
        { href: path, text: t.tryAgain },
        { href: `${path}/ask?error=WALLET_UNKNOWN`, text: t.ask },
      ]
    : [];
  reply.code(400);
  return await sendPage(deps, request, reply, messagePage(t.walletFailed, lookOf(request), links));
}
