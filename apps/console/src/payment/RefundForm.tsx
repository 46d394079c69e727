import { useQuery } from '@tanstack/react-query';
import { type Fen, fen, sum, yuanAmount, yuanText } from '@wuye-pay/money';
import { Alert, Button, Drawer, Input, Radio } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { fenOfText } from './cash.ts';
import type { Payment } from './PaymentPage.tsx';
import { RefundEffects } from './RefundEffects.tsx';
import './payment.css';

/** In the place of a bill: what the payment paid ahead, given back out of the balance. */
const topUp = 'top-up';
type Line = Pick<
  Payment['lines'][number],
  'billId' | 'feeItemName' | 'settledFen' | 'refundedFen' | 'reservedFen'
> & { readonly month: string | null };
type Effect = 'reopen' | 'close';

interface RefundFormProps {
  readonly payment: Payment;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function RefundForm({ payment, isOpen, onClose }: RefundFormProps) {
  const { t } = useTranslation('refund');
  return (
    <Drawer
      title={t('askTitle', { unit: payment.unitLabel })}
      open={isOpen}
      onClose={onClose}
      size={560}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
    >
      <AskForm payment={payment} />
    </Drawer>
  );
}

function leftOf({ settledFen, refundedFen, reservedFen }: Line): Fen {
  return fen(settledFen - refundedFen - reservedFen);
}

/** Amounts a line, what happens to the bills, and why; what will happen is read before asking. */
function AskForm({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation(['refund', 'ui']);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [billEffect, setEffect] = useState<Effect>('reopen');
  const [reason, setReason] = useState('');
  const reasonId = useId();
  const ahead = { billId: topUp, feeItemName: t('topUp'), month: null };
  const { topUpFen, refundedFen, refundingFen } = payment;
  const all: readonly Line[] =
    topUpFen > 0
      ? [{ ...ahead, settledFen: topUpFen, refundedFen, reservedFen: refundingFen }]
      : payment.lines;
  const open = all.filter((line) => leftOf(line) > 0);
  const chosen = open.flatMap((line) => {
    const text = texts[line.billId]?.trim() ?? '';
    return text === '' ? [] : [{ line, amountFen: fenOfText(text) ?? fen(0) }];
  });
  const isWrong = chosen.some(({ line, amountFen }) => amountFen < 1 || amountFen > leftOf(line));
  const total = sum(chosen.map(({ amountFen }) => amountFen));
  const isReady = chosen.length > 0 && !isWrong;
  const wish = wishOf(chosen, billEffect);
  const preview = usePreview(payment.id, wish, isReady);
  const { ask, isPending, error } = useAsk(payment.id);
  const whyNot = whyNotAsk(
    { isWrong, lines: chosen, reason, obstacles: preview.data?.obstacles },
    t,
  );
  const setAll = (textOf: (line: Line) => string) =>
    setTexts(Object.fromEntries(open.map((line) => [line.billId, textOf(line)])));
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={() => setAll((line) => yuanText(leftOf(line)))}>{t('askAll')}</Button>
        <Button onClick={() => setAll(() => '')}>{t('askClear')}</Button>
      </div>
      {open.map((line) => (
        <AmountField
          key={line.billId}
          line={line}
          text={texts[line.billId] ?? ''}
          onText={(text) => setTexts({ ...texts, [line.billId]: text })}
        />
      ))}
      {wish.lines.length > 0 && <EffectChoice value={billEffect} onChange={setEffect} />}
      <div className="stack-tight">
        <label htmlFor={reasonId}>{t('reason')}</label>
        <Input.TextArea
          id={reasonId}
          rows={2}
          maxLength={200}
          value={reason}
          required
          aria-describedby={`${reasonId}-help`}
          onChange={(event) => setReason(event.target.value)}
        />
        <span id={`${reasonId}-help`} className="muted">
          {t('reasonHelp')}
        </span>
      </div>
      <Preview data={isReady ? preview.data : undefined} error={preview.error} />
      {error !== undefined && <FailureNotice error={error} />}
      <ActionButton
        type="primary"
        size="large"
        block
        loading={isPending}
        whyNot={whyNot}
        onClick={() => void ask({ ...wish, reason: reason.trim() })}
      >
        {t('askSubmit', { amount: yuanAmount(total) })}
      </ActionButton>
    </div>
  );
}

interface Asked {
  readonly lines: { billId: string; amountFen: number }[];
  readonly topUpFen?: number;
  readonly billEffect: Effect;
}

function wishOf(
  chosen: readonly { readonly line: Line; readonly amountFen: Fen }[],
  billEffect: Effect,
): Asked {
  const ahead = chosen.find(({ line }) => line.billId === topUp);
  const lines = chosen
    .filter((one) => one !== ahead)
    .map(({ line, amountFen }) => ({ billId: line.billId, amountFen }));
  return { lines, billEffect, ...(ahead && { topUpFen: ahead.amountFen }) };
}

function whyNotAsk(
  asked: {
    readonly isWrong: boolean;
    readonly lines: readonly unknown[];
    readonly reason: string;
    readonly obstacles: readonly { readonly zh: string }[] | undefined;
  },
  t: ReturnType<typeof useTranslation<['refund', 'ui']>>['t'],
): string | undefined {
  if (asked.isWrong) return t('askWrongLine');
  if (asked.lines.length === 0) return t('askNothing');
  if (asked.obstacles && asked.obstacles.length > 0) return t('obstacles');
  if (asked.reason.trim() === '') return t('ui:required', { label: t('reason') });
  return undefined;
}

function usePreview(paymentId: string, body: Asked, enabled: boolean) {
  return useQuery({
    queryKey: ['refund-preview', paymentId, body],
    queryFn: ({ signal }) =>
      call('POST /api/payments/:paymentId/refund-preview', { params: { paymentId }, body }, signal),
    enabled,
    placeholderData: (last) => last,
  });
}

/** Asks once: the same content carries the same key however often it is sent. */
function useAsk(paymentId: string) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const navigate = useNavigate();
  const write = useWrite('POST /api/payments/:paymentId/refunds', { leavesPage: true });
  const keys = useRef(new Map<string, string>());
  const [error, setError] = useState<unknown>(undefined);
  const ask = async (wish: Asked & { readonly reason: string }) => {
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    setError(undefined);
    try {
      const made = await write.mutateAsync({
        params: { paymentId },
        body: { ...wish, idempotencyKey },
      });
      done(t('askDone'));
      await navigate(paths.refund(made.id));
    } catch (failure) {
      setError(failure);
    }
  };
  return { ask, isPending: write.isPending, error };
}

