import type { Deps, PayDeps } from './deps.ts';
import { agreementEvent, agreementFields, present } from './events.ts';
import { fenOf } from './money.ts';
import { logFailure, PayRefused } from './pay.ts';
import type { Agreement, Application, PeriodRule } from './records.ts';
import { badParameter, failed, refusals } from './refusals.ts';
import type { Call } from './request.ts';
import { randomDigits } from './signing.ts';
import { beijingDay, DAY_MS, startOfDay } from './time.ts';
import { type Biz, optionalText, requiredText } from './trade-rules.ts';
import { openIdOf, userOfNo } from './users.ts';

type Value = Record<string, unknown>;

const PRODUCTS = ['CYCLE_PAY_AUTH_P', 'GENERAL_WITHHOLDING_P'];
/** Far enough to mean "until somebody ends it". */
const VALID_MS = 100 * 365 * DAY_MS;
/** A planned debit may come this many days early. */
const EARLY_DAYS = 5;
/** The latest day of a month that every month has. */
const MONTH_DAY_MOST = 28;

/** `alipay.user.agreement.page.sign`: what the payer is asked; the same asked twice is one. */
export function askAgreement(deps: Deps, call: Call): Agreement {
  const { app, biz, params } = call;
  const personal = requiredText(biz, 'personal_product_code', 64);
  if (!PRODUCTS.includes(personal)) throw badParameter(`personal_product_code：${personal}`);
  const external = optionalText(biz, 'external_agreement_no', 32);
  const scene = optionalText(biz, 'sign_scene', 64) ?? 'DEFAULT|DEFAULT';
  if (external !== null && !/^[A-Za-z0-9]+$/.test(external)) {
    throw badParameter('external_agreement_no 只能有字母和数字');
  }
  if (external !== null && scene === 'DEFAULT|DEFAULT') {
    throw badParameter('有 external_agreement_no 时须给出 sign_scene');
  }
  if (biz.access_params === undefined) throw badParameter('缺少 access_params');
  const known = external === null ? undefined : byExternalNo(deps, app, external);
  if (known !== undefined && known.status !== 'TEMP') {
    throw failed('ACQ.INVALID_PARAMETER', '这个 external_agreement_no 已经签过约');
  }
  const isCycle = personal === 'CYCLE_PAY_AUTH_P';
  const plan = isCycle ? readPlan(deps, biz) : { rule: null, nextDeductOn: null };
  const now = deps.clock.now();
  return save(deps, {
    appId: app.appId,
    sellerId: app.sellerId,
    agreementNo: known?.agreementNo ?? `${beijingDay(now).replaceAll('-', '')}${randomDigits(12)}`,
    externalAgreementNo: external,
    personalProductCode: personal,
    productCode: optionalText(biz, 'product_code', 64) ?? 'GENERAL_WITHHOLDING',
    signScene: scene,
    externalLogonId: optionalText(biz, 'external_logon_id', 100),
    status: 'TEMP',
    userNo: null,
    requestedAt: now,
    signedAt: null,
    invalidAt: now + VALID_MS,
    ...plan,
    payments: 0,
    paidFen: 0,
    debitOutcome: 'paid',
    notifyUrl: params.get('notify_url') ?? null,
    returnUrl: params.get('return_url') ?? null,
  });
}

/** The payer signs; the merchant is told. */
export function signAgreement(deps: PayDeps, agreement: Agreement, userNo: number): Agreement {
  if (agreement.status !== 'TEMP') throw new PayRefused('这份协议已经签过或已经解除');
  const signedAt = deps.clock.now();
  const signed = save(deps, { ...agreement, status: 'NORMAL', userNo, signedAt });
  tell(deps, signed);
  return signed;
}

/** Merchant or payer ends it; the merchant is told either way. */
export function endAgreement(deps: PayDeps, agreement: Agreement): Agreement {
  const ended = save(deps, { ...agreement, status: 'STOP' });
  tell(deps, ended);
  return ended;
}

/** `alipay.user.agreement.query` */
export function queryAgreement(deps: PayDeps, call: Call): Value {
  const agreement = namedAgreement(deps, call);
  const user = agreement.userNo === null ? null : userOfNo(agreement.userNo);
  const told = present(agreementFields(call.app, agreement));
  const isOpen = call.app.identity === 'open_id';
  return {
    // The payer stands here under another name than in messages.
    ...withoutPayer(told),
    status: agreement.status,
    principal_type: 'CARD',
    third_party_type: 'PARTNER',
    ...(user && !isOpen ? { principal_id: user.userId } : {}),
    ...(user && isOpen ? { principal_open_id: openIdOf(call.app.appId, user) } : {}),
    ...(agreement.nextDeductOn === null ? {} : { next_deduct_time: agreement.nextDeductOn }),
  };
}

