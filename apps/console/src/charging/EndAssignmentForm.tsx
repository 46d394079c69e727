import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { DayField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { Assignment } from './AssignmentsPage.tsx';

interface EndAssignmentFormProps {
  readonly assignment: Assignment | undefined;
  readonly onClose: () => void;
}

export function EndAssignmentForm({ assignment, onClose }: EndAssignmentFormProps) {
  const { t } = useTranslation('charging');
  const { done } = useMessages();
  const end = useWrite('POST /api/assignments/:assignmentId/end');
  return (
    <FormDrawer<{ readonly toOn: string }>
      title={t('assignment.endTitle', {
        unit: assignment?.unitLabel ?? '',
        item: assignment?.feeItemName ?? '',
      })}
      isOpen={assignment !== undefined}
      onClose={onClose}
      initialValues={{ toOn: todayOf() }}
      submitLabel={t('assignment.end')}
      onSubmit={async ({ toOn }) => {
        if (!assignment) return;
        await end.mutateAsync({ params: { assignmentId: assignment.id }, body: { toOn } });
        done(t('assignment.ended'));
      }}
    >
      <DayField name="toOn" label={t('assignment.to')} required help={t('assignment.endHelp')} />
    </FormDrawer>
  );
}
