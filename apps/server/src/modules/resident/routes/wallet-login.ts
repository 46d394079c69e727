import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import {
  browserOf,
  ensureBrowser,
  privateCookie,
  userAgentOf,
} from '../../../platform/http/index.ts';
import { pageToReturnTo } from '../domain/login-state.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { authenticateResident } from '../use-cases/authenticate-resident.ts';
import { linkWallet } from '../use-cases/link-wallet.ts';
import { signInAs } from '../use-cases/sign-in.ts';
import { finishHop, purposeInState, startHop } from '../use-cases/wallet-hop.ts';
import { keepSession } from './session.ts';
import { companyNamed, originOf } from './sign-in.ts';

type StartRoute = {
  Params: { channel: string };
  Querystring: { company: string; next?: string; link?: string; appId?: string };
};
type ReturnRoute = { Params: { channel: string } };

const config = { permission: 'public' as const };
/** Where the page wanted to go, while the browser is at the wallet. */
const nextCookie = 'resident-next';
const nextSeconds = 600;

/** The page's way to the wallet and back, by redirects alone. */
export function addWalletLoginRoutes(app: FastifyInstance, deps: ResidentDeps): void {
  const text = { type: 'string', maxLength: 300 };
  const schema = {
    querystring: {
      type: 'object',
      required: ['company'],
      properties: { company: text, next: text, link: text, appId: text },
    },
  };
  app.get<StartRoute>(
    '/api/resident/wallet-login/:channel',
    { config, schema },
    async (request, reply) => {
      const { company, next, link, appId } = request.query;
      const { companyId, shortCode } = await companyNamed(deps, company);
      const browser = ensureBrowser(deps, request, reply);
      const wants = link === undefined ? 'sign-in' : 'link';
      const { channel } = request.params;
      const url = await startHop(deps, { companyId, shortCode, channel, appId, wants, browser });
      const page = pageToReturnTo(shortCode, next);
      reply.setCookie(nextCookie, page, privateCookie(deps, nextSeconds));
      return redirect(reply, url);
    },
  );
  app.get<ReturnRoute>(
    '/api/resident/wallet-return/:channel',
    { config },
    async (request, reply) => await comeBack(deps, request, reply),
  );
}

/** Whatever goes wrong, the app's page where it began says it: `?login=WALLET_LOGIN_FAILED`. */
async function comeBack(
  deps: ResidentDeps,
  request: FastifyRequest<ReturnRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel } = request.params;
  const isKnown = deps.doors.channels().some(({ name, canLogIn }) => name === channel && canLogIn);
  if (!isKnown) throw residentErrors.WALLET_NOT_OFFERED();
  const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  const { code, state } = deps.doors.readLoginReturn(channel, query);
  const asked = purposeInState(state);
  if (asked === undefined) throw residentErrors.WALLET_LOGIN_FAILED();
  const { shortCode, wants } = asked;
  const page = pageToReturnTo(shortCode, request.cookies[nextCookie]);
  reply.clearCookie(nextCookie, { path: '/' });
  try {
    await finish(deps, request, reply, { channel, code, state, shortCode });
    return redirect(reply, page);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const query = new URLSearchParams({ login: error.code, back: page });
    if (wants === 'link') {
      const began = page === `/r/${shortCode}/account` ? 'account' : '';
      return redirect(reply, `/r/${shortCode}/${began}?login=${error.code}`);
    }
    return redirect(reply, `/r/${shortCode}/sign-in?${query.toString()}`);
  }
}

interface Back {
  readonly channel: string;
  readonly code: string;
  readonly state: string;
  readonly shortCode: string;
}

async function finish(
  deps: ResidentDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { channel, code, state, shortCode }: Back,
): Promise<void> {
  const { companyId, wants, wallet } = await finishHop(deps, {
    channel,
    state,
    loginCode: code,
    browser: browserOf(request),
    userAgent: userAgentOf(request),
    ip: request.ip,
  });
  // The wallet's page sent the browser here, so the page's address does not tell the company.
  request.headers['x-company'] = shortCode;
  if (wants === 'link') {
    const actor = await authenticateResident(deps, request);
    if (actor?.companyId !== companyId) throw residentErrors.WALLET_LOGIN_FAILED();
    await linkWallet(deps, { actor, wallet });
    return;
  }
  const from = originOf(request);
  const begun = await signInAs(deps, { companyId, wallet, surface: 'h5', from });
  keepSession(deps, reply, shortCode, begun.token);
}

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 302);
}
