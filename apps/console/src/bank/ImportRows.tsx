import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { dayText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import type { BankImport } from './ImportPage.tsx';

type Row = Item<'GET /api/bank-imports/:bankImportId/rows'>;

const shown = 20;
const tones: Readonly<Record<Row['verdict'], Tone>> = {
  new: 'success',
  repeat: 'default',
  'look-alike': 'warning',
  'not-payment': 'default',
  debit: 'default',
};

/** The first rows as they were understood, before anything is imported. */
export function ImportRows({ one }: { readonly one: BankImport }) {
  const { t } = useTranslation(['bank', 'ui']);
  const [language] = useLanguage();
  const query = useRead('GET /api/bank-imports/:bankImportId/rows', {
    params: { bankImportId: one.id },
    query: { limit: shown },
  });
  return (
    <Card title={<h2 className="card-title">{t('rows.title')}</h2>}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNotice title={t('rows.empty')} hint={t('rows.emptyHint')} />
          ) : (
            <DataTable<Row>
              label={t('rows.title')}
              dataSource={items}
              rowKey="id"
              columns={[
                {
                  title: t('problems.where'),
                  render: (_value, { row }) => t('problems.row', { row }),
                },
                {
                  title: t('entries.day'),
                  render: (_value, { bookedOn }) => dayText(bookedOn, language),
                },
                {
                  title: t('entries.amount'),
                  align: 'right',
                  render: (_value, { direction, amountFen }) => (
                    <Money fen={direction === 'credit' ? amountFen : -amountFen} />
                  ),
                },
                {
                  title: t('rows.verdict'),
                  render: (_value, { verdict }) => (
                    <StateTag tone={tones[verdict]}>{t(`verdict.${verdict}`)}</StateTag>
                  ),
                },
                {
                  title: t('entries.counterparty'),
                  render: (_value, { counterpartyMasked }) => counterpartyMasked || t('ui:none'),
                },
                {
                  title: t('entries.text'),
                  render: (_value, { text }) => <div className="wrapping">{text}</div>,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
