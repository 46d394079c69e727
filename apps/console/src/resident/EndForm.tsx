import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';

/** What is to end: the access to one home, or every session. */
export type Ending =
  | { readonly kind: 'binding'; readonly bindingId: string; readonly home: string }
  | { readonly kind: 'sessions'; readonly count: number };

interface EndFormProps {
  readonly residentId: string;
  readonly ending: Ending;
  readonly onClose: () => void;
}

/** Says what happens, and asks why: the reason stays in the log. */
export function EndForm({ residentId, ending, onClose }: EndFormProps) {
  const { t } = useTranslation('resident');
  const endBinding = useWrite('POST /api/residents/:residentId/bindings/:bindingId/end');
  const endSessions = useWrite('POST /api/residents/:residentId/sessions/end');
  const isBinding = ending.kind === 'binding';
  return (
    <FormDrawer<{ readonly reason: string }>
      title={isBinding ? t('detail.endOf', { home: ending.home }) : t('detail.endSessions')}
      isOpen
      onClose={onClose}
      submitLabel={isBinding ? t('detail.end') : t('detail.endSessions')}
      onSubmit={({ reason }) =>
        isBinding
          ? endBinding.mutateAsync({
              params: { residentId, bindingId: ending.bindingId },
              body: { reason },
            })
          : endSessions.mutateAsync({ params: { residentId }, body: { reason } })
      }
    >
      <p>
        {isBinding ? t('detail.endWhat') : t('detail.endSessionsWhat', { count: ending.count })}
      </p>
      <TextField name="reason" label={t('detail.reason')} required maxLength={200} />
    </FormDrawer>
  );
}
