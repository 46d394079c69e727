import type { BankSettings } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Company } from '../queries/company.ts';
import type { Claimed } from '../store/import-store.ts';

/** An import on its way into the books. */
export interface Applying {
  readonly companyId: string;
  readonly company: Company;
  readonly accountId: string;
  readonly settings: BankSettings;
  readonly actor: StaffActor;
  readonly claimed: Claimed;
  /** Counted on by whoever books; says how far the import is. */
  readonly progress: { done: number; readonly total: number };
  readonly leaseMs: number;
}
