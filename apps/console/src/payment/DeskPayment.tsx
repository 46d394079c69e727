import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { CodePayment } from './CodePayment.tsx';
import { DeskForm } from './DeskForm.tsx';
import type { Begun } from './use-take.ts';

interface DeskPaymentProps {
  readonly unitId: string;
  readonly unitLabel: string;
}

/** Takes money at the desk for the open bills of a unit. */
export function DeskPayment({ unitId, unitLabel }: DeskPaymentProps) {
  const { t } = useTranslation('desk');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      <Drawer
        title={t('title', { unit: unitLabel })}
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
  const { t } = useTranslation('desk');
  const query = useRead('GET /api/bills', {
    query: { unitId, state: 'open', limit: mostBills },
  });
  const [begun, setBegun] = useState<Begun | undefined>();
  if (begun?.state === 'waiting') {
    const again = () => setBegun(undefined);
    return <CodePayment begun={begun} onBegun={setBegun} onAgain={again} onClose={onClose} />;
  }
  if (begun) return <TakenNotice taken={begun} onClose={onClose} />;
  return (
    <Loaded query={query}>
      {({ items, next }) =>
        items.length === 0 ? (
          <EmptyNotice title={t('nothing')} hint={t('nothingHint')} />
        ) : (
          <div className="stack">
            {next !== null && <span>{t('more', { count: items.length })}</span>}
            <DeskForm unitId={unitId} bills={items} onBegun={setBegun} />
          </div>
        )
      }
    </Loaded>
  );
}

interface TakenNoticeProps {
  readonly taken: Begun;
  readonly onClose: () => void;
}

function TakenNotice({ taken, onClose }: TakenNoticeProps) {
  const { t } = useTranslation(['desk', 'ui']);
  return (
    <div className="stack">
      <Alert
        type="success"
        showIcon
        role="status"
        title={t('done', { amount: yuanAmount(fen(taken.amountFen)) })}
        description={<Link to={paths.payment(taken.paymentId)}>{t('see')}</Link>}
      />
      <div>
        <Button type="primary" onClick={onClose}>
          {t('ui:close')}
        </Button>
      </div>
    </div>
  );
}
