import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ControlRefused, oneOf, optionalText, readFields, text } from '../control-input.ts';
import { type CodeOutcome, codeOutcomes, newCode } from './codes.ts';
import { readUser } from './control.ts';
import { grantCode, type LoginCodes } from './oauth.ts';
import type { PayDeps } from './pay.ts';
import type { Contract } from './payer-records.ts';
import { findApp } from './records.ts';
import { type SimulatedUser, users } from './users.ts';
import { type EntrustProduct, endContract, openEntrustLink, signContract } from './v2/contracts.ts';

const DEBITS = ['paid', 'no-money', 'pending'] as const;
type MandateParams = { Params: { mandateNo: string } };

/** What tests and the demo let payers do: show a code, sign in, sign and end a contract. */
export function registerPayerControl(
  app: FastifyInstance,
  deps: PayDeps,
  logins: LoginCodes,
): void {
  const base = '/control/wechat-pay';
  app.post(`${base}/codes`, (request) => {
    const fields = readFields(request, ['user', 'outcome']);
    const known = Object.keys(codeOutcomes) as CodeOutcome[];
    const outcome = fields.outcome === undefined ? 'paid' : oneOf(fields, 'outcome', known);
    return { authCode: newCode(deps, userIn(fields), outcome).code };
  });
  app.post(`${base}/login`, (request) => {
    const fields = readFields(request, ['appid', 'user', 'kind']);
    const appid = text(fields, 'appid');
    if (findApp(deps.records, appid) === undefined) {
      throw new ControlRefused(`没有登记应用 ${appid}`, 'appid', 404);
    }
    const kinds = ['mini-program', 'web'] as const;
    const kind = fields.kind === undefined ? 'mini-program' : oneOf(fields, 'kind', kinds);
    return { code: grantCode(deps, logins, { appid, user: userIn(fields), kind }) };
  });

  app.get<MandateParams>(`${base}/mandates/:mandateNo`, (request) =>
    viewOf(mandateOf(deps, request)),
  );
  app.post<MandateParams>(`${base}/mandates/:mandateNo/sign`, async (request) => {
    const fields = readFields(request, ['user', 'outcome', 'link']);
    const outcome =
      fields.outcome === undefined
        ? 'signed'
        : oneOf(fields, 'outcome', ['signed', 'cancel'] as const);
    const link = optionalText(fields, 'link');
    if (link !== undefined) openLink(deps, link);
    const contract = mandateOf(deps, request);
    if (outcome === 'cancel') return viewOf(contract);
    return viewOf(await signContract(deps, contract, userIn(fields)));
  });
  app.post<MandateParams>(`${base}/mandates/:mandateNo/terminate`, (request) => {
    const contract = mandateOf(deps, request);
    if (contract.state !== 'signed') {
      throw new ControlRefused('协议没有生效', 'mandateNo', 409);
    }
    return viewOf(endContract(deps, contract, { mode: 2, remark: '用户主动解约' }));
  });
  app.post<MandateParams>(`${base}/mandates/:mandateNo/debits`, (request) => {
    const fields = readFields(request, ['outcome']);
    const contract = mandateOf(deps, request);
    const debitsAre = oneOf(fields, 'outcome', DEBITS);
    return viewOf(deps.records.contracts.set(contract.contractId, { ...contract, debitsAre }));
  });
}

function userIn(fields: Record<string, unknown>): SimulatedUser {
  return readUser(fields) ?? (users[0] as SimulatedUser);
}

/** Opens a signing link as the payer's browser would. */
function openLink(deps: PayDeps, link: string): void {
  if (!URL.canParse(link)) throw new ControlRefused('link 不是完整的网址', 'link');
  const { pathname, searchParams } = new URL(link);
  if (!pathname.includes('entrustweb')) return; // The page behind an H5 link is open already.
  const product = productOf(pathname);
  const opened = openEntrustLink(deps, searchParams, product);
  if ('refused' in opened) throw new ControlRefused(opened.refused, 'link', 409);
}

/** A mini-program hands over what it signed as an object; here it is the query of an address. */
function productOf(pathname: string): EntrustProduct {
  if (pathname.endsWith('/mini-program-entrustweb')) return 'mini-program';
  return pathname.includes('h5entrustweb') ? 'h5' : 'wechat';
}

/** By the merchant's number (contract_code) or by WeChat Pay's (contract_id). */
function mandateOf(deps: PayDeps, request: FastifyRequest<MandateParams>): Contract {
  const { mandateNo } = request.params;
  const found = deps.records.contracts
    .values()
    .reverse()
    .find((one) => one.contractCode === mandateNo || one.contractId === mandateNo);
  if (found !== undefined) return found;
  const text = `没有协议 ${mandateNo}：先打开签约链接，或在 link 中给出它`;
  throw new ControlRefused(text, 'mandateNo', 404);
}

function viewOf(contract: Contract) {
  return {
    mandateNo: contract.contractCode,
    contractId: contract.contractId,
    planId: contract.planId,
    state: contract.state,
    user: contract.user,
    debits: contract.debits,
    noticeAt: contract.notice?.at ?? null,
    debitsAre: contract.debitsAre,
  };
}
