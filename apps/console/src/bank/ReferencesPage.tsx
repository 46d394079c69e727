import { Button, Card, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { upload } from '../api/upload.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataList } from '../ui/DataPage.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { Page } from '../ui/Page.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { useMessages } from '../ui/use-messages.ts';
import { useAccountOptions } from './use-account-options.ts';

type Reference = Item<'GET /api/bank-references'>;

/** What the payers of each unit write on a transfer, to be printed. */
export function ReferencesPage() {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  const { values, set } = useUrlFilters(['communityId']);
  const communities = useCommunityOptions();
  const only = communities.options.length === 1 ? communities.options[0]?.value : undefined;
  const communityId = values.communityId ?? only;
  return (
    <Page
      title={t('references.title')}
      intro={t('references.intro')}
      actions={communityId && can('bank.write') && <MakeButton communityId={communityId} />}
    >
      <Card>
        <div className="stack">
          <div className="filters">
            <FilterSelect
              label={t('references.community')}
              value={communityId}
              placeholder={t('references.choose')}
              onChange={(next) => set({ communityId: next })}
              options={communities.options}
              loading={communities.isLoading}
              width={220}
            />
          </div>
          {communityId ? (
            <References communityId={communityId} />
          ) : (
            <EmptyNotice title={t('references.choose')} hint={t('references.intro')} />
          )}
        </div>
      </Card>
      {can('bank.write') && <SubAccountsCard />}
    </Page>
  );
}

function MakeButton({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation('bank');
  const { done } = useMessages();
  const make = useWrite('POST /api/bank-references');
  return (
    <ConfirmButton
      type="primary"
      label={t('references.make')}
      title={t('references.makeTitle')}
      consequences={[t('references.makeSays')]}
      confirmLabel={t('references.makeDo')}
      onConfirm={async () => {
        const { made } = await make.mutateAsync({ body: { communityId } });
        done(t('references.made', { count: made }));
      }}
    />
  );
}

function References({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation(['bank', 'ui']);
  const { after } = useUrlFilters(['communityId']);
  const query = useRead('GET /api/bank-references', { query: { communityId, after } });
  return (
    <DataList<Reference>
      label={t('references.title')}
      query={query}
      rowKey={({ unitId }) => unitId}
      exportUrl={addressOf('/api/bank-references.csv', {}, { communityId })}
      empty={{ title: t('references.emptyTitle'), hint: t('references.emptyHint') }}
      columns={[
        {
          title: t('entries.unit'),
          render: (_value, { unitId, unitLabel }) => (
            <Link to={paths.unit(unitId)}>{unitLabel}</Link>
          ),
        },
        {
          title: t('references.code'),
          render: (_value, { referencePrinted }) => (
            <span className="mono">{referencePrinted ?? t('ui:none')}</span>
          ),
        },
        {
          title: t('references.subAccount'),
          render: (_value, { subAccount }) => (
            <span className="mono">{subAccount ?? t('ui:none')}</span>
          ),
        },
        {
          title: t('references.bank'),
          render: (_value, { subAccountBankName }) => subAccountBankName ?? t('ui:none'),
        },
      ]}
    />
  );
}

/** The bank's own list of numbers, all or nothing. */
function SubAccountsCard() {
  const { t } = useTranslation('bank');
  const { done } = useMessages();
  const { options } = useAccountOptions({ activeOnly: true });
  const [account, setAccount] = useState<string | undefined>();
  const [failure, setFailure] = useState<unknown>(undefined);
  const [isSending, setSending] = useState(false);
  const send = async (file: File) => {
    setSending(true);
    setFailure(undefined);
    try {
      const answer = await upload({
        url: '/api/bank-sub-accounts',
        parts: [
          ['bankAccountId', account ?? ''],
          ['file', file],
        ],
        onProgress: () => undefined,
      });
      done(t('references.imported', { count: savedIn(answer) }));
    } catch (error) {
      setFailure(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <Card title={<h2 className="card-title">{t('references.import')}</h2>}>
      <div className="stack">
        <span>{t('references.importHint')}</span>
        {failure !== undefined && <FailureNotice error={failure} />}
        <div className="filters">
          <div className="filter">
            <label htmlFor="sub-accounts-of">{t('references.importTo')}</label>
            <Select
              id="sub-accounts-of"
              value={account ?? null}
              options={[...options]}
              style={{ width: 260 }}
              onChange={(next: string | null) => setAccount(next ?? undefined)}
            />
          </div>
          <Upload
            accept=".xlsx,.csv"
            showUploadList={false}
            disabled={account === undefined}
            beforeUpload={(file) => {
              void send(file);
              return false;
            }}
          >
            <Button loading={isSending} disabled={account === undefined}>
              {t('references.file')}
            </Button>
          </Upload>
        </div>
      </div>
    </Card>
  );
}

function savedIn(answer: unknown): number {
  const isAnswer = typeof answer === 'object' && answer !== null && 'saved' in answer;
  return isAnswer ? Number(answer.saved) : 0;
}
