/** A change of a single bill was applied or turned down: `{adjustmentId, billId, state}`. */
export const billAdjusted = 'billing.adjusted';
