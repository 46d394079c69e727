import type { Fen } from '@wuye-pay/money';
import { amountOf } from '../domain/amount.ts';
import { type Bilingual, explain } from '../domain/explain.ts';
import { nextPeriod } from '../domain/period.ts';
import { completeTerms, type GivenTerms, inputsFor, problemsOf } from '../domain/tariff.ts';
import { chargingErrors } from '../errors.ts';

export interface TariffExample {
  readonly terms: GivenTerms;
  readonly areaM2?: string | null | undefined;
  readonly month: string;
}

export interface WorkedExample {
  amountFen: Fen;
  explanation: Bilingual;
  periodStart: string;
  periodEnd: string;
  dueOn: string;
}

/** Works out one bill of a tariff that is not saved yet. */
export function previewTariff(example: TariffExample): WorkedExample {
  const terms = completeTerms(example.terms);
  const problems = problemsOf(terms);
  const areaM2 = example.areaM2 ?? null;
  if (terms.basis === 'area' && areaM2 === null) {
    problems.push({ field: 'areaM2', reason: '按面积计费，请填写示例面积' });
  }
  if (problems.length > 0) throw chargingErrors.TARIFF_INVALID({ problems });
  const inputs = inputsFor(terms, areaM2);
  const period = nextPeriod(terms, example.month);
  return {
    amountFen: amountOf(inputs),
    explanation: explain(inputs),
    periodStart: period.start,
    periodEnd: period.end,
    dueOn: period.dueOn,
  };
}
