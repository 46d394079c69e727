import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import type { CashierDeps } from '../doors.ts';
import { type Content, documentOf } from '../page/document.ts';
import { messagePage } from '../page/other-pages.ts';
import { textsOf } from '../page/texts.ts';
import { finishLogin, type LoginResult } from '../use-cases/finish-login.ts';
import { openPage } from '../use-cases/open-page.ts';
import { showReceipt } from '../use-cases/show-receipt.ts';
import { guarded, type Limits } from './limits.ts';
import {
  browserOf,
  ensureBrowser,
  keepChoices,
  lookOf,
  mayBeginAgain,
  payerCookie,
  rememberPayer,
  walletFor,
} from './visitor.ts';

type CodeRoute = { Params: { code: string }; Querystring: { size?: string; lang?: string } };
type PaymentRoute = { Params: { code: string; paymentId: string } };
type ReturnRoute = { Querystring: { code?: string; state?: string } };

/** The page holds no secret that a guess in its text could be compared with. */
const compress = promisify(gzip);
const isPublic = { config: { permission: 'public' as const } };

/** What a browser shows: the bills, the way back from the wallet, the receipt. */
export function addPageRoutes(app: FastifyInstance, deps: CashierDeps, limits: Limits): void {
  app.get<CodeRoute>('/q/:code', isPublic, (request, reply) =>
    asPage(deps, request, reply, () => showBills(deps, limits, request, reply)),
  );
  app.get<ReturnRoute>('/cb/wechat-pay', isPublic, (request, reply) =>
    asPage(deps, request, reply, async () => {
      const { code, state } = request.query;
      const back = {
        state: String(state ?? ''),
        loginCode: String(code ?? ''),
        userAgent: request.headers['user-agent'] ?? '',
      };
      const { cookies } = request;
      const login = () => finishLogin(deps, { ...back, browser: browserOf(request), cookies });
      return await answerLogin(deps, request, reply, await guarded(limits, request, login));
    }),
  );
  app.get<PaymentRoute>('/q/:code/payments/:paymentId/receipt', isPublic, (request, reply) =>
    asPage(deps, request, reply, () =>
      guarded(limits, request, async () => {
        const cookie = payerCookie(request, request.params.code);
        const look = lookOf(request);
        const content = await showReceipt(deps, { ...request.params, payerCookie: cookie, look });
        return await sendPage(deps, request, reply, content);
      }),
    ),
  );
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
    payerCookie: payerCookie(request, code),
    browser: ensureBrowser(deps, request, reply),
    look: lookOf(request),
  };
  const opened = await guarded(limits, request, () => openPage(deps, visit));
  if (opened.kind === 'login') return redirect(reply, opened.url);
  return await sendPage(deps, request, reply, opened.content);
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
  const again = result.path ? { href: result.path, text: t.tryAgain } : undefined;
  reply.code(400);
  return await sendPage(deps, request, reply, messagePage(t.walletFailed, lookOf(request), again));
}

/** Errors that people may see become a page in their language. */
async function asPage(
  deps: CashierDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const look = lookOf(request);
    reply.code(error.definition.status);
    return await sendPage(deps, request, reply, messagePage(error.text(look.language), look));
  }
}

async function sendPage(
  deps: CashierDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  content: Content,
): Promise<FastifyReply> {
  const page = await documentOf(deps.doors.pageDirectory, lookOf(request), content);
  reply.headers({ ...page.headers, vary: 'accept-encoding' });
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (!/\bgzip\b/.test(accepted)) return reply.send(page.body);
  return reply.header('content-encoding', 'gzip').send(await compress(page.body));
}

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 302);
}
