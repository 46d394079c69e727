export { allocate } from './allocate.ts';
export { capitalYuan } from './capital.ts';
export { type Decimal, decimal, decimalText, multiply } from './decimal.ts';
export { type Fen, fen, subtract, sum } from './fen.ts';
export {
  fenFromYuan,
  type RoundingMode,
  type RoundingUnit,
  roundingModes,
  roundingUnits,
  roundYuan,
} from './round.ts';
export { spokenYuan, yuanAmount, yuanText } from './text.ts';
