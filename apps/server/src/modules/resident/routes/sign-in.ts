import { residentSignInRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { languageOf, userAgentOf, walletFor } from '../../../platform/http/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { tokenOf } from '../request-token.ts';
import { sendCode } from '../use-cases/send-code.ts';
import { showWays } from '../use-cases/show-account.ts';
import { showOffice } from '../use-cases/show-office.ts';
import { type Origin, signInByMiniProgram, signInByPhone } from '../use-cases/sign-in.ts';
import { signedIn } from './session.ts';

type Contract = typeof contract;
type WithBody = Exclude<
  keyof Contract,
  'GET /api/resident/office' | 'GET /api/resident/sign-in-ways'
>;
type BodyOf<Key extends WithBody> = Static<Contract[Key]['body']>;
type WaysQuery = Static<Contract['GET /api/resident/sign-in-ways']['query']>;

/** From one address, whatever company it tries. */
const limited = { rateLimit: { max: 120, timeWindow: 60_000 } };
const config = { permission: 'public' as const, ...limited };

/** What anybody may call: it is how one becomes somebody. */
export function addSignInRoutes(app: FastifyInstance, deps: ResidentDeps): void {
  const ways = contract['GET /api/resident/sign-in-ways'];
  app.get<{ Querystring: WaysQuery }>(
    '/api/resident/sign-in-ways',
    { config, schema: { querystring: ways.query, response: { 200: ways.response } } },
    async (request) => {
      const { companyId } = await companyNamed(deps, request.query.company);
      return await showWays(deps, { companyId, wallet: walletFor(deps, request) });
    },
  );

  const office = contract['GET /api/resident/office'];
  app.get<{ Querystring: WaysQuery }>(
    '/api/resident/office',
    { config, schema: { querystring: office.query, response: { 200: office.response } } },
    async (request) => {
      const { companyId } = await companyNamed(deps, request.query.company);
      return await showOffice(deps, companyId);
    },
  );

  const codes = contract['POST /api/resident/codes'];
  app.post<{ Body: BodyOf<'POST /api/resident/codes'> }>(
    '/api/resident/codes',
    { config, schema: { body: codes.body, response: { 200: codes.response } } },
    async (request) => {
      const { company, phone, language = languageOf(request) } = request.body;
      const { companyId } = await companyNamed(deps, company);
      const wanted = { companyId, kind: 'phone', to: phone, accountId: null, language } as const;
      return await sendCode(deps, { ...wanted, ip: request.ip });
    },
  );

  const byPhone = contract['POST /api/resident/session/phone'];
  app.post<{ Body: BodyOf<'POST /api/resident/session/phone'> }>(
    '/api/resident/session/phone',
    { config, schema: { body: byPhone.body, response: { 200: byPhone.response } } },
    async (request, reply) => {
      const { company, ...typed } = request.body;
      const { companyId } = await companyNamed(deps, company);
      const from = originOf(request);
      const begun = await signInByPhone(deps, { companyId, ...typed, from });
      return await signedIn(deps, reply, begun, typed.surface);
    },
  );

  const byWallet = contract['POST /api/resident/session/wallet'];
  app.post<{ Body: BodyOf<'POST /api/resident/session/wallet'> }>(
    '/api/resident/session/wallet',
    { config, schema: { body: byWallet.body, response: { 200: byWallet.response } } },
    async (request, reply) => {
      const { company, ...code } = request.body;
      const { companyId } = await companyNamed(deps, company);
      const from = originOf(request);
      const begun = await signInByMiniProgram(deps, { companyId, ...code, from });
      return await signedIn(deps, reply, begun, 'wechat');
    },
  );
}

/** @throws COMPANY_UNKNOWN */
export async function companyNamed(deps: ResidentDeps, shortCode: string) {
  const company = await deps.doors.companyByShortCode(deps, shortCode);
  if (!company) throw residentErrors.COMPANY_UNKNOWN();
  return company;
}

export function originOf(request: FastifyRequest): Origin {
  return {
    ip: request.ip,
    userAgent: userAgentOf(request),
    formerToken: tokenOf(request),
    language: languageOf(request),
  };
}
