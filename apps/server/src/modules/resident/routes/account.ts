import { residentAccountRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ResidentActor } from '../../../platform/actor.ts';
import { addResidentRoute } from '../../../platform/http/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { tokenOf } from '../request-token.ts';
import {
  closeAccount,
  editAccount,
  endOneSession,
  endOtherSessions,
  forgetDevice,
  forgetEmail,
  linkEmail,
  registerDevice,
  signOut,
} from '../use-cases/edit-account.ts';
import {
  type LinkedPhone,
  linkPhone,
  linkWalletPhone,
  switchAccount,
} from '../use-cases/link-phone.ts';
import { linkWallet, unlinkWallet } from '../use-cases/link-wallet.ts';
import { sendCode } from '../use-cases/send-code.ts';
import { showMe, showSessions } from '../use-cases/show-account.ts';
import { countWalletLogin } from '../use-cases/sign-in.ts';
import { openIdByMiniProgram } from '../use-cases/wallet-code.ts';
import { forgetSession, signedIn } from './session.ts';
import { originOf } from './sign-in.ts';

/** The account of whoever is signed in. */
export function addAccountRoutes(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(app, contract, 'GET /api/resident/me', ({ actor }) => showMe(deps, actor));
  addResidentRoute(app, contract, 'POST /api/resident/me', async ({ actor, body }) => {
    await editAccount(deps, { actor, change: body });
    return await showMe(deps, actor);
  });
  addResidentRoute(app, contract, 'POST /api/resident/me/close', async ({ actor, reply }) => {
    const me = await showMe(deps, actor);
    await closeAccount(deps, actor);
    forgetSession(reply, me.company.shortCode);
    return {};
  });
  addPhone(app, deps);
  addEmail(app, deps);
  addWallets(app, deps);
  addSessions(app, deps);
  addDevices(app, deps);
}

function addPhone(app: FastifyInstance, deps: ResidentDeps): void {
  const answer = async (actor: ResidentActor, linked: LinkedPhone) => ({
    ...linked,
    me: await showMe(deps, actor),
  });
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/me/phone-codes',
    async ({ actor, body, request }) => await codeTo(deps, actor, request, 'phone', body.phone),
  );
  addResidentRoute(
    app,
    contract,
    'PUT /api/resident/me/phone',
    async ({ actor, body, request }) =>
      await answer(actor, await linkPhone(deps, { actor, ip: request.ip, ...body })),
  );
  addResidentRoute(
    app,
    contract,
    'PUT /api/resident/me/wallet-phone',
    async ({ actor, body, request }) => {
      await countWalletLogin(deps, actor.companyId, request.ip);
      const { channel, appId, code, encrypted } = body;
      const told = { channel, appId, ...(code && { code }), ...(encrypted && { encrypted }) };
      return await answer(actor, await linkWalletPhone(deps, { actor, ip: request.ip, ...told }));
    },
  );
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/session/switch',
    async ({ actor, body, request, reply }) => {
      const from = originOf(request);
      const surface = isPage(request) ? 'h5' : 'wechat';
      const begun = await switchAccount(deps, { actor, ...body, surface, from });
      return await signedIn(deps, reply, begun, surface);
    },
  );
}

function addEmail(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/me/email-codes',
    async ({ actor, body, request }) => {
      const address = body.address.toLowerCase();
      return await codeTo(deps, actor, request, 'email', address);
    },
  );
  addResidentRoute(
    app,
    contract,
    'PUT /api/resident/me/email',
    async ({ actor, body, request }) => {
      await linkEmail(deps, { actor, ip: request.ip, ...body });
      return await showMe(deps, actor);
    },
  );
  addResidentRoute(app, contract, 'DELETE /api/resident/me/email', async ({ actor }) => {
    await forgetEmail(deps, actor);
    return await showMe(deps, actor);
  });
}

function addWallets(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/me/wallets',
    async ({ actor, body, request }) => {
      await countWalletLogin(deps, actor.companyId, request.ip);
      const wallet = await openIdByMiniProgram(deps, actor.companyId, body);
      await linkWallet(deps, { actor, wallet });
      return await showMe(deps, actor);
    },
  );
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/me/wallets/:walletId',
    async ({ actor, params }) => {
      await unlinkWallet(deps, { actor, ...params });
      return await showMe(deps, actor);
    },
  );
}

function addSessions(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/session',
    async ({ actor, request, reply }) => {
      const me = await showMe(deps, actor);
      await signOut(deps, { actor, token: tokenOf(request) ?? '' });
      forgetSession(reply, me.company.shortCode);
      return {};
    },
  );
  addResidentRoute(app, contract, 'GET /api/resident/sessions', ({ actor, request }) =>
    showSessions(deps, actor, tokenOf(request)),
  );
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/sessions/:sessionId',
    async ({ actor, params }) => {
      await endOneSession(deps, { actor, ...params });
      return {};
    },
  );
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/sessions/end-others',
    async ({ actor, request }) => ({
      ended: await endOtherSessions(deps, { actor, token: tokenOf(request) ?? '' }),
    }),
  );
}

function addDevices(app: FastifyInstance, deps: ResidentDeps): void {
  addResidentRoute(app, contract, 'PUT /api/resident/devices', async ({ actor, body }) => ({
    deviceId: await registerDevice(deps, { actor, ...body }),
  }));
  addResidentRoute(
    app,
    contract,
    'DELETE /api/resident/devices/:deviceId',
    async ({ actor, params }) => {
      await forgetDevice(deps, { actor, ...params });
      return {};
    },
  );
}

function codeTo(
  deps: ResidentDeps,
  actor: ResidentActor,
  request: FastifyRequest,
  kind: 'phone' | 'email',
  to: string,
) {
  const { companyId, id: accountId, language } = actor;
  return sendCode(deps, { companyId, kind, to, accountId, language, ip: request.ip });
}

/** A mini-program carries its token in a header and keeps no cookie. */
function isPage(request: FastifyRequest): boolean {
  return request.headers.authorization === undefined;
}
