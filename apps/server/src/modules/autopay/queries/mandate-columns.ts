import { sql } from '../../../platform/database/index.ts';

/** A row of `autopay.mandate as mandate`, as a `Mandate`. */
export const mandateColumns = sql`mandate.id, mandate.account_id as "accountId", mandate.channel,
  mandate.merchant_account_id as "merchantAccountId", mandate.mandate_no as "mandateNo",
  mandate.state, mandate.signed_debit_fen as "signedDebitFen",
  mandate.signed_month_fen as "signedMonthFen", mandate.limit_debit_fen as "limitDebitFen",
  mandate.limit_month_fen as "limitMonthFen", mandate.first_debit_on::text as "firstDebitOn",
  mandate.display_name as "displayName", mandate.return_url as "returnUrl",
  mandate.requested_at as "requestedAt", mandate.signed_at as "signedAt",
  mandate.stopped_at as "stoppedAt", mandate.stopped_by as "stoppedBy",
  mandate.ended_at as "endedAt", mandate.check_at as "checkAt", mandate.checks`;
