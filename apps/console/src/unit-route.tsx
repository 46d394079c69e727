import { useParams } from 'react-router';
import { useSession } from './api/session.ts';
import { TransferCard } from './bank/TransferCard.tsx';
import { UnitBills } from './billing/UnitBills.tsx';
import { UnitPage } from './estate/UnitPage.tsx';
import { DeskPayment } from './payment/DeskPayment.tsx';
import { UnitPrepayment } from './prepayment/UnitPrepayment.tsx';

/** The page of a unit shows what the modules know of it; they meet here and nowhere else. */
export function UnitRoute() {
  const { unitId = '' } = useParams();
  const { can } = useSession();
  return (
    <UnitPage
      key={unitId}
      unitId={unitId}
      money={({ label }) =>
        can('billing.read') && (
          <>
            <UnitBills
              unitId={unitId}
              actions={can('payment.desk') && <DeskPayment unitId={unitId} unitLabel={label} />}
            />
            {can('prepayment.read') && <UnitPrepayment unitId={unitId} />}
            <TransferCard unitId={unitId} unitLabel={label} />
          </>
        )
      }
    />
  );
}
