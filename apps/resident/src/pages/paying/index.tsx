import type { CheckoutState } from '@wuye-pay/contract';
import { go, usePageParams } from '#platform';
import { Button, Link, Page, Text } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { Receipts, usePaymentState } from '../../pay/index.ts';
import { Amount, Buttons, Loading, Outcome } from '../../ui/index.ts';
import { SurveyCard } from './SurveyCard.tsx';
import { texts } from './texts.ts';

/** What became of a payment: live, and never a guess. */
export default function PayingPage() {
  const t = useTexts(texts);
  const { paymentId } = usePageParams('paying');
  const state = usePaymentState(paymentId);
  const isOver = state === 'paid' || state === 'closed';
  return (
    <Page title={t('title')} hasNoBack foot={isOver && <Next state={state} />}>
      {state === undefined ? <Loading /> : <Result paymentId={paymentId} state={state} />}
    </Page>
  );
}

interface ResultProps {
  readonly paymentId: string;
  readonly state: CheckoutState;
}

function Result({ paymentId, state }: ResultProps) {
  const t = useTexts(texts);
  const words = useWords();
  const payment = useRead('GET /api/resident/payments/:paymentId', { params: { paymentId } });
  const [icon, title, hint] = {
    open: ['waiting', t('waiting'), t('waitingHint')],
    processing: ['waiting', t('waiting'), t('waitingHint')],
    paid: ['done', t('paid'), ''],
    closed: ['info', t('closed'), t('closedHint')],
  }[state] as ['waiting' | 'done' | 'info', string, string];
  return (
    <Outcome icon={icon} title={title} tone={tones[state]}>
      {payment.data && <Amount fen={payment.data.amountFen} size="large" />}
      {payment.data?.lines.slice(0, mostLines).map((line) => (
        <Text key={`${line.unitId} ${line.billId}`} className="hint">
          {line.label} {words(line.name)}
        </Text>
      ))}
      {hint !== '' && <Text>{hint}</Text>}
      {state === 'paid' && <Receipts paymentId={paymentId} />}
      {state === 'paid' && <OfferAutopay />}
      <Link to="payment" params={{ paymentId }}>
        {t('detail')}
      </Link>
      {state === 'paid' ? (
        <SurveyCard paymentId={paymentId} />
      ) : (
        <Link to="ticket-new" params={{ paymentId, unitId: payment.data?.lines[0]?.unitId }}>
          {t('ask')}
        </Link>
      )}
    </Outcome>
  );
}

/** One quiet line, for whoever could have autopay and has none. */
function OfferAutopay() {
  const t = useTexts(texts);
  const { data } = useRead('GET /api/resident/autopay', {});
  const hasOne = data?.mandates.some(({ state }) => state === 'active' || state === 'requested');
  if (!data?.canSign || hasOne) return null;
  return <Link to="autopay-sign">{t('autopay')}</Link>;
}

const tones: Readonly<Record<CheckoutState, 'good' | 'warning' | undefined>> = {
  open: undefined,
  processing: undefined,
  paid: 'good',
  closed: 'warning',
};

/** Enough to know it again; the detail has them all. */
const mostLines = 4;

function Next({ state }: { readonly state: CheckoutState }) {
  const t = useTexts(texts);
  return (
    <Buttons>
      <Button kind="main" onTap={() => go('bills')}>
        {t(state === 'paid' ? 'done' : 'again')}
      </Button>
    </Buttons>
  );
}
