import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { DeskForm } from './DeskForm.tsx';

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
  const [isTaken, setTaken] = useState(false);
  return (
    <Loaded query={query}>
      {({ items, next }) =>
        items.length === 0 && !isTaken ? (
          <EmptyNotice title={t('desk.nothing')} hint={t('desk.nothingHint')} />
        ) : (
          <div className="stack">
            {next !== null && <span>{t('desk.more', { count: items.length })}</span>}
            <DeskForm
              unitId={unitId}
              bills={items}
              onTaken={() => setTaken(true)}
              onClose={onClose}
            />
          </div>
        )
      }
    </Loaded>
  );
}
