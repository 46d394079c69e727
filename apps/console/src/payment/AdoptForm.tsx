import { fen, sum, yuanAmount, yuanText } from '@wuye-pay/money';
import { Alert, Drawer, Input, Radio, Select } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { monthText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { fenOfText } from './cash.ts';
import type { Payment } from './PaymentPage.tsx';
import type { Case } from './SuspenseCasePage.tsx';
import './payment.css';

interface AdoptFormProps {
  readonly one: Case;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

type Target = 'payment' | 'case';

/** Says what money was for that the channel refunded without us. */
export function AdoptForm({ one, isOpen, onClose }: AdoptFormProps) {
  const { t } = useTranslation('refund');
  const amount = yuanAmount(fen(one.leftFen));
  const [target, setTarget] = useState<Target>(one.paymentId ? 'payment' : 'case');
  return (
    <Drawer
      title={t('case.adoptTitle', { amount })}
      open={isOpen}
      onClose={onClose}
      size={520}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
    >
      <div className="stack">
        <Alert type="info" showIcon title={t('case.adoptHelp')} />
        <fieldset className="desk-bills">
          <legend>{t('case.adoptOf')}</legend>
          <Radio.Group value={target} onChange={(event) => setTarget(event.target.value)}>
            <Radio value="payment" disabled={one.paymentId === null}>
              {t('case.adoptPayment')}
            </Radio>
            <Radio value="case">{t('case.adoptCase')}</Radio>
          </Radio.Group>
        </fieldset>
        {one.paymentId === null && <span className="muted">{t('case.adoptNoPayment')}</span>}
        {target === 'payment' && one.paymentId !== null && (
          <OfPayment one={one} paymentId={one.paymentId} />
        )}
        {target === 'case' && <OfCase one={one} />}
      </div>
    </Drawer>
  );
}

function OfPayment({ one, paymentId }: { readonly one: Case; readonly paymentId: string }) {
  const query = useRead('GET /api/payments/:paymentId', { params: { paymentId } });
  return (
    <Loaded query={query} lines={3}>
      {(payment) => <PaymentLines one={one} payment={payment} />}
    </Loaded>
  );
}

function PaymentLines({ one, payment }: { readonly one: Case; readonly payment: Payment }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const id = useId();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      payment.lines.length === 1 ? [[payment.lines[0]?.billId, yuanText(fen(one.leftFen))]] : [],
    ),
  );
  const [billEffect, setEffect] = useState<'reopen' | 'close'>('reopen');
  const lines = payment.lines.flatMap(({ billId }) => {
    const amountFen = fenOfText(texts[billId] ?? '') ?? 0;
    return amountFen > 0 ? [{ billId, amountFen }] : [];
  });
  const total = sum(lines.map(({ amountFen }) => fen(amountFen)));
  const same = { amount: yuanAmount(fen(one.leftFen)), chosen: yuanAmount(total) };
  return (
    <>
      {payment.lines.map((line) => (
        <div className="stack-tight" key={line.billId}>
          <label htmlFor={`${id}-${line.billId}`}>
            {t('askLine', { item: line.feeItemName, month: monthText(line.month, language) })}
          </label>
          <Input
            id={`${id}-${line.billId}`}
            prefix="¥"
            inputMode="decimal"
            maxLength={12}
            value={texts[line.billId] ?? ''}
            onChange={(event) => setTexts({ ...texts, [line.billId]: event.target.value })}
          />
        </div>
      ))}
      <fieldset className="desk-bills">
        <legend>{t('effect')}</legend>
        <Radio.Group value={billEffect} onChange={(event) => setEffect(event.target.value)}>
          <Radio value="reopen">{t('effect.reopen')}</Radio>
          <Radio value="close">{t('effect.close')}</Radio>
        </Radio.Group>
      </fieldset>
      <Submit
        one={one}
        of={{ paymentId: payment.id, lines, billEffect }}
        whyNot={total === one.leftFen ? undefined : t('case.adoptSame', same)}
      />
    </>
  );
}

function OfCase({ one }: { readonly one: Case }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const id = useId();
  const [caseId, setCase] = useState<string | undefined>();
  const query = useRead('GET /api/suspense', { query: { state: 'open', limit: 200 } });
  return (
    <Loaded query={query} lines={2}>
      {({ items }) => {
        const fitting = items.filter(
          (each) => each.direction === 'in' && each.leftFen === one.leftFen,
        );
        if (fitting.length === 0) return <EmptyNotice title={t('case.refundsNone')} />;
        return (
          <>
            <div className="stack-tight">
              <label htmlFor={id}>{t('case.adoptCaseChoose')}</label>
              <Select
                id={id}
                value={caseId ?? null}
                options={fitting.map((each) => ({
                  value: each.id,
                  label: `${each.caseNo} · ${each.reasonText[language]} · ${each.orderNo}`,
                }))}
                onChange={(next: string | null) => setCase(next ?? undefined)}
              />
            </div>
            <Submit
              one={one}
              of={{ caseId: caseId ?? '' }}
              whyNot={caseId ? undefined : t('case.adoptCaseChoose')}
            />
          </>
        );
      }}
    </Loaded>
  );
}

interface SubmitProps {
  readonly one: Case;
  readonly of:
    | {
        readonly paymentId: string;
        readonly lines: { billId: string; amountFen: number }[];
        readonly billEffect: 'reopen' | 'close';
      }
    | { readonly caseId: string };
  readonly whyNot: string | undefined;
}

function Submit({ one, of, whyNot }: SubmitProps) {
  const { t } = useTranslation(['refund', 'ui']);
  const { done } = useMessages();
  const navigate = useNavigate();
  const id = useId();
  const [reason, setReason] = useState('');
  const key = useRef(newKey());
  const adopt = useWrite('POST /api/suspense/:caseId/adoptions', { leavesPage: true });
  const missing = reason.trim() === '' ? t('ui:required', { label: t('reason') }) : undefined;
  const submit = () => {
    const body = { reason: reason.trim(), of, idempotencyKey: key.current };
    const onSuccess = (made: { readonly id: string }) => {
      done(t('case.done'));
      void navigate(paths.refund(made.id));
    };
    adopt.mutate({ params: { caseId: one.id }, body }, { onSuccess });
  };
  return (
    <>
      <div className="stack-tight">
        <label htmlFor={id}>{t('reason')}</label>
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={200}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {adopt.error && <FailureNotice error={adopt.error} />}
      <ActionButton
        type="primary"
        size="large"
        block
        loading={adopt.isPending}
        whyNot={whyNot ?? missing}
        onClick={submit}
      >
        {t('case.adoptSubmit', { amount: yuanAmount(fen(one.leftFen)) })}
      </ActionButton>
    </>
  );
}
