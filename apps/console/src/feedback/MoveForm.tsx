import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useCategoryOptions } from './use-ticket-choices.ts';

interface MoveProps {
  readonly ticketId: string;
  readonly categoryId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Another category: another receiver and other hours, counted from when it was reported. */
export function MoveForm({ ticketId, categoryId, isOpen, onClose }: MoveProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const { ordinary } = useCategoryOptions();
  const move = useWrite('POST /api/tickets/:ticketId/category');
  const submit = async (values: { readonly categoryId: string }) => {
    await move.mutateAsync({ params: { ticketId }, body: values });
    done(t('move.done'));
  };
  return (
    <FormDrawer<{ readonly categoryId: string }>
      title={t('move.title')}
      isOpen={isOpen}
      onClose={onClose}
      submitLabel={t('move.title')}
      onSubmit={submit}
    >
      <p>{t('move.says')}</p>
      <SelectField
        name="categoryId"
        label={t('list.category')}
        options={ordinary.filter(({ value }) => value !== categoryId)}
        required
      />
    </FormDrawer>
  );
}
