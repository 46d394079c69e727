import { type Fen, subtract, yuanAmount } from '@wuye-pay/money';
import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfText } from './cash.ts';

/** What the clerk copies from the slip, the cheque or the payer's phone. */
export interface Slip {
  readonly authCode: string;
  readonly voucherNo: string;
  readonly drawnOn: string;
}

export const noSlip: Slip = { authCode: '', voucherNo: '', drawnOn: '' };

interface SlipFieldsProps {
  readonly how: 'cash' | 'code' | 'pos' | 'cheque';
  readonly slip: Slip;
  readonly total: Fen;
  readonly onSlip: (slip: Slip) => void;
}

/** What has to be filled in for each way to pay at the desk; the first field has the focus. */
export function SlipFields({ how, slip, total, onSlip }: SlipFieldsProps) {
  const { t } = useTranslation('desk');
  const field = (name: keyof Slip, words: { label: string; help: string }, most: number) => (
    <SlipField
      {...words}
      value={slip[name]}
      maxLength={most}
      isDigits={name === 'authCode'}
      isFirst={name !== 'drawnOn'}
      onChange={(value) => onSlip({ ...slip, [name]: value })}
    />
  );
  if (how === 'code') {
    return field('authCode', { label: t('authCode'), help: t('authCodeHelp') }, 40);
  }
  if (how === 'pos') {
    return field('voucherNo', { label: t('slipNo'), help: t('slipNoHelp') }, 32);
  }
  if (how === 'cheque') {
    return (
      <>
        {field('voucherNo', { label: t('chequeNo'), help: t('chequeNoHelp') }, 32)}
        {field('drawnOn', { label: t('drawnOn'), help: t('drawnOnHelp') }, 60)}
      </>
    );
  }
  return <Change total={total} />;
}

interface SlipFieldProps {
  readonly label: string;
  readonly help: ReactNode;
  readonly value: string;
  readonly maxLength: number;
  readonly isDigits: boolean;
  readonly isFirst: boolean;
  readonly onChange: (value: string) => void;
}

function SlipField({ label, help, value, isDigits, isFirst, onChange, ...rest }: SlipFieldProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Input
        {...rest}
        id={id}
        value={value}
        autoComplete="off"
        autoFocus={isFirst}
        inputMode={isDigits ? 'numeric' : 'text'}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-help`} className="muted">
        {help}
      </span>
    </div>
  );
}

/** Works out the change; only an aid, so it never stands in the way of taking the money. */
function Change({ total }: { readonly total: Fen }) {
  const { t } = useTranslation('desk');
  const id = useId();
  const [received, setReceived] = useState('');
  const amount = fenOfText(received);
  const change = amount === undefined ? undefined : subtract(amount, total);
  return (
    <div className="filter">
      <label htmlFor={id}>{t('received')}</label>
      <Input
        id={id}
        value={received}
        prefix="¥"
        inputMode="decimal"
        maxLength={12}
        aria-describedby={`${id}-help`}
        onChange={(event) => setReceived(event.target.value)}
      />
      <span id={`${id}-help`} className="muted" role="status">
        {change === undefined && t('receivedHelp')}
        {change !== undefined && change >= 0 && `${t('change')} ${yuanAmount(change)}`}
        {change !== undefined &&
          change < 0 &&
          t('short', { amount: yuanAmount(subtract(total, amount ?? total)) })}
      </span>
    </div>
  );
}
