import { useParams } from 'react-router';
import { useSession } from './api/session.ts';
import { BillPage } from './billing/BillPage.tsx';
import { RefundsOf } from './payment/RefundsOf.tsx';

/** The page of a bill shows what went back of it; billing and payment meet here. */
export function BillRoute() {
  const { billId = '' } = useParams();
  const { can } = useSession();
  return <BillPage after={can('payment.read') && <RefundsOf filter={{ billId }} />} />;
}
