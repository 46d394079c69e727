import { fen, sum, yuanAmount } from '@wuye-pay/money';
import { Checkbox, Segmented } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { noSlip, type Slip, SlipFields } from './SlipFields.tsx';
import { type Begun, useTake, type Wish } from './use-take.ts';
import './payment.css';

type Bill = Item<'GET /api/bills'>;
type How = 'cash' | 'code' | 'pos' | 'cheque';
const ways: readonly How[] = ['cash', 'code', 'pos', 'cheque'];

interface DeskFormProps {
  readonly unitId: string;
  readonly bills: readonly Bill[];
  readonly onBegun: (begun: Begun) => void;
}

/** All bills are ticked; the button says what will be taken. A retry cannot take it twice. */
export function DeskForm({ unitId, bills, onBegun }: DeskFormProps) {
  const { t } = useTranslation('desk');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [how, setHow] = useState<How>('cash');
  const [slip, setSlip] = useState<Slip>(noSlip);
  const chosen = bills.filter(({ id }) => !without.has(id));
  const total = sum(chosen.map(({ openFen }) => fen(openFen)));
  const { take, isPending, failure } = useTake(onBegun);
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(without);
    if (isChosen) next.delete(id);
    else next.add(id);
    setWithout(next);
  };
  const whyNot = chosen.length === 0 ? t('choose') : missingOf(how, slip, t);
  const submit = () => {
    const cart = { unitId, billIds: chosen.map(({ id }) => id), amountFen: total };
    if (whyNot === undefined && !isPending) void take(wishOf(how, slip, cart));
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <BillChoice bills={bills} without={without} onChoose={choose} />
      <div className="desk-total">
        <span>{t('total')}</span>
        <span className="tile-value">
          <Money fen={total} />
        </span>
      </div>
      <Segmented<How>
        block
        aria-label={t('how')}
        value={how}
        onChange={setHow}
        options={ways.map((value) => ({ value, label: t(`how.${value}`) }))}
      />
      <SlipFields key={how} how={how} slip={slip} total={total} onSlip={setSlip} />
      {failure !== undefined && <FailureNotice error={failure} />}
      <ActionButton
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={isPending}
        whyNot={whyNot}
      >
        {t(`submit.${how}`, { amount: yuanAmount(total) })}
      </ActionButton>
    </form>
  );
}

/** As the routes of the desk want them. */
const codeRule = /^[0-9 ]{10,40}$/;
const numberRule = /^[0-9A-Za-z-]{4,32}$/;

type Cart = Pick<Wish, 'unitId' | 'billIds' | 'amountFen'>;

function wishOf(how: How, slip: Slip, cart: Cart): Wish {
  if (how === 'code') return { ...cart, authCode: slip.authCode.trim() };
  if (how === 'cash') return { ...cart, method: how };
  const voucherNo = slip.voucherNo.trim();
  if (how === 'pos') return { ...cart, method: how, voucherNo };
  return { ...cart, method: how, voucherNo, drawnOn: slip.drawnOn.trim() };
}

function missingOf(
  how: How,
  { authCode, voucherNo, drawnOn }: Slip,
  t: TFunction<'desk'>,
): string | undefined {
  if (how === 'cash') return undefined;
  if (how === 'code') {
    if (authCode.trim() === '') return t('enterCode');
    return codeRule.test(authCode.trim()) ? undefined : t('wrongCode');
  }
  if (voucherNo.trim() === '') return t('enterNo');
  if (!numberRule.test(voucherNo.trim())) return t('wrongNo');
  if (how === 'pos') return undefined;
  return drawnOn.trim().length < 2 ? t('enterBank') : undefined;
}

interface BillChoiceProps {
  readonly bills: readonly Bill[];
  readonly without: ReadonlySet<string>;
  readonly onChoose: (id: string, isChosen: boolean) => void;
}

function BillChoice({ bills, without, onChoose }: BillChoiceProps) {
  const { t } = useTranslation(['desk', 'billing']);
  const [language] = useLanguage();
  return (
    <fieldset className="desk-bills">
      <legend>{t('bills')}</legend>
      {bills.map(({ id, feeItemName, month, openFen, state }) => (
        <div className="desk-bill" key={id}>
          <Checkbox
            checked={!without.has(id)}
            onChange={(event) => onChoose(id, event.target.checked)}
          >
            {t('bill', { item: feeItemName, month: monthText(month, language) })}
            {state === 'overdue' && <strong> · {t('billing:bills.state.overdue')}</strong>}
          </Checkbox>
          <Money fen={openFen} />
        </div>
      ))}
    </fieldset>
  );
}
