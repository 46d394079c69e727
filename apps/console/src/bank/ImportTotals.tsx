import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Facts } from '../ui/Facts.tsx';
import { Money } from '../ui/Money.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { Tile } from '../ui/Tile.tsx';
import type { BankImport } from './ImportPage.tsx';

export type Totals = NonNullable<BankImport['totals']>;

/** What the file holds, and after the import, what became of it. */
export function ImportTotals({
  one,
  totals,
}: {
  readonly one: BankImport;
  readonly totals: Totals;
}) {
  const { t } = useTranslation('bank');
  const count = (value: number) => t('import.count', { count: value });
  const sum = (label: string, { count: number, amountFen }: Totals['credits']) => (
    <Tile label={label} value={<Money fen={amountFen} />} note={count(number)} />
  );
  return (
    <>
      <dl className="tiles">
        {sum(t('import.credits'), totals.credits)}
        {one.state === 'applied' && sum(t('import.matched'), totals.matched)}
        {one.state === 'applied' && sum(t('import.suspense'), totals.suspense)}
        {sum(t('import.debits'), totals.debits)}
        {totals.notPayments.count > 0 && sum(t('import.notPayments'), totals.notPayments)}
        {totals.repeats > 0 && <Tile label={t('import.repeats')} value={count(totals.repeats)} />}
        {totals.lookAlikes > 0 && (
          <Tile label={t('import.lookAlikes')} value={count(totals.lookAlikes)} tone="bad" />
        )}
        {totals.pending + totals.skipped > 0 && (
          <Tile
            label={t('import.left')}
            value={count(totals.pending + totals.skipped)}
            note={t('import.leftNote', { pending: totals.pending, skipped: totals.skipped })}
          />
        )}
      </dl>
      {one.balances.map((balance, index) => (
        // The statements of a file stay in their order.
        <Balance key={index} one={balance} />
      ))}
    </>
  );
}

function Balance({ one }: { readonly one: BankImport['balances'][number] }) {
  const { t } = useTranslation(['bank', 'ui']);
  const money = (fen: number | null) => (fen === null ? t('ui:none') : <Money fen={fen} />);
  const says =
    one.isBalanced === null
      ? t('import.noBalance')
      : t(one.isBalanced ? 'import.balanced' : 'import.unbalanced');
  const tone = one.isBalanced === null ? 'default' : one.isBalanced ? 'success' : 'error';
  return (
    <Card
      title={<h2 className="card-title">{t('import.balance')}</h2>}
      extra={<StateTag tone={tone}>{says}</StateTag>}
    >
      <Facts
        facts={[
          { label: t('import.opening'), value: money(one.openingFen) },
          { label: t('import.sum'), value: money(one.sumFen) },
          { label: t('import.closing'), value: money(one.closingFen) },
        ]}
      />
    </Card>
  );
}
