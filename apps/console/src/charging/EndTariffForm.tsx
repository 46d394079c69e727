import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { DayField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import type { Tariff } from './TariffsPage.tsx';

interface EndTariffFormProps {
  readonly tariff: Tariff | undefined;
  readonly onClose: () => void;
}

export function EndTariffForm({ tariff, onClose }: EndTariffFormProps) {
  const { t } = useTranslation('charging');
  const { done } = useMessages();
  const end = useWrite('POST /api/tariffs/:tariffId/end');
  return (
    <FormDrawer<{ readonly effectiveTo: string }>
      title={t('tariff.endTitle', { name: tariff?.name ?? '' })}
      isOpen={tariff !== undefined}
      onClose={onClose}
      initialValues={{ effectiveTo: todayOf() }}
      submitLabel={t('tariff.end')}
      onSubmit={async ({ effectiveTo }) => {
        if (!tariff) return;
        await end.mutateAsync({ params: { tariffId: tariff.id }, body: { effectiveTo } });
        done(t('tariff.ended'));
      }}
    >
      <DayField
        name="effectiveTo"
        label={t('tariff.effectiveTo')}
        required
        help={t('tariff.endHelp')}
      />
    </FormDrawer>
  );
}
