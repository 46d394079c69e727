import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';

type Canned = Answer<'GET /api/canned-answers'>['items'][number];

/** Words for what is asked again and again. */
export function CannedCard() {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const [edited, setEdited] = useState<Canned | 'new' | undefined>();
  const query = useRead('GET /api/canned-answers', { query: {} });
  return (
    <Card
      title={<h2 className="card-title">{t('canned.title')}</h2>}
      extra={
        can('feedback.manage') && (
          <Button onClick={() => setEdited('new')}>{t('canned.add')}</Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNotice title={t('canned.empty')} hint={t('canned.emptyHint')} />
          ) : (
            <CannedTable items={items} onEdit={setEdited} />
          )
        }
      </Loaded>
      <CannedForm
        key={typeof edited === 'object' ? edited.id : 'new'}
        edited={edited}
        onClose={() => setEdited(undefined)}
      />
    </Card>
  );
}

interface TableProps {
  readonly items: readonly Canned[];
  readonly onEdit: (answer: Canned) => void;
}

function CannedTable({ items, onEdit }: TableProps) {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const remove = useWrite('DELETE /api/canned-answers/:answerId');
  return (
    <DataTable<Canned>
      label={t('canned.title')}
      dataSource={items}
      rowKey="id"
      columns={[
        { title: t('canned.name'), dataIndex: 'title' },
        {
          title: t('canned.text'),
          render: (_value, { text }) => <div className="wrapping">{text}</div>,
        },
        {
          title: t('categories.edit'),
          render: (_value, answer) =>
            can('feedback.manage') && (
              <div className="row">
                <Button
                  aria-label={`${t('categories.edit')} ${answer.title}`}
                  onClick={() => onEdit(answer)}
                >
                  {t('categories.edit')}
                </Button>
                <ConfirmButton
                  label={t('routings.remove')}
                  danger
                  title={t('canned.removeTitle', { title: answer.title })}
                  consequences={[t('canned.removeSays')]}
                  confirmLabel={t('routings.remove')}
                  onConfirm={() => remove.mutateAsync({ params: { answerId: answer.id } })}
                />
              </div>
            ),
        },
      ]}
    />
  );
}

interface Values {
  readonly title: string;
  readonly text: string;
  readonly textEn?: string;
}

interface FormProps {
  readonly edited: Canned | 'new' | undefined;
  readonly onClose: () => void;
}

function CannedForm({ edited, onClose }: FormProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const add = useWrite('POST /api/canned-answers');
  const change = useWrite('PUT /api/canned-answers/:answerId');
  const known = typeof edited === 'object' ? edited : undefined;
  const submit = async ({ title, text, textEn }: Values) => {
    const body = { title, text, textEn: textEn ?? '', categoryId: known?.categoryId ?? null };
    if (known) await change.mutateAsync({ params: { answerId: known.id }, body });
    else await add.mutateAsync({ body });
    done(t('settings.saved'));
  };
  return (
    <FormDrawer<Values>
      title={known?.title ?? t('canned.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      {...(known && { initialValues: known })}
      onSubmit={submit}
    >
      <TextField name="title" label={t('canned.name')} maxLength={40} required />
      <p>{t('canned.emptyHint')}</p>
      <LongTextField name="text" label={t('canned.text')} maxLength={1000} rows={5} required />
      <LongTextField name="textEn" label={t('canned.textEn')} maxLength={1000} rows={5} />
    </FormDrawer>
  );
}
