import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { paths } from '../paths.ts';
import { DayField, SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';

interface RunValues {
  readonly communityId: string;
  readonly month: string;
}

interface BillRunFormProps {
  readonly isOpen: boolean;
  readonly communityId: string | undefined;
  readonly onClose: () => void;
}

/** Chooses whose month is to be billed; the draft then opens for review. */
export function BillRunForm({ isOpen, communityId, onClose }: BillRunFormProps) {
  const { t } = useTranslation('billing');
  const navigate = useNavigate();
  const draft = useWrite('POST /api/bill-runs');
  const { options, isLoading } = useCommunityOptions();
  const only = options.length === 1 ? options[0]?.value : undefined;
  const chosen = communityId ?? only;
  return (
    <FormDrawer<RunValues>
      // A list that arrives late still fills in the only community.
      key={chosen ?? 'none'}
      title={t('runs.add')}
      isOpen={isOpen}
      onClose={onClose}
      submitLabel={t('runs.draft')}
      initialValues={{
        ...(chosen !== undefined && { communityId: chosen }),
        month: dayjs(todayOf()).format('YYYY-MM-01'),
      }}
      onSubmit={async ({ communityId: id, month }) => {
        const run = await draft.mutateAsync({ body: { communityId: id, month } });
        void navigate(paths.billRun(run.id));
      }}
    >
      <SelectField
        name="communityId"
        label={t('runs.community')}
        required
        options={options}
        loading={isLoading}
      />
      <DayField
        name="month"
        label={t('runs.month')}
        picker="month"
        required
        help={t('runs.addHelp')}
      />
    </FormDrawer>
  );
}
