import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { type Rule, RuleForm } from './RuleForm.tsx';
import { useRuleWords } from './use-rule-words.ts';

/** When bills are debited, told of and tried again; for the company, and where one differs. */
export function RulesPage() {
  const { t } = useTranslation('autopay');
  const { can } = useSession();
  const [editing, edit] = useState<Rule | 'new'>();
  const query = useRead('GET /api/autopay/settings', {});
  const mayWrite = can('autopay.write');
  return (
    <Page
      title={t('rules.title')}
      intro={t('rules.intro')}
      parent={{ label: t('mandates.title'), to: paths.autopay() }}
      actions={
        mayWrite && (
          <Button type="primary" onClick={() => edit('new')}>
            {t('rules.add')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Card>
              <RuleTable rules={items} onEdit={mayWrite ? edit : undefined} />
            </Card>
            <RuleForm
              key={editing === undefined || editing === 'new' ? editing : editing.communityId}
              rule={editing}
              company={items[0]}
              onClose={() => edit(undefined)}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface RuleTableProps {
  readonly rules: readonly Rule[];
  readonly onEdit: ((rule: Rule) => void) | undefined;
}

function RuleTable({ rules, onEdit }: RuleTableProps) {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  const words = useRuleWords();
  const nameOf = ({ communityName }: Rule) => communityName ?? t('rules.company');
  return (
    <DataTable<Rule>
      label={t('rules.title')}
      dataSource={rules}
      rowKey={({ communityId }) => communityId ?? 'company'}
      columns={[
        { title: t('rules.community'), render: (_value, rule) => nameOf(rule) },
        { title: t('rules.day'), render: (_value, rule) => words.day(rule) },
        { title: t('rules.notice'), render: (_value, rule) => words.notice(rule) },
        { title: t('rules.retries'), render: (_value, rule) => words.retries(rule) },
        {
          title: t('rules.updated'),
          render: (_value, { updatedAt, updatedBy }) =>
            updatedAt === null
              ? t('rules.default')
              : `${instantText(updatedAt, language)} · ${updatedBy ?? ''}`,
        },
        ...(onEdit
          ? [
              {
                title: t('rules.edit'),
                render: (_value: unknown, rule: Rule) => (
                  <div className="row">
                    <Button
                      aria-label={t('rules.editOf', { name: nameOf(rule) })}
                      onClick={() => onEdit(rule)}
                    >
                      {t('rules.edit')}
                    </Button>
                    {rule.communityId !== null && <RemoveRule communityId={rule.communityId} />}
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function RemoveRule({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation('autopay');
  const { done } = useMessages();
  const remove = useWrite('DELETE /api/autopay/settings/:communityId');
  return (
    <ConfirmButton
      label={t('rules.remove')}
      danger
      title={t('rules.removeTitle')}
      consequences={[t('rules.removeSays')]}
      confirmLabel={t('rules.remove')}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { communityId } });
        done(t('rules.saved'));
      }}
    />
  );
}
