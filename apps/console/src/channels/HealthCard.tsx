import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { countText, instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import type { Account } from './AccountTags.tsx';
import { RefusalsTable } from './RefusalsTable.tsx';
import { TroubleTable } from './TroubleTable.tsx';

export type Health = Answer<'GET /api/merchant-accounts/:id/health'>;
type Window = Health['windows'][number];

const refreshMs = 15_000;
const basisPoints = 10_000;

/** How calls at the channel went lately, whether new payments go there, and what went wrong. */
export function HealthCard({ account }: { readonly account: Account }) {
  const { t } = useTranslation('channels');
  const query = useRead(
    'GET /api/merchant-accounts/:id/health',
    { params: { id: account.id } },
    { refreshMs: () => refreshMs },
  );
  return (
    <Card title={<h2 className="card-title">{t('health')}</h2>}>
      <Loaded query={query}>
        {(health) => (
          <div className="stack">
            <CircuitNotice health={health} />
            <WindowsTable health={health} />
            <h3 className="card-title">{t('trouble')}</h3>
            <TroubleTable rows={health.trouble} />
            <h3 className="card-title">{t('refusals')}</h3>
            <RefusalsTable rows={health.refusals} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function CircuitNotice({ health }: { readonly health: Health }) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  const { circuit, since, reason, retryAt } = health;
  if (circuit === 'closed') return <span>{t('circuit.closedSays')}</span>;
  return (
    <Alert
      type={circuit === 'open' ? 'error' : 'warning'}
      showIcon
      title={t(`circuit.${circuit}Says`)}
      description={
        <div className="stack-tight">
          {reason && <span>{reason[language]}</span>}
          {since && <span>{t('circuit.since', { at: instantText(since, language) })}</span>}
          {retryAt && <span>{t('circuit.retryAt', { at: instantText(retryAt, language) })}</span>}
        </div>
      }
    />
  );
}

function WindowsTable({ health }: { readonly health: Health }) {
  const { t } = useTranslation(['channels', 'ui']);
  const number = (count: number) => <span className="figure">{countText(count)}</span>;
  const ms = (value: number | null, calls: number) => {
    if (calls === 0) return t('ui:none');
    return value === null
      ? t('health.longer', { ms: countText(health.longestMs) })
      : t('health.within', { ms: countText(value) });
  };
  return (
    <DataTable<Window>
      label={t('health')}
      size="small"
      dataSource={health.windows}
      rowKey={({ minutes, verb }) => `${minutes} ${verb}`}
      columns={[
        { title: t('health.window'), render: (_value, { minutes }) => <WindowName of={minutes} /> },
        { title: t('health.verb'), render: (_value, { verb }) => t(`health.verb.${verb}`) },
        { title: t('health.calls'), align: 'right', render: (_value, row) => number(row.calls) },
        {
          title: t('health.rate'),
          align: 'right',
          render: (_value, { successRateBp }) => (
            <span className="figure">
              {successRateBp === null ? t('ui:none') : percentText(successRateBp)}
            </span>
          ),
        },
        { title: t('health.sick'), align: 'right', render: (_value, row) => number(row.sick) },
        {
          title: t('health.refused'),
          align: 'right',
          render: (_value, row) => number(row.refused),
        },
        {
          title: t('health.p50'),
          align: 'right',
          render: (_value, { p50Ms, calls }) => <span className="figure">{ms(p50Ms, calls)}</span>,
        },
        {
          title: t('health.p95'),
          align: 'right',
          render: (_value, { p95Ms, calls }) => <span className="figure">{ms(p95Ms, calls)}</span>,
        },
      ]}
    />
  );
}

function WindowName({ of: minutes }: { readonly of: number }) {
  const { t } = useTranslation('channels');
  const hourMinutes = 60;
  return minutes < hourMinutes
    ? t('health.minutes', { count: minutes })
    : t('health.hours', { count: minutes / hourMinutes });
}

/** 9950 → 99.5%; never rounded up to 100. */
function percentText(bp: number): string {
  const tenths = Math.floor((bp * 1000) / basisPoints);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}
