/** A camt.053 of our own making, in the words of a version. */
export interface GivenCamt {
  readonly version?: string;
  readonly account?: string;
  readonly opening?: string;
  readonly closing?: string;
  readonly entries: readonly string[];
  /** Names carry this prefix, as some banks write them. */
  readonly prefix?: string;
}

export function camtOf(given: GivenCamt): Buffer {
  const { version = '02', account = '11002233445566778', opening, closing, entries } = given;
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">
<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-21T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
${balance('OPBD', opening)}${balance('CLBD', closing)}
${entries.join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
  return Buffer.from(given.prefix ? prefixed(xml, given.prefix) : xml);
}

function prefixed(xml: string, prefix: string): string {
  return xml.replace(/<(\/?)([A-Z])/g, `<$1${prefix}:$2`).replace('xmlns=', `xmlns:${prefix}=`);
}

function balance(code: string, amount: string | undefined): string {
  if (amount === undefined) return '';
  const indicator = amount.startsWith('-') ? 'DBIT' : 'CRDT';
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount.replace('-', '')}</Amt><CdtDbtInd>${indicator}</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`;
}

export interface GivenNtry {
  readonly amount: string;
  readonly indicator?: 'CRDT' | 'DBIT';
  readonly reference?: string;
  readonly reversal?: boolean;
  readonly status?: string;
  readonly bookedOn?: string;
  readonly details?: readonly string[];
  readonly currency?: string;
}

/** `status` and parties are written as the version has them. */
export function ntryOf(version: string, given: GivenNtry): string {
  const { amount, indicator = 'CRDT', reference, reversal, bookedOn = '2026-11-20' } = given;
  const status = given.status ?? 'BOOK';
  const sts = version <= '03' ? status : `<Cd>${status}</Cd>`;
  return `<Ntry>
<Amt Ccy="${given.currency ?? 'CNY'}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd>
${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts>${sts}</Sts>
<BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt><Dt>${bookedOn}</Dt></ValDt>
${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ''}
<BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>
${given.details ? `<NtryDtls>${given.details.join('')}</NtryDtls>` : ''}
</Ntry>`;
}

export interface GivenTx {
  readonly amount?: string;
  readonly name?: string;
  readonly account?: string;
  readonly remark?: string;
  readonly structured?: string;
  readonly paidTo?: string;
  readonly endToEndId?: string;
  readonly reference?: string;
}

export function txOf(version: string, given: GivenTx): string {
  const name = `<Nm>${given.name ?? '张三'}</Nm>`;
  const debtor = version >= '07' ? `<Pty>${name}</Pty>` : name;
  const amount =
    version >= '04'
      ? `<Amt Ccy="CNY">${given.amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>`
      : `<AmtDtls><TxAmt><Amt Ccy="CNY">${given.amount}</Amt></TxAmt></AmtDtls>`;
  const remark = given.structured
    ? `<Strd><CdtrRefInf><Ref>${given.structured}</Ref></CdtrRefInf></Strd>`
    : `<Ustrd>${given.remark ?? ''}</Ustrd>`;
  const paidTo = given.paidTo
    ? `<CdtrAcct><Id><Othr><Id>${given.paidTo}</Id></Othr></Id></CdtrAcct>`
    : '';
  const own = given.reference ? `<AcctSvcrRef>${given.reference}</AcctSvcrRef>` : '';
  const endToEnd = `<EndToEndId>${given.endToEndId ?? 'NOTPROVIDED'}</EndToEndId>`;
  const number = given.account ?? '6222020200012345678';
  return `<TxDtls><Refs>${own}${endToEnd}</Refs>
${given.amount ? amount : ''}
<RltdPties><Dbtr>${debtor}</Dbtr>
<DbtrAcct><Id><Othr><Id>${number}</Id></Othr></Id></DbtrAcct>${paidTo}</RltdPties>
<RmtInf>${remark}</RmtInf></TxDtls>`;
}
