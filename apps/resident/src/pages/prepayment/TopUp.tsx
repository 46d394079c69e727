import type { CheckoutPlan, CheckoutWay, TopUpOptions } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { type ReactNode, useState } from 'react';
import { storage } from '#platform';
import { Choice, Input, Page } from '#ui';
import { useTexts, useWords } from '../../i18n/index.ts';
import { fenOf, PayFoot, usePayment, usePlan, wayOf } from '../../pay/index.ts';
import { Card, Failure, FormField, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface TopUpProps {
  readonly unitId: string;
  readonly options: TopUpOptions | undefined;
  /** The balance, above the choice of an amount. */
  readonly children: ReactNode;
}

const other = 'other';

/** How much is paid ahead; nothing is chosen beforehand. */
export function TopUp({ unitId, options, children }: TopUpProps) {
  const t = useTexts(texts);
  const words = useWords();
  const [offer, setOffer] = useState<string>();
  const [typed, setTyped] = useState('');
  const fen = offer === other ? fenOf(typed) : offer === undefined ? undefined : Number(offer);
  const problem = options && problemOf(options, offer === other ? typed : '', fen, t);
  const isGood = fen !== undefined && fen > 0 && problem === undefined;
  const cart = isGood ? { topUp: { unitId, amountFen: fen } } : undefined;
  const plan = usePlan(cart);
  const payment = usePayment();
  const [preferred, prefer] = useState(() => storage.read('way'));
  const way = plan.plan && wayOf(plan.plan, preferred);
  return (
    <Page
      title={t('title')}
      foot={
        cart && (
          <PayFoot
            totalFen={fen ?? 0}
            verb="confirm"
            phase={payment.phase}
            isBusy={payment.isBusy}
            isOff={way === undefined}
            failure={payment.failure}
            onPay={() => way && payment.start(cart, way)}
          />
        )
      }
    >
      {children}
      {options && (
        <Card title={t('topUp')}>
          <Choice
            ariaLabel={t('topUp')}
            value={offer}
            options={[
              ...options.offers.map(({ amountFen, label }) => ({
                value: String(amountFen),
                label: yuanAmount(amountFen as Fen),
                hint: words(label),
              })),
              { value: other, label: t('otherAmount') },
            ]}
            onChange={setOffer}
          />
          {offer === other && (
            <FormField label={t('amount')} problem={problem}>
              {(field) => <Input {...field} kind="amount" value={typed} onChange={setTyped} />}
            </FormField>
          )}
        </Card>
      )}
      <Failure error={plan.failure} />
      {plan.plan && <PlanNotes plan={plan.plan} way={way} onWay={prefer} />}
    </Page>
  );
}

interface PlanNotesProps {
  readonly plan: CheckoutPlan;
  readonly way: CheckoutWay | undefined;
  readonly onWay: (way: string) => void;
}

/** What is worth knowing before money is paid ahead, and how it is paid. */
function PlanNotes({ plan, way, onWay }: PlanNotesProps) {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <>
      {plan.warnings.map((warning) => (
        <Notice key={warning.zh} kind="warning">
          {words(warning)}
        </Notice>
      ))}
      {way === undefined && (
        <Notice kind="warning" title={t('noWay')}>
          {plan.otherWallets.length > 0 &&
            t('otherWallets', { wallets: plan.otherWallets.map(words).join('、') })}
        </Notice>
      )}
      {plan.ways.length > 1 && (
        <Card title={t('way')}>
          <Choice
            ariaLabel={t('way')}
            value={way?.way}
            options={plan.ways.map((one) => ({ value: one.way, label: words(one.label) }))}
            onChange={onWay}
          />
        </Card>
      )}
    </>
  );
}

function problemOf(
  { leastFen, mostFen }: TopUpOptions,
  typed: string,
  fen: number | undefined,
  t: ReturnType<typeof useTexts<typeof texts.zh>>,
): string | undefined {
  if (typed === '') return undefined;
  if (fen === undefined) return t('unreadable');
  if (fen < leastFen) return t('tooLittle', { amount: yuanAmount(leastFen as Fen) });
  if (fen > mostFen) return t('tooMuch', { amount: yuanAmount(mostFen as Fen) });
  return undefined;
}