interface AmountFieldProps {
  readonly line: Line;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function AmountField({ line, text, onText }: AmountFieldProps) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const id = useId();
  const left = leftOf(line);
  const amount = text.trim() === '' ? undefined : (fenOfText(text) ?? fen(0));
  const isWrong = amount !== undefined && (amount < 1 || amount > left);
  return (
    <div className="stack-tight">
      <label htmlFor={id}>
        {line.month === null
          ? line.feeItemName
          : t('askLine', { item: line.feeItemName, month: monthText(line.month, language) })}
      </label>
      <Input
        id={id}
        value={text}
        prefix="¥"
        inputMode="decimal"
        maxLength={12}
        aria-invalid={isWrong}
        aria-describedby={`${id}-help`}
        {...(isWrong && { status: 'error' as const })}
        onChange={(event) => onText(event.target.value)}
      />
      <span id={`${id}-help`} className={isWrong ? 'field-error' : 'muted'}>
        {t(isWrong ? 'askWrong' : 'askLineHelp', { left: yuanAmount(left) })}
      </span>
    </div>
  );
}

function EffectChoice(props: {
  readonly value: Effect;
  readonly onChange: (value: Effect) => void;
}) {
  const { t } = useTranslation('refund');
  return (
    <fieldset className="desk-bills">
      <legend>{t('effect')}</legend>
      <Radio.Group value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <div className="stack-tight">
          {(['reopen', 'close'] as const).map((effect) => (
            <Radio key={effect} value={effect}>
              {t(`effect.${effect}`)}
              <span className="muted"> · {t(`effect.${effect}Help`)}</span>
            </Radio>
          ))}
        </div>
      </Radio.Group>
    </fieldset>
  );
}

function Preview({
  data,
  error,
}: {
  readonly data: Awaited<ReturnType<typeof usePreview>>['data'] | undefined;
  readonly error: unknown;
}) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  if (error) return <FailureNotice error={error} />;
  if (!data) return <Alert type="info" role="status" title={t('previewWaiting')} />;
  const isBlocked = data.obstacles.length > 0;
  return (
    <Alert
      type={isBlocked ? 'warning' : 'info'}
      showIcon
      role="status"
      title={isBlocked ? t('obstacles') : t('previewTitle')}
      description={
        isBlocked ? (
          <ul className="confirm-figures">
            {data.obstacles.map((obstacle) => (
              <li key={obstacle.zh}>{obstacle[language]}</li>
            ))}
          </ul>
        ) : (
          <RefundEffects effects={data.effects} />
        )
      }
    />
  );
}
