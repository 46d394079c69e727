import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { countText, preciseText } from '../ui/format.ts';
import type { Health } from './HealthCard.tsx';

type Trouble = Health['trouble'][number];

/** The newest calls without a believable answer, or with a refusal. */
export function TroubleTable({ rows }: { readonly rows: readonly Trouble[] }) {
  const { t } = useTranslation(['channels', 'ui']);
  const [language] = useLanguage();
  if (rows.length === 0) return <p className="page-intro">{t('troubleNone')}</p>;
  return (
    <DataTable<Trouble>
      label={t('trouble')}
      size="small"
      dataSource={rows}
      rowKey={({ at, verb, orderNo }) => `${at} ${verb} ${orderNo}`}
      columns={[
        {
          title: t('trouble.at'),
          render: (_value, { at }) => <span className="figure">{preciseText(at, language)}</span>,
        },
        {
          title: t('trouble.verb'),
          render: (_value, { verb }) => (isKnown(verb) ? t(`verb.${verb}`) : verb),
        },
        {
          title: t('trouble.outcome'),
          render: (_value, { outcome }) =>
            outcome === 'refused' ? t('trouble.refused') : t('trouble.unknown'),
        },
        {
          title: t('trouble.said'),
          render: (_value, { said, status }) => (
            <span className="mono wrapping">
              {status !== null && `${status} `}
              {said}
            </span>
          ),
        },
        {
          title: t('trouble.ms'),
          align: 'right',
          render: (_value, { durationMs }) => (
            <span className="figure">{countText(durationMs)}</span>
          ),
        },
        {
          title: t('trouble.orderNo'),
          render: (_value, { orderNo }) => (
            <span className="mono nowrap">{orderNo ?? t('ui:none')}</span>
          ),
        },
      ]}
    />
  );
}

/** What we ask of channels; a new one shows as it is called until it has its words. */
const verbs = [
  'prepay',
  'query',
  'close',
  'refund',
  'refund-query',
  'statement',
  'statement-file',
  'certificates',
  'login',
  'mandate-plan',
  'mandate-announce',
  'mandate-query',
  'mandate-end',
] as const;

function isKnown(verb: string): verb is (typeof verbs)[number] {
  return verbs.some((known) => known === verb);
}
