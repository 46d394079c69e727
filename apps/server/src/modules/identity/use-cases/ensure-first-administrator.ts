import { systemActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { AppError } from '../../../platform/errors.ts';
import { companyByShortCode, hasStaff } from '../queries/companies.ts';
import { builtInRoleId } from '../store/company-store.ts';
import { createCompany } from './create-company.ts';
import { createStaff } from './create-staff.ts';

export interface FirstAdministrator {
  readonly companyName: string;
  readonly shortCode: string;
  readonly loginName: string;
  readonly password?: string;
}

/**
 * In a database where nobody can sign in, makes a company and its administrator. Of processes
 * that start together one succeeds; after a crash half-way the next start completes it.
 * @returns the login, with the generated password this once; undefined if there was somebody
 */
export async function ensureFirstAdministrator(
  deps: Pick<Deps, 'db' | 'jobsDb' | 'clock'>,
  input: FirstAdministrator,
): Promise<{ companyId: string; loginName: string; generatedPassword: string | null } | undefined> {
  if (await hasStaff(deps.jobsDb.global)) return undefined;
  try {
    const companyId = await firstCompany(deps, input);
    const { generatedPassword } = await createStaff(deps, {
      companyId,
      loginName: input.loginName,
      displayName: '管理员',
      roleIds: [builtInRoleId(companyId, 'administrator')],
      by: systemActor(companyId, 'first-start'),
      ...(input.password !== undefined && { password: input.password }),
    });
    return { companyId, loginName: input.loginName, generatedPassword };
  } catch (error) {
    if (error instanceof AppError && error.code === 'LOGIN_NAME_TAKEN') return undefined;
    throw error;
  }
}

/** The company may be there already, from a start that broke before its administrator was. */
async function firstCompany(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: FirstAdministrator,
): Promise<string> {
  const { companyName, shortCode } = input;
  try {
    return (await createCompany(deps, { name: companyName, shortCode })).companyId;
  } catch (error) {
    const isThere = error instanceof AppError && error.code === 'SHORT_CODE_TAKEN';
    const company = isThere ? await companyByShortCode(deps, shortCode) : undefined;
    if (company === undefined) throw error;
    return company.companyId;
  }
}
