export { DebitItem } from './DebitItem.tsx';
export { LimitFields, type LimitTexts, limitsIn } from './LimitFields.tsx';
