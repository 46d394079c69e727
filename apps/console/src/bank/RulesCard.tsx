import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Body } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useMessages } from '../ui/use-messages.ts';

type Rules = Answer<'GET /api/bank-rules'>;
type Rule = Rules['items'][number];

const kinds = ['settlement', 'own-transfer', 'reversal', 'other'] as const;
const places = ['counterparty', 'text', 'either'] as const;

/** Credits that are no payments of residents, told by words. */
export function RulesCard() {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const query = useRead('GET /api/bank-rules', {});
  return (
    <Card
      title={<h2 className="card-title">{t('rules.title')}</h2>}
      extra={can('bank.write') && <Button onClick={() => setOpen(true)}>{t('rules.add')}</Button>}
    >
      <div className="stack">
        <span>{t('rules.intro')}</span>
        <Loaded query={query}>
          {({ items, examples }) => (
            <>
              {items.length === 0 ? (
                <EmptyNotice title={t('rules.empty')} hint={t('rules.emptyHint')} />
              ) : (
                <RuleTable rules={items} />
              )}
              {examples.length > 0 && can('bank.write') && <Examples examples={examples} />}
            </>
          )}
        </Loaded>
      </div>
      <RuleForm isOpen={isOpen} onClose={() => setOpen(false)} />
    </Card>
  );
}

function RuleTable({ rules }: { readonly rules: readonly Rule[] }) {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  return (
    <DataTable<Rule>
      label={t('rules.title')}
      dataSource={rules}
      rowKey="id"
      columns={[
        { title: t('rules.words'), dataIndex: 'words' },
        { title: t('rules.place'), render: (_value, { place }) => t(`place.${place}`) },
        { title: t('rules.kind'), render: (_value, { kind }) => t(`kind.${kind}`) },
        {
          title: t('accounts.state'),
          render: (_value, { isActive }) => (
            <StateTag tone={isActive ? 'success' : 'default'}>
              {t(isActive ? 'rules.on' : 'rules.isOff')}
            </StateTag>
          ),
        },
        ...(can('bank.write')
          ? [
              {
                title: t('accounts.actions'),
                key: 'do',
                render: (_value: unknown, rule: Rule) => <RuleActions rule={rule} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function RuleActions({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('bank');
  const { failed } = useMessages();
  const change = useWrite('PATCH /api/bank-rules/:ruleId');
  const remove = useWrite('DELETE /api/bank-rules/:ruleId');
  const { id, createdAt: _at, isActive, ...content } = rule;
  const params = { ruleId: id };
  const toggle = t(isActive ? 'rules.off' : 'rules.active');
  return (
    <div className="row">
      <Button
        aria-label={`${toggle} ${rule.words}`}
        loading={change.isPending}
        onClick={() =>
          change.mutate({ params, body: { ...content, isActive: !isActive } }, { onError: failed })
        }
      >
        {toggle}
      </Button>
      <ConfirmButton
        label={t('rules.remove')}
        danger
        title={t('rules.removeTitle', { words: rule.words })}
        consequences={[t('rules.removeSays')]}
        confirmLabel={t('rules.remove')}
        onConfirm={() => remove.mutateAsync({ params })}
      />
    </div>
  );
}

function Examples({ examples }: { readonly examples: Rules['examples'] }) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  const { failed } = useMessages();
  const add = useWrite('POST /api/bank-rules');
  return (
    <details open>
      <summary>{t('rules.examples')}</summary>
      <ul className="confirm-figures">
        {examples.map(({ note, ...rule }) => (
          <li key={rule.words}>
            <strong>{rule.words}</strong>
            {t('rules.example', { place: t(`place.${rule.place}`), note: note[language] })}{' '}
            <Button
              size="small"
              aria-label={`${t('rules.take')} ${rule.words}`}
              onClick={() => add.mutate({ body: rule }, { onError: failed })}
            >
              {t('rules.take')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface RuleFormProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function RuleForm({ isOpen, onClose }: RuleFormProps) {
  const { t } = useTranslation('bank');
  const add = useWrite('POST /api/bank-rules');
  return (
    <FormDrawer<Body<'POST /api/bank-rules'>>
      title={t('rules.add')}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{ kind: 'settlement', place: 'counterparty' }}
      onSubmit={(body) => add.mutateAsync({ body })}
    >
      <TextField name="words" label={t('rules.words')} required maxLength={60} />
      <SelectField
        name="place"
        label={t('rules.place')}
        required
        options={places.map((value) => ({ value, label: t(`place.${value}`) }))}
      />
      <SelectField
        name="kind"
        label={t('rules.kind')}
        required
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
    </FormDrawer>
  );
}
