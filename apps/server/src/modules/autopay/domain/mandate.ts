import type { Fen } from '@wuye-pay/money';

export type MandateState = 'requested' | 'active' | 'stopping' | 'ended';
export type StoppedBy = 'resident' | 'staff' | 'channel' | 'home' | 'replaced' | 'unsigned';

export interface NewMandate {
  readonly id: string;
  readonly accountId: string;
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly mandateNo: string;
  readonly limitDebitFen: Fen;
  readonly limitMonthFen: Fen;
  readonly firstDebitOn: string;
  readonly displayName: string;
  readonly returnUrl: string;
  readonly requestedAt: Date;
  readonly checkAt: Date;
}

export interface Mandate extends Omit<NewMandate, 'checkAt'> {
  readonly state: MandateState;
  readonly signedDebitFen: Fen;
  readonly signedMonthFen: Fen;
  readonly signedAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly stoppedBy: StoppedBy | null;
  readonly endedAt: Date | null;
  readonly checkAt: Date | null;
  readonly checks: number;
}
