import { ledgerBook } from '../modules/ledger/index.ts';
import { sql } from '../platform/database/index.ts';
import { auditBook, type SealedBook, verifySeals } from '../platform/seal/index.ts';
import type { Check, Words } from './check.ts';

/** The chains of seals over the ledger and the audit log. */
export function sealChecks(anchorDirectory: string | undefined): Check[] {
  return [
    sealCheck(ledgerBook, anchorDirectory, {
      zh: '分录的封存链完好',
      en: 'The seals of the ledger hold',
    }),
    sealCheck(auditBook, anchorDirectory, {
      zh: '操作日志的封存链完好',
      en: 'The seals of the audit log hold',
    }),
  ];
}

function sealCheck(book: SealedBook, anchorDirectory: string | undefined, title: Words): Check {
  return {
    title,
    run: async (tx, now) => {
      const { shortCode } = await tx.one(sql<{ shortCode: string }>`
        select short_code as "shortCode" from identity.company where id = ${tx.companyId}`);
      const report = await verifySeals(tx, { book, shortCode, anchorDirectory, now });
      return {
        seen: {
          zh: `${report.seals} 次封存，${report.rows} 行`,
          en: `${report.seals} seals over ${report.rows} rows`,
        },
        findings: report.findings,
      };
    },
  };
}
