import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { averageText } from './average.ts';

type Digest = Answer<'GET /api/feedback-digests/:weekStart'>;

/** What a week was about, and where its payments were abandoned. */
export function DigestPage() {
  const { t } = useTranslation('feedback');
  const { values, set } = useUrlFilters(['week']);
  const list = useRead('GET /api/feedback-digests', {});
  return (
    <Page title={t('digest.title')} intro={t('digest.intro')}>
      <Loaded query={list}>
        {({ weeks }) => {
          const week = values.week ?? weeks[0];
          if (week === undefined) {
            return (
              <Card>
                <EmptyNotice title={t('digest.empty')} hint={t('digest.emptyHint')} />
              </Card>
            );
          }
          return (
            <>
              <FilterSelect
                label={t('digest.week')}
                value={week}
                onChange={(next) => set({ week: next })}
                options={weeks.map((value) => ({ value, label: value }))}
              />
              <Week weekStart={week} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Week({ weekStart }: { readonly weekStart: string }) {
  const query = useRead('GET /api/feedback-digests/:weekStart', { params: { weekStart } });
  return (
    <Loaded query={query}>
      {(digest) => (
        <>
          <Figures digest={digest} />
          <Themes digest={digest} />
          <Payments payments={digest.payments} />
        </>
      )}
    </Loaded>
  );
}

function Figures({ digest }: { readonly digest: Digest }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const { tickets, weekStart, weekEnd } = digest;
  const percent = (value: number | null) => (value === null ? t('ui:none') : `${value}%`);
  return (
    <Card
      title={<h2 className="card-title">{t('digest.range', { from: weekStart, to: weekEnd })}</h2>}
    >
      <dl className="tiles">
        <Tile
          label={t('digest.opened')}
          value={tickets.opened}
          note={t('digest.before', { count: tickets.openedBefore })}
        />
        <Tile label={t('digest.resolved')} value={tickets.resolved} />
        <Tile label={t('digest.overdue')} value={tickets.overdue} />
        <Tile label={t('digest.firstReply')} value={percent(tickets.firstReplyInTimePercent)} />
        <Tile label={t('digest.solved')} value={percent(tickets.resolvedInTimePercent)} />
        <Tile
          label={t('digest.rating')}
          value={averageText(tickets.averageRatingHundredths) ?? t('ui:none')}
        />
        <Tile
          label={t('survey.title')}
          value={averageText(digest.satisfaction.averageHundredths) ?? t('ui:none')}
        />
      </dl>
    </Card>
  );
}

function Themes({ digest }: { readonly digest: Digest }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  const words = digest.words.map(({ word, count }) => `${word} ${count}`).join(' · ');
  return (
    <Card title={<h2 className="card-title">{t('digest.themes')}</h2>}>
      <div className="stack">
        {[digest.categories, digest.communities].map((counts, index) => (
          <DataTable<Digest['categories'][number]>
            key={index}
            label={t(index === 0 ? 'list.category' : 'new.community')}
            dataSource={counts}
            rowKey={({ label }) => label.zh}
            columns={[
              {
                title: t(index === 0 ? 'list.category' : 'new.community'),
                render: (_value, { label }) => label[language],
              },
              { title: t('digest.count'), dataIndex: 'count', align: 'right' },
            ]}
          />
        ))}
        <p>
          {t('digest.words')}：{words || t('ui:none')}
        </p>
      </div>
    </Card>
  );
}

function Payments({ payments }: { readonly payments: Digest['payments'] }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  return (
    <Card title={<h2 className="card-title">{t('digest.payments')}</h2>}>
      {payments.length === 0 ? (
        <EmptyNotice title={t('digest.noPayments')} />
      ) : (
        <DataTable<Digest['payments'][number]>
          label={t('digest.payments')}
          dataSource={payments}
          rowKey={(row) => `${row.surface.zh}${row.channel}${row.errorCode}`}
          columns={[
            { title: t('digest.surface'), render: (_value, { surface }) => surface[language] },
            { title: t('digest.channel'), dataIndex: 'channel' },
            {
              title: t('digest.error'),
              render: (_value, { errorCode }) => errorCode ?? t('ui:none'),
            },
            { title: t('digest.started'), dataIndex: 'started', align: 'right' },
            { title: t('digest.instructed'), dataIndex: 'instructed', align: 'right' },
            { title: t('digest.paid'), dataIndex: 'paid', align: 'right' },
            { title: t('digest.left'), dataIndex: 'left', align: 'right' },
          ]}
        />
      )}
    </Card>
  );
}
