import type { CheckoutPlan, CheckoutWay, OpenBills } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useState } from 'react';
import { storage, usePageParams } from '#platform';
import { Choice, Link, Page, Text, View } from '#ui';
import { useTexts, useWords } from '../../i18n/index.ts';
import {
  BillLine,
  type Chosen,
  cartOf,
  chosenOf,
  firstOf,
  PayFoot,
  payFenOf,
  type Selection,
  useOpenBills,
  usePayment,
  usePlan,
  wayOf,
} from '../../pay/index.ts';
import { keptSelection } from '../../pay/kept-selection.ts';
import { Card, Empty, Failure, Loaded, Loading, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** Asks once more: only when something was changed, or there is something to decide. */
export default function ConfirmPage() {
  const t = useTexts(texts);
  const { code } = usePageParams('confirm');
  const open = useOpenBills(code);
  const [selection] = useState(keptSelection);
  if (!open.data) {
    return (
      <Page title={t('title')}>
        <Loaded read={open}>{() => null}</Loaded>
      </Page>
    );
  }
  return <Confirming open={open.data} selection={selection} reading={open.failure} />;
}

interface ConfirmingProps {
  readonly open: OpenBills;
  readonly selection: Selection;
}

function Confirming({ open, selection, reading }: ConfirmingProps & { readonly reading: unknown }) {
  const t = useTexts(texts);
  const chosen = chosenOf(open, selection);
  const cart = cartOf(open, chosen);
  const plan = usePlan(chosen.count > 0 ? cart : undefined);
  const payment = usePayment();
  const [preferred, prefer] = useState(() => storage.read('way'));
  const way = plan.plan && wayOf(plan.plan, preferred);
  const payFen = way && firstOf(cart, way)?.amountFen;
  if (chosen.count === 0) {
    return (
      <Page title={t('title')}>
        <Empty icon="done" title={t('gone')} hint={t('goneHint')}>
          <Link to="bills">{t('toBills')}</Link>
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      title={t('title')}
      foot={
        <PayFoot
          totalFen={chosen.totalFen}
          note={t('count', { count: chosen.count })}
          payFen={payFen}
          verb="confirm"
          phase={payment.phase}
          isBusy={payment.isBusy}
          isOff={way === undefined}
          reading={reading}
          failure={payment.failure}
          onPay={() => way && payment.start(cart, way)}
        />
      }
    >
      <Bills open={open} selection={selection} chosen={chosen} />
      <Failure error={plan.failure} />
      {plan.plan && <Ways plan={plan.plan} way={way} onChange={prefer} />}
      {!plan.plan && plan.failure === undefined && <Loading />}
    </Page>
  );
}

/** What is paid, by home. */
function Bills({ open, selection, chosen }: ConfirmingProps & { readonly chosen: Chosen }) {
  const paid = new Set(chosen.items.map(({ billId }) => billId));
  return open.homes
    .filter(({ unitId }) => chosen.unitIds.includes(unitId))
    .map((home) => (
      <Card key={home.unitId} title={home.label} aside={<Text>{home.communityName}</Text>}>
        {home.bills
          .filter(({ id }) => paid.has(id))
          .map((bill) => (
            <BillLine key={bill.id} bill={bill} payFen={payFenOf(bill, selection)} />
          ))}
      </Card>
    ));
}

interface WaysProps {
  readonly plan: CheckoutPlan;
  readonly way: CheckoutWay | undefined;
  readonly onChange: (way: string) => void;
}

/** How it can be paid here, and what is to be known of it. */
function Ways({ plan, way, onChange }: WaysProps) {
  const t = useTexts(texts);
  const words = useWords();
  const others = plan.otherWallets.map(words).join('、');
  if (!way) {
    return (
      <Notice kind="warning" title={t('noWay')}>
        {others === '' ? t('noWayHint') : t('otherWallets', { wallets: others })}
      </Notice>
    );
  }
  const [first] = way.payments;
  return (
    <>
      {plan.ways.length > 1 && (
        <Card title={t('way')}>
          <Choice
            ariaLabel={t('way')}
            value={way.way}
            options={plan.ways.map((one) => ({ value: one.way, label: words(one.label) }))}
            onChange={onChange}
          />
        </Card>
      )}
      {plan.warnings.map((warning) => (
        <Notice key={warning.zh} kind="warning">
          {words(warning)}
        </Notice>
      ))}
      {way.payments.length > 1 && first && (
        <Notice kind="info" title={t('split', { count: way.payments.length })}>
          {t('splitHint', { amount: yuanAmount(first.amountFen as Fen) })}
        </Notice>
      )}
      {way.unpayable.length > 0 && (
        <Notice kind="warning">{t('unpayable', { count: way.unpayable.length })}</Notice>
      )}
      {plan.ways.length === 1 && (
        <View className="hint">{t('payWith', { way: words(way.label) })}</View>
      )}
    </>
  );
}
