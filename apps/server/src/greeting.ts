import type { Config } from './platform/config.ts';

/** What the terminal shows when everything runs. */
export interface Greeting {
  readonly logins: readonly {
    readonly loginName: string;
    readonly password: string;
    readonly role: string;
  }[];
  /** A room code to scan first, demo mode only. */
  readonly roomCodeUrl?: string;
}

/** Addresses, logins and one link to begin with. */
export function announceStart(config: Config, greeting: Greeting, durationMs: number): void {
  const lines = [
    `物业聚合支付已启动，用时 ${(durationMs / 1000).toFixed(1)} 秒（wuye-pay is running）`,
    '',
    `  管理后台 Console      ${config.publicUrl}/console/`,
  ];
  for (const login of greeting.logins) {
    lines.push(`  登录 Login            ${login.loginName} / ${login.password}（${login.role}）`);
  }
  if (greeting.roomCodeUrl) {
    lines.push(
      `  扫码缴费 Scan to pay  ${greeting.roomCodeUrl}`,
      `  模拟微信 Wallet       ${config.publicUrl}/sim/wechat-pay/wallet`,
      `  渠道模拟 Inspector    ${config.publicUrl}/sim/inspector`,
    );
  }
  lines.push('', '  按 Ctrl+C 停止（Ctrl+C stops everything）');
  console.log(lines.join('\n'));
}
