/** Who asks. Every use-case that writes is told, and records it. */
export type Actor = StaffActor | ResidentActor | PayerActor | SystemActor;

export interface StaffActor {
  readonly kind: 'staff';
  readonly companyId: string;
  readonly id: string;
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
  /** Of the company, for times in files. */
  readonly timeZone?: string;
  readonly ip?: string;
}

/** A person signed in to the resident app; what homes they may see is asked on each request. */
export interface ResidentActor {
  readonly kind: 'resident';
  readonly companyId: string;
  /** Of the account, not of a person of the estate. */
  readonly id: string;
  /** For the log of deeds, so never what they call themselves: their masked phone. */
  readonly name: string;
  readonly language: 'zh' | 'en';
  readonly ip?: string;
}

/** A person who came by a room code; known to the wallet, not to us. */
export interface PayerActor {
  readonly kind: 'payer';
  readonly companyId: string;
  /** Channel and a hash of the wallet's id. */
  readonly id: string;
  readonly name: string;
  readonly ip?: string;
}

export interface SystemActor {
  readonly kind: 'system';
  readonly companyId: string;
  /** The job or command. */
  readonly id: string;
  readonly name: string;
}

export function systemActor(companyId: string, job: string): SystemActor {
  return { kind: 'system', companyId, id: job, name: job };
}
