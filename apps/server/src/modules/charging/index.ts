/** The door of charging: what other modules may use. Its rows are read by `charging.pub_…`. */
export { amountOf } from './domain/amount.ts';
export { type Bilingual, explain } from './domain/explain.ts';
export { type AmountInputs, readRounding } from './domain/terms.ts';
export { type FeeStandard, feeStandardsOf } from './queries/fee-standards.ts';
export { addChargingRoutes } from './routes.ts';
export { applyImportedFees } from './use-cases/apply-imported-fees.ts';
