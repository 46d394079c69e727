import { systemActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { identityErrors } from '../errors.ts';
import { insertBuiltInRoles, insertCompany, reserveShortCode } from '../store/company-store.ts';

export interface CompanyInput {
  readonly name: string;
  /** 2 to 7 letters and digits, a letter first: it begins every order number and room code. */
  readonly shortCode: string;
  readonly timeZone?: string;
}

const defaultTimeZone = 'Asia/Shanghai';

/**
 * Makes a company with the built-in roles. Its code is reserved first, in a transaction of its
 * own; a try that broke after that can be repeated.
 * @throws SHORT_CODE_TAKEN, COMPANY_INVALID
 */
export async function createCompany(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: CompanyInput,
): Promise<{ companyId: string }> {
  const timeZone = input.timeZone ?? defaultTimeZone;
  const { shortCode } = input;
  const name = input.name.trim();
  checkCompany({ name, shortCode, timeZone });
  const at = deps.clock.now();
  const companyId = await reserveShortCode(deps.db.global, shortCode, newId(at));
  await deps.db.transaction(companyId, async (tx) => {
    const inserted = await insertCompany(tx, { name, shortCode, timeZone }, at);
    if (inserted === 0) throw identityErrors.SHORT_CODE_TAKEN({ values: { shortCode } });
    await insertBuiltInRoles(tx, at);
    await recordAudit(tx, deps.clock, {
      actor: systemActor(companyId, 'create-company'),
      action: 'identity.create_company',
      subjectKind: 'company',
      subjectId: companyId,
      detail: { name, shortCode, timeZone },
    });
  });
  return { companyId };
}

function checkCompany(input: Required<CompanyInput>): void {
  const problems = [];
  if (input.name === '' || input.name.length > 60) {
    problems.push({ field: 'name', reason: '公司名称须为 1 到 60 个字' });
  }
  if (!/^[a-z][a-z0-9]{1,6}$/.test(input.shortCode)) {
    problems.push({
      field: 'shortCode',
      reason: '公司代码须为 2 到 7 位小写字母或数字，且以字母开头',
    });
  }
  if (!Intl.supportedValuesOf('timeZone').includes(input.timeZone)) {
    problems.push({ field: 'timeZone', reason: '没有这个时区，例如应为 Asia/Shanghai' });
  }
  if (problems.length > 0) throw identityErrors.COMPANY_INVALID({ problems });
}
