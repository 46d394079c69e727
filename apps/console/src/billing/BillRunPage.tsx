import { Card, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { Facts } from '../ui/Facts.tsx';
import { countText, instantText, monthText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { RunActions } from './RunActions.tsx';
import { RunBills } from './RunBills.tsx';
import { RunOutliers } from './RunOutliers.tsx';
import { RunSkipped } from './RunSkipped.tsx';
import { RunStateTag } from './RunStateTag.tsx';
import { RunTotals } from './RunTotals.tsx';

export type Run = Answer<'GET /api/bill-runs/:runId'>;

/** Where a draft is checked before it becomes visible. */
export function BillRunPage() {
  const { runId = '' } = useParams();
  const query = useRead('GET /api/bill-runs/:runId', { params: { runId } });
  return <Loaded query={query}>{(run) => <RunView run={run} />}</Loaded>;
}

function RunView({ run }: { readonly run: Run }) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  const { values, set } = useUrlFilters(['tab', 'search', 'feeItemId', 'reason']);
  const title = t('run.title', {
    community: run.communityName,
    month: monthText(run.month, language),
  });
  const noFilters = { search: undefined, feeItemId: undefined, reason: undefined };
  return (
    <Page
      title={title}
      parent={{ label: t('run.parent'), to: paths.billRuns() }}
      badge={<RunStateTag state={run.state} />}
      actions={<RunActions run={run} title={title} />}
    >
      <RunFigures run={run} />
      <Card>
        <Tabs
          activeKey={values.tab ?? 'review'}
          onChange={(tab) => set({ ...noFilters, tab: tab === 'review' ? undefined : tab })}
          destroyOnHidden
          items={[
            {
              key: 'review',
              label: t('run.tabTotals'),
              children: (
                <div className="stack">
                  <RunTotals run={run} />
                  <RunOutliers run={run} />
                </div>
              ),
            },
            { key: 'bills', label: t('run.tabBills'), children: <RunBills run={run} /> },
            {
              key: 'skipped',
              label: t('run.tabSkipped', { count: run.skippedCount }),
              children: <RunSkipped run={run} />,
            },
          ]}
        />
      </Card>
    </Page>
  );
}

function RunFigures({ run }: { readonly run: Run }) {
  const { t } = useTranslation(['billing', 'ui']);
  const [language] = useLanguage();
  const byOn = (who: string | null, at: string) =>
    t('run.byOn', { who: who ?? t('ui:none'), at: instantText(at, language) });
  return (
    <>
      <dl className="tiles">
        <Tile label={t('runs.bills')} value={countText(run.billCount)} />
        <Tile label={t('runs.amount')} value={<Money fen={run.amountFen} />} />
        <Tile label={t('runs.skipped')} value={countText(run.skippedCount)} />
      </dl>
      <Card>
        <Facts
          facts={[
            { label: t('run.created'), value: byOn(run.createdBy, run.createdAt) },
            ...(run.publishedAt
              ? [{ label: t('run.published'), value: byOn(run.publishedBy, run.publishedAt) }]
              : []),
            ...(run.voidedAt
              ? [
                  { label: t('run.voided'), value: byOn(run.voidedBy, run.voidedAt) },
                  { label: t('run.voidReason'), value: run.voidReason },
                ]
              : []),
          ]}
        />
      </Card>
    </>
  );
}
