import { Collapse, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/Fields.tsx';
import { lastDueDay, roundingModes, roundingPoints, roundingUnits } from './tariff-terms.ts';

const monthsOfYear = Array.from({ length: 12 }, (_unused, index) => index + 1);
const dueDays = Array.from({ length: lastDueDay }, (_unused, index) => index + 1);

/** What most tariffs leave as it is. */
export function RoundingFields() {
  const { t } = useTranslation('charging');
  const period = Form.useWatch<number | undefined>('periodMonths');
  return (
    <Form.Item>
      <Collapse
        items={[
          {
            key: 'rounding',
            label: t('tariff.advanced'),
            // The fields hold their values while folded away.
            forceRender: true,
            children: (
              <>
                {period !== undefined && period > 1 && (
                  <SelectField
                    name="anchorMonth"
                    label={t('tariff.anchor')}
                    required
                    options={monthsOfYear.map((month) => ({
                      value: month,
                      label: t('tariff.month', { month }),
                    }))}
                  />
                )}
                <SelectField
                  name="roundingMode"
                  label={t('tariff.roundingMode')}
                  required
                  options={roundingModes.map((value) => ({
                    value,
                    label: t(`tariff.roundingMode.${value}`),
                  }))}
                />
                <SelectField
                  name="roundingUnit"
                  label={t('tariff.roundingUnit')}
                  required
                  options={roundingUnits.map((value) => ({
                    value,
                    label: t(`tariff.roundingUnit.${value}`),
                  }))}
                />
                <SelectField
                  name="roundingPoint"
                  label={t('tariff.roundingPoint')}
                  required
                  options={roundingPoints.map((value) => ({
                    value,
                    label: t(`tariff.roundingPoint.${value}`),
                  }))}
                />
                <SelectField
                  name="dueDay"
                  label={t('tariff.dueDay')}
                  required
                  options={dueDays.map((day) => ({
                    value: day,
                    label: t('tariff.dueDayText', { day }),
                  }))}
                />
              </>
            ),
          },
        ]}
      />
    </Form.Item>
  );
}
