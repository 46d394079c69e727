import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { CashierDoors } from '../src/modules/cashier/index.ts';
import {
  authorizeUrl,
  channelFacts,
  merchantAccountByNumber,
  openIdOf,
  readLoginReturn,
} from '../src/modules/channels/index.ts';
import { questionAfter } from '../src/modules/feedback/index.ts';
import { companyByShortCode } from '../src/modules/identity/index.ts';

const app = join(import.meta.dirname, '../../cashier');

/** The doors that compose.ts hands to the cashier, with its page freshly built. */
export function cashierDoors(changes: Partial<CashierDoors> = {}): CashierDoors {
  execFileSync(process.execPath, ['build.mjs'], { cwd: app });
  return {
    companyByShortCode,
    channels: channelFacts,
    merchantAccountByNumber,
    authorizeUrl,
    readLoginReturn,
    openIdOf,
    questionAfter,
    pageDirectory: join(app, 'dist'),
    ...changes,
  };
}
