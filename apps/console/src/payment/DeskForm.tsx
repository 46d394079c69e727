import { type Fen, fen, subtract, sum, yuanAmount } from '@wuye-pay/money';
import { Alert, Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer, Item } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { fenOfText, newIdempotencyKey } from './cash.ts';
import './payment.css';

type Bill = Item<'GET /api/bills'>;

interface DeskFormProps {
  readonly unitId: string;
  readonly bills: readonly Bill[];
  readonly onTaken: () => void;
  readonly onClose: () => void;
}

/** All bills are ticked; the button says what will be taken. A retry cannot take it twice. */
export function DeskForm({ unitId, bills, onTaken, onClose }: DeskFormProps) {
  const { t } = useTranslation('payment');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [received, setReceived] = useState('');
  const [idempotencyKey] = useState(newIdempotencyKey);
  const take = useWrite('POST /api/payments/desk');
  if (take.data) return <Taken taken={take.data} onClose={onClose} />;
  const chosen = bills.filter(({ id }) => !without.has(id));
  const total = sum(chosen.map(({ openFen }) => fen(openFen)));
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(without);
    if (isChosen) next.delete(id);
    else next.add(id);
    setWithout(next);
  };
  const submit = () =>
    take.mutate(
      {
        body: {
          unitId,
          billIds: chosen.map(({ id }) => id),
          method: 'cash',
          amountFen: total,
          idempotencyKey,
        },
      },
      { onSuccess: onTaken },
    );
  return (
    <div className="stack">
      <BillChoice bills={bills} without={without} onChoose={choose} />
      <div className="desk-total">
        <span>{t('desk.total')}</span>
        <span className="tile-value">
          <Money fen={total} />
        </span>
      </div>
      <Change total={total} received={received} onReceived={setReceived} />
      {take.isError && <FailureNotice error={take.error} />}
      <ActionButton
        type="primary"
        size="large"
        block
        loading={take.isPending}
        whyNot={chosen.length === 0 ? t('desk.choose') : undefined}
        onClick={submit}
      >
        {t('desk.submit', { amount: yuanAmount(total) })}
      </ActionButton>
    </div>
  );
}

interface BillChoiceProps {
  readonly bills: readonly Bill[];
  readonly without: ReadonlySet<string>;
  readonly onChoose: (id: string, isChosen: boolean) => void;
}

function BillChoice({ bills, without, onChoose }: BillChoiceProps) {
  const { t } = useTranslation(['payment', 'billing']);
  const [language] = useLanguage();
  return (
    <fieldset className="desk-bills">
      <legend>{t('desk.bills')}</legend>
      {bills.map(({ id, feeItemName, month, openFen, state }) => (
        <div className="desk-bill" key={id}>
          <Checkbox
            checked={!without.has(id)}
            onChange={(event) => onChoose(id, event.target.checked)}
          >
            {t('desk.bill', { item: feeItemName, month: monthText(month, language) })}
            {state === 'overdue' && <strong> · {t('billing:bills.state.overdue')}</strong>}
          </Checkbox>
          <Money fen={openFen} />
        </div>
      ))}
    </fieldset>
  );
}

interface ChangeProps {
  readonly total: Fen;
  readonly received: string;
  readonly onReceived: (text: string) => void;
}

/** Works out the change; only an aid, so it never stands in the way of taking the money. */
function Change({ total, received, onReceived }: ChangeProps) {
  const { t } = useTranslation('payment');
  const id = useId();
  const amount = fenOfText(received);
  const change = amount === undefined ? undefined : subtract(amount, total);
  return (
    <div className="filter">
      <label htmlFor={id}>{t('desk.received')}</label>
      <Input
        id={id}
        value={received}
        prefix="¥"
        inputMode="decimal"
        maxLength={12}
        aria-describedby={`${id}-help`}
        onChange={(event) => onReceived(event.target.value)}
      />
      <span id={`${id}-help`} className="muted" role="status">
        {change === undefined && t('desk.receivedHelp')}
        {change !== undefined && change >= 0 && `${t('desk.change')} ${yuanAmount(change)}`}
        {change !== undefined &&
          change < 0 &&
          t('desk.short', { amount: yuanAmount(subtract(total, amount ?? total)) })}
      </span>
    </div>
  );
}

interface TakenProps {
  readonly taken: Answer<'POST /api/payments/desk'>;
  readonly onClose: () => void;
}

function Taken({ taken, onClose }: TakenProps) {
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
