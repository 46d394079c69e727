import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useReceiverOptions } from './use-ticket-choices.ts';

interface BulkProps {
  readonly ids: readonly string[];
  readonly onDone: () => void;
}

interface Left {
  readonly ticketNo: string;
  readonly reason: { readonly zh: string; readonly en: string };
}

/** What is done to all that are chosen; what could not be done says why. */
export function BulkActions({ ids, onDone }: BulkProps) {
  const { t } = useTranslation('feedback');
  const { can } = useSession();
  const [language] = useLanguage();
  const { done } = useMessages();
  const work = useWrite('POST /api/tickets/bulk');
  const [isOpen, setOpen] = useState(false);
  const [left, setLeft] = useState<readonly Left[]>([]);
  const close = async () => {
    const answer = await work.mutateAsync({ body: { ticketIds: [...ids], action: 'close' } });
    setLeft(answer.left);
    done(t('bulk.done', { done: answer.done, left: answer.left.length }));
    if (answer.left.length === 0) onDone();
  };
  if (!can('feedback.reply')) return null;
  return (
    <div className="stack">
      <div className="row">
        <strong>{t('bulk.chosen', { count: ids.length })}</strong>
        <Button onClick={() => setOpen(true)}>{t('bulk.assign')}</Button>
        <ConfirmButton
          label={t('bulk.close')}
          danger
          title={t('bulk.closeTitle', { count: ids.length })}
          consequences={[t('bulk.closeSays')]}
          confirmLabel={t('bulk.close')}
          onConfirm={close}
        />
      </div>
      {left.map(({ ticketNo, reason }) => (
        <Alert key={ticketNo} type="warning" title={`${ticketNo}：${reason[language]}`} />
      ))}
      <AssignForm ids={ids} isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}

interface Values {
  readonly assigneeId?: string;
  readonly roleId?: string;
}

interface AssignProps {
  readonly ids: readonly string[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** To a person, to everybody of a role, or to nobody. */
export function AssignForm({ ids, isOpen, onClose }: AssignProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const { staff, roles } = useReceiverOptions();
  const work = useWrite('POST /api/tickets/bulk');
  const submit = async ({ assigneeId, roleId }: Values) => {
    const receiver = { assigneeId: assigneeId ?? null, roleId: roleId ?? null };
    const body = { ticketIds: [...ids], action: 'assign' as const, ...receiver };
    const answer = await work.mutateAsync({ body });
    const counts = { done: answer.done, left: answer.left.length };
    done(counts.left === 0 ? t('assign.done') : t('bulk.done', counts));
  };
  return (
    <FormDrawer<Values>
      title={t('assign.title')}
      isOpen={isOpen}
      onClose={onClose}
      submitLabel={t('bulk.assign')}
      onSubmit={submit}
    >
      <SelectField name="assigneeId" label={t('assign.staff')} options={staff} />
      <SelectField name="roleId" label={t('assign.role')} options={roles} />
    </FormDrawer>
  );
}
