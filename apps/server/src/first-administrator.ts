import type { Greeting } from './greeting.ts';
import { ensureFirstAdministrator } from './modules/identity/index.ts';
import type { Deps } from './platform/deps.ts';

/**
 * With DEMO=off an empty system gets its first company and administrator, named by the
 * environment or by default. The password is generated and shown this one time, unless
 * ADMIN_PASSWORD gives it.
 */
export async function ensureAdministrator(
  deps: Deps,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Greeting> {
  const made = await ensureFirstAdministrator(deps, {
    companyName: env.COMPANY_NAME || '我的物业公司',
    shortCode: env.COMPANY_CODE || 'main',
    loginName: env.ADMIN_LOGIN || 'admin',
    ...(env.ADMIN_PASSWORD && { password: env.ADMIN_PASSWORD }),
  });
  if (!made) return { logins: [] };
  const { loginName, generatedPassword } = made;
  const role = '管理员；密码只显示这一次，请登录后修改';
  return { logins: [{ loginName, password: generatedPassword ?? '您设置的密码', role }] };
}
