import { useQuery } from '@tanstack/react-query';
import { Card, Form, Input } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { useLanguage } from '../i18n/index.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { dayText, todayOf } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { isDecimal, type TariffValues, termsOf } from './tariff-terms.ts';

/** An example worked out by the server, while the form is being filled in. */
export function TariffPreview() {
  const { t } = useTranslation('charging');
  const areaId = useId();
  const form = Form.useFormInstance<TariffValues>();
  const values: Partial<TariffValues> = Form.useWatch([], form) ?? {};
  const [areaM2, setAreaM2] = useState('89.37');
  const isByArea = values.basis === 'area';
  return (
    <Card size="small" title={<h2 className="card-title">{t('preview.title')}</h2>}>
      <div className="stack">
        {isByArea && (
          <div className="filter">
            <label htmlFor={areaId}>{t('preview.area')}</label>
            <Input
              id={areaId}
              value={areaM2}
              suffix="㎡"
              inputMode="decimal"
              maxLength={12}
              style={{ width: 160 }}
              onChange={(event) => setAreaM2(event.target.value)}
            />
          </div>
        )}
        <Example values={values} areaM2={isByArea ? areaM2 : undefined} />
      </div>
    </Card>
  );
}

interface ExampleProps {
  readonly values: Partial<TariffValues>;
  readonly areaM2: string | undefined;
}

function Example({ values, areaM2 }: ExampleProps) {
  const { t } = useTranslation('charging');
  const [language] = useLanguage();
  const terms = termsOf(values);
  const month = `${(values.effectiveFrom ?? todayOf()).slice(0, 7)}-01`;
  const isComplete = terms !== undefined && (areaM2 === undefined || isDecimal(areaM2));
  const body = useDeferredValue(
    isComplete ? { ...terms, month, ...(areaM2 && { areaM2: areaM2.trim() }) } : undefined,
  );
  const { data, error } = useQuery({
    queryKey: ['tariff example', body],
    enabled: body !== undefined,
    queryFn: ({ signal }) =>
      body ? call('POST /api/tariffs/preview', { body }, signal) : Promise.reject(new Error()),
  });
  if (!isComplete) return <span className="muted">{t('preview.wait')}</span>;
  if (error) return <FailureNotice error={error} />;
  if (!data) return <span className="muted">…</span>;
  return (
    <div className="stack-tight" role="status">
      <span className="tile-value">
        <Money fen={data.amountFen} />
      </span>
      <span>{data.explanation[language]}</span>
      <span className="muted">
        {t('preview.period', {
          from: dayText(data.periodStart, language),
          to: dayText(data.periodEnd, language),
          due: dayText(data.dueOn, language),
        })}
      </span>
    </div>
  );
}
