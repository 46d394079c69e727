import type { CheckoutPaymentDetail } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { usePageParams } from '#platform';
import { Link, Page, Text, View } from '#ui';
import { useRead } from '../../data/index.ts';
import { instantText, periodText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { Receipts } from '../../pay/index.ts';
import { useSettings } from '../../settings/index.ts';
import {
  Amount,
  Card,
  type Fact,
  Facts,
  List,
  ListItem,
  Loaded,
  Notice,
  Timeline,
} from '../../ui/index.ts';
import { texts } from './texts.ts';
import './payment.css';

/** One payment: what it was for, what became of it, its receipt. */
export default function PaymentPage() {
  const t = useTexts(texts);
  const { paymentId } = usePageParams('payment');
  const payment = useRead('GET /api/resident/payments/:paymentId', { params: { paymentId } });
  return (
    <Page title={t('title')}>
      <Loaded read={payment}>{(data) => <Detail payment={data} />}</Loaded>
    </Page>
  );
}

function Detail({ payment }: { readonly payment: CheckoutPaymentDetail }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { state, refundedFen, keptFen } = payment;
  return (
    <>
      <View className="card payment-sum">
        <Text>{t(`state.${state}`)}</Text>
        <Amount fen={payment.amountFen} size="large" />
        {refundedFen > 0 && (
          <Text className="hint">{t('refunded', { amount: yuanAmount(refundedFen as Fen) })}</Text>
        )}
        {state === 'paid' && <Receipts paymentId={payment.paymentId} />}
      </View>
      {keptFen !== null && keptFen > 0 && (
        <Notice kind="info">{t('kept', { amount: yuanAmount(keptFen as Fen) })}</Notice>
      )}
      {(state === 'open' || state === 'processing') && (
        <Notice kind="warning">{t('waiting')}</Notice>
      )}
      <List label={t('lines')}>
        {payment.lines.map((line) => (
          <ListItem
            key={`${line.unitId} ${line.billId}`}
            title={words(line.name)}
            hint={
              <>
                {line.label}
                {line.periodStart !== null && line.periodEnd !== null && (
                  <> · {periodText(line.periodStart, line.periodEnd, language)}</>
                )}
                {line.refundedFen > 0 && (
                  <> · {t('refunded', { amount: yuanAmount(line.refundedFen as Fen) })}</>
                )}
              </>
            }
            aside={<Amount fen={line.amountFen} />}
          />
        ))}
      </List>
      <Card title={t('steps')}>
        <Timeline
          entries={payment.steps.map((step) => ({
            key: `${step.kind} ${step.at}`,
            title: words(step.text),
            at: instantText(step.at, language),
            kind: step.kind === 'paid' ? 'good' : 'plain',
          }))}
        />
      </Card>
      <Card>
        <Facts items={useFacts(payment)} />
        <AskLink payment={payment} />
      </Card>
    </>
  );
}

function AskLink({ payment }: { readonly payment: CheckoutPaymentDetail }) {
  const t = useTexts(texts);
  const { paymentId } = payment;
  const unitId = payment.lines[0]?.unitId;
  return (
    <Link to="ticket-new" params={{ paymentId, unitId }}>
      {t('ask')}
    </Link>
  );
}

function useFacts(payment: CheckoutPaymentDetail): Fact[] {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const rows = [
    [t('payee'), payment.companyName],
    [t('way'), words(payment.way)],
    [t('createdAt'), instantText(payment.createdAt, language)],
    [t('paidAt'), payment.paidAt && instantText(payment.paidAt, language)],
    [t('orderNo'), payment.orderNo],
    [t('tradeNo'), payment.tradeNo],
  ] as const;
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
