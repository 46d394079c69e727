import type { Tx } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';

/** A fee standard as a workbook states it; the charging module turns it into fee item and tariff. */
export interface ImportedFee {
  /** The file's own number, by which its rows of units name the fee. */
  readonly no: string;
  /** The fee item: 物业费. */
  readonly type: string;
  /** The tariff: 高层住宅物业费. */
  readonly name: string;
  readonly cycleMonths: number;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly formula: 'area' | 'fixed';
  /** Yuan per square metre and month (area), or yuan a month (fixed); an exact decimal. */
  readonly price: string;
  /** Yuan a month on top of an area's fee. */
  readonly surcharge: string;
}

export interface ImportedAssignment {
  readonly unitId: string;
  readonly feeNo: string;
  readonly fromOn: string;
}

export interface ImportedFees {
  readonly communityId: string;
  readonly fees: readonly ImportedFee[];
  readonly assignments: readonly ImportedAssignment[];
}

/** What was new; a second time with the same rows all are 0. */
export interface AppliedFees {
  readonly created: {
    readonly feeItems: number;
    readonly tariffs: number;
    readonly assignments: number;
  };
}

/** Takes the fees of an import over, in the transaction that takes over its units. */
export type ApplyFees = (
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  input: ImportedFees,
) => Promise<AppliedFees>;
