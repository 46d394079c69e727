import { useQueryClient } from '@tanstack/react-query';
import { type Fen, fen, subtract, sum, yuanAmount } from '@wuye-pay/money';
import { Checkbox, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call, type Item } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import { refreshAll } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { fenOfText, newIdempotencyKey } from './cash.ts';
import './payment.css';

type Bill = Item<'GET /api/bills'>;
export type Taken = Answer<'POST /api/payments/desk'>;

interface DeskFormProps {
  readonly unitId: string;
  readonly bills: readonly Bill[];
  readonly onTaken: (taken: Taken) => void;
}

/** All bills are ticked; the button says what will be taken. A retry cannot take it twice. */
export function DeskForm({ unitId, bills, onTaken }: DeskFormProps) {
  const { t } = useTranslation('payment');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [received, setReceived] = useState('');
  const chosen = bills.filter(({ id }) => !without.has(id));
  const total = sum(chosen.map(({ openFen }) => fen(openFen)));
  const { take, isPending, failure } = useTake(onTaken);
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(without);
    if (isChosen) next.delete(id);
    else next.add(id);
    setWithout(next);
  };
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
      {failure !== undefined && <FailureNotice error={failure} />}
      <ActionButton
        type="primary"
        size="large"
        block
        loading={isPending}
        whyNot={chosen.length === 0 ? t('desk.choose') : undefined}
        onClick={() => void take({ unitId, billIds: chosen.map(({ id }) => id), amountFen: total })}
      >
        {t('desk.submit', { amount: yuanAmount(total) })}
      </ActionButton>
    </div>
  );
}

interface Cash {
  readonly unitId: string;
  readonly billIds: string[];
  readonly amountFen: Fen;
}

/** Takes the money once: the same bills and amount carry the same key however often they are sent. */
function useTake(onTaken: (taken: Taken) => void) {
  const queryClient = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const keys = useRef(new Map<string, string>());
  const take = async (cash: Cash) => {
    const content = JSON.stringify(cash);
    const idempotencyKey = keys.current.get(content) ?? newIdempotencyKey();
    keys.current.set(content, idempotencyKey);
    setPending(true);
    setFailure(undefined);
    try {
      const body = { ...cash, method: 'cash' as const, idempotencyKey };
      onTaken(await call('POST /api/payments/desk', { body }));
      void refreshAll(queryClient);
    } catch (error) {
      setFailure(error);
      // Somebody was faster. Without any answer the bills stay, so that a retry finds out.
      const isConflict = error instanceof ApiFailure && error.status === 409;
      if (isConflict) void refreshAll(queryClient);
    } finally {
      setPending(false);
    }
  };
  return { take, isPending, failure };
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