function withoutPayer(fields: Record<string, string>): Record<string, string> {
  const names = ['alipay_user_id', 'alipay_open_id'];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** `alipay.user.agreement.unsign` */
export function unsignAgreement(deps: PayDeps, call: Call): Value {
  const agreement = namedAgreement(deps, call);
  if (agreement.status !== 'NORMAL') throw refusals.agreementNone();
  endAgreement(deps, agreement);
  return {};
}

/** `alipay.user.agreement.executionplan.modify` */
export function movePlan(deps: PayDeps, call: Call): Value {
  const agreement = namedAgreement(deps, call);
  const deductOn = requiredText(call.biz, 'deduct_time', 10);
  const isDay = startOfDay(deductOn) !== undefined;
  if (agreement.status !== 'NORMAL' || agreement.rule === null) throw refusals.agreementInvalid();
  if (!isDay || deductOn < beijingDay(deps.clock.now())) {
    throw badParameter('deduct_time 须为今天或以后的 yyyy-MM-dd');
  }
  save(deps, { ...agreement, nextDeductOn: deductOn });
  return { agreement_no: agreement.agreementNo, deduct_time: deductOn };
}

/**
 * Checks a debit against the plan and counts it.
 * @returns the number of the payer
 */
export function debit(
  deps: Deps,
  app: Application,
  { agreementNo, amountFen }: { agreementNo: string; amountFen: number },
): number {
  const agreement = deps.records.agreements.get(agreementNo);
  if (agreement?.sellerId !== app.sellerId) throw failed('ACQ.AGREEMENT_NOT_EXIST', '协议不存在');
  if (agreement.status !== 'NORMAL' || agreement.userNo === null) throw refusals.agreementInvalid();
  if (agreement.rule !== null) checkPlan(deps, agreement, agreement.rule, amountFen);
  if (agreement.debitOutcome === 'no-money') throw refusals.noMoney();
  save(deps, {
    ...agreement,
    payments: agreement.payments + 1,
    paidFen: agreement.paidFen + amountFen,
    nextDeductOn: agreement.nextDeductOn && agreement.rule && nextDay(agreement),
  });
  return agreement.userNo;
}

/** By our number, or by the merchant's. */
export function findAgreement(deps: Deps, no: string): Agreement | undefined {
  return (
    deps.records.agreements.get(no) ??
    deps.records.agreements.values().findLast((one) => one.externalAgreementNo === no)
  );
}

export function saveAgreement(deps: Deps, agreement: Agreement): Agreement {
  return save(deps, agreement);
}

function checkPlan(deps: Deps, agreement: Agreement, rule: PeriodRule, amountFen: number): void {
  const { nextDeductOn } = agreement;
  if (amountFen > rule.singleFen) {
    throw failed('ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED', '扣款金额超过签约时的单次限额');
  }
  const isUsedUp = rule.totalPayments !== null && agreement.payments >= rule.totalPayments;
  const isTooMuch = rule.totalFen !== null && agreement.paidFen + amountFen > rule.totalFen;
  if (isUsedUp || isTooMuch) throw refusals.agreementInvalid();
  const opensAt = (startOfDay(nextDeductOn ?? '') ?? 0) - EARLY_DAYS * DAY_MS;
  if (deps.clock.now() < opensAt) {
    throw failed('ACQ.CYCLE_PAY_DATE_NOT_MATCH', '扣款日期不在签约时允许的范围之内');
  }
}

function readPlan(deps: Deps, biz: Biz): { rule: PeriodRule; nextDeductOn: string } {
  const given = biz.period_rule_params as Record<string, unknown> | undefined;
  if (typeof given !== 'object' || given === null) throw badParameter('缺少 period_rule_params');
  const periodType = given.period_type;
  if (periodType !== 'DAY' && periodType !== 'MONTH') throw badParameter('period_type');
  const period = Number(given.period);
  if (!Number.isInteger(period) || period < (periodType === 'DAY' ? 7 : 1)) {
    throw badParameter('period：MONTH 至少 1，DAY 至少 7');
  }
  const nextDeductOn = requiredText(given, 'execute_time', 10);
  const isDay = startOfDay(nextDeductOn) !== undefined;
  if (!isDay || nextDeductOn < beijingDay(deps.clock.now())) throw badParameter('execute_time');
  if (periodType === 'MONTH' && Number(nextDeductOn.slice(8)) > MONTH_DAY_MOST) {
    throw badParameter('execute_time：按月扣款的日期不能晚于 28 日');
  }
  const singleFen = fenOf(given.single_amount);
  if (singleFen === undefined) throw badParameter('single_amount');
  const totalFen = given.total_amount === undefined ? null : fenOf(given.total_amount);
  if (totalFen === undefined) throw badParameter('total_amount');
  const totalPayments = given.total_payments === undefined ? null : Number(given.total_payments);
  return { rule: { periodType, period, singleFen, totalFen, totalPayments }, nextDeductOn };
}

function nextDay({ nextDeductOn, rule }: Agreement): string | null {
  const at = startOfDay(nextDeductOn ?? '');
  if (rule === null || at === undefined || nextDeductOn === null) return null;
  if (rule.periodType === 'DAY') return beijingDay(at + rule.period * DAY_MS);
  const months = Number(nextDeductOn.slice(0, 4)) * 12 + Number(nextDeductOn.slice(5, 7)) - 1;
  const next = months + rule.period;
  const month = String((next % 12) + 1).padStart(2, '0');
  return `${Math.floor(next / 12)}-${month}-${nextDeductOn.slice(8)}`;
}

function namedAgreement(deps: Deps, { app, biz }: Call): Agreement {
  const no = optionalText(biz, 'agreement_no', 64);
  const external = optionalText(biz, 'external_agreement_no', 32);
  if (no === null && external === null) {
    throw badParameter('agreement_no 与 external_agreement_no 不能同时为空');
  }
  const found = no === null ? undefined : deps.records.agreements.get(no);
  const agreement = found ?? byExternalNo(deps, app, external ?? '');
  if (agreement?.sellerId !== app.sellerId) throw refusals.agreementNone();
  return agreement;
}

function byExternalNo(deps: Deps, app: Application, external: string): Agreement | undefined {
  return deps.records.agreements
    .values()
    .findLast((one) => one.sellerId === app.sellerId && one.externalAgreementNo === external);
}

function tell(deps: PayDeps, agreement: Agreement): void {
  const app = deps.records.applications.get(agreement.appId);
  if (app === undefined) return;
  logFailure(deps.notifier.announce(agreementEvent(deps, app, agreement)));
}

function save(deps: Deps, agreement: Agreement): Agreement {
  return deps.records.agreements.set(agreement.agreementNo, agreement);
}
