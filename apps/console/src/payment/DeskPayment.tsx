import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { DeskForm, type Taken } from './DeskForm.tsx';

interface DeskPaymentProps {
  readonly unitId: string;
  readonly unitLabel: string;
}

/** Takes cash for the open bills of a unit. */
export function DeskPayment({ unitId, unitLabel }: DeskPaymentProps) {
  const { t } = useTranslation('payment');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('desk.button')}
      </Button>
      <Drawer
        title={t('desk.title', { unit: unitLabel })}
        open={isOpen}
        onClose={close}
        size={480}
        styles={{ wrapper: { maxWidth: '100vw' } }}
        destroyOnHidden
      >
        <OpenBills unitId={unitId} onClose={close} />
      </Drawer>
    </>
  );
}

/** As many as one payment may settle. */
const mostBills = 200;

function OpenBills({ unitId, onClose }: { readonly unitId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('payment');
  const query = useRead('GET /api/bills', {
    query: { unitId, state: 'open', limit: mostBills },
  });
  const [taken, setTaken] = useState<Taken | undefined>();
  if (taken) return <TakenNotice taken={taken} onClose={onClose} />;
  return (
    <Loaded query={query}>
      {({ items, next }) =>
        items.length === 0 ? (
          <EmptyNotice title={t('desk.nothing')} hint={t('desk.nothingHint')} />
        ) : (
          <div className="stack">
            {next !== null && <span>{t('desk.more', { count: items.length })}</span>}
            <DeskForm unitId={unitId} bills={items} onTaken={setTaken} />
          </div>
        )
      }
    </Loaded>
  );
}

interface TakenNoticeProps {
  readonly taken: Taken;
  readonly onClose: () => void;
}

function TakenNotice({ taken, onClose }: TakenNoticeProps) {
  const { t } = useTranslation(['payment', 'ui']);
  return (
    <div className="stack">
      <Alert
        type="success"
        showIcon
        role="status"
        title={t('desk.done', { amount: yuanAmount(fen(taken.amountFen)) })}
        description={<Link to={paths.payment(taken.paymentId)}>{t('desk.see')}</Link>}
      />
      <div>
        <Button type="primary" onClick={onClose}>
          {t('ui:close')}
        </Button>
      </div>
    </div>
  );
}
