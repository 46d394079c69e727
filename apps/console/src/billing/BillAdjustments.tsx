import { fenFromYuan } from '@wuye-pay/money';
import { Button, Card } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { LongTextField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { type Adjustment, useAdjustmentColumns } from './adjustment-columns.tsx';

/** What was taken off this bill, and the way to take something off. */
export function BillAdjustments({ billId }: { readonly billId: string }) {
  const { t } = useTranslation('billing');
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { data } = useRead('GET /api/bill-adjustments', { query: { billId } });
  const columns = useAdjustmentColumns();
  const items = data?.items ?? [];
  if (items.length === 0 && !can('billing.adjust')) return null;
  return (
    <Card
      title={<h2 className="card-title">{t('adjust.title')}</h2>}
      extra={
        can('billing.adjust') && <Button onClick={() => setOpen(true)}>{t('adjust.do')}</Button>
      }
    >
      {items.length === 0 ? (
        <p className="muted">{t('adjust.emptyHint')}</p>
      ) : (
        <DataTable<Adjustment>
          label={t('adjust.title')}
          dataSource={items}
          rowKey="id"
          columns={columns}
        />
      )}
      <AdjustForm billId={billId} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Card>
  );
}

interface Values {
  readonly kind: Adjustment['kind'];
  readonly yuan?: string;
  readonly reason: string;
}

interface FormProps {
  readonly billId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const kinds = ['correction', 'waiver', 'void'] as const;

function AdjustForm({ billId, isOpen, onClose }: FormProps) {
  const { t } = useTranslation('billing');
  const { done } = useMessages();
  const keys = useRef(new Map<string, string>());
  const adjust = useWrite('POST /api/bills/:billId/adjustments');
  const submit = async ({ kind, yuan = '', reason }: Values) => {
    const amount = yuan.trim();
    const isLess = kind !== 'void' && amount !== '';
    const wish = { kind, reason, ...(isLess && { amountFen: fenFromYuan(amount) }) };
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const body = { ...wish, idempotencyKey };
    const { state } = await adjust.mutateAsync({ params: { billId }, body });
    keys.current.clear();
    done(t(state === 'applied' ? 'adjust.done' : 'adjust.asked'));
  };
  const rule = { pattern: /^\s*\d{1,9}(\.\d{1,2})?\s*$/, message: t('adjust.yuanRule') };
  return (
    <FormDrawer<Values>
      title={t('adjust.do')}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{ kind: 'correction' }}
      submitLabel={t('adjust.do')}
      onSubmit={submit}
    >
      <SelectField
        name="kind"
        label={t('adjust.kind')}
        required
        options={kinds.map((value) => ({ value, label: t(`adjust.${value}`) }))}
      />
      <TextField name="yuan" label={t('adjust.yuan')} rule={rule} maxLength={14} />
      <LongTextField name="reason" label={t('adjust.reason')} maxLength={200} required />
    </FormDrawer>
  );
}
