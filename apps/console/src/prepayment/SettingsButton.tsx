import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';

type Settings = Answer<'GET /api/prepayment-settings'>;

interface Values {
  readonly shortBalance: Settings['shortBalance'];
  readonly allowsPart: 'yes' | 'no';
  readonly months?: string;
  readonly source?: string;
}

/** How the company uses money paid ahead. */
export function SettingsButton() {
  const { t } = useTranslation('prepayment');
  const [isOpen, setOpen] = useState(false);
  const { data } = useRead('GET /api/prepayment-settings', {});
  return (
    <>
      <Button disabled={!data} onClick={() => setOpen(true)}>
        {t('settings')}
      </Button>
      {data && <SettingsForm settings={data} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </>
  );
}

interface SettingsFormProps {
  readonly settings: Settings;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function SettingsForm({ settings, isOpen, onClose }: SettingsFormProps) {
  const { t } = useTranslation('prepayment');
  const save = useWrite('PUT /api/prepayment-settings');
  return (
    <FormDrawer<Values>
      title={t('settings')}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={valuesOf(settings)}
      onSubmit={(values) => save.mutateAsync({ body: settingsOf(values) })}
    >
      <p className="muted">{t('settingsHint')}</p>
      <SelectField
        name="shortBalance"
        label={t('short')}
        required
        help={t('shortHelp')}
        options={(['part', 'wait'] as const).map((value) => ({
          value,
          label: t(`short.${value}`),
        }))}
      />
      <SelectField
        name="allowsPart"
        label={t('part')}
        required
        help={t('partHelp')}
        options={[
          { value: 'yes', label: t('auto.on') },
          { value: 'no', label: t('auto.off') },
        ]}
      />
      <TextField
        name="months"
        label={t('ceilingMonths')}
        help={t('ceilingMonthsHelp')}
        maxLength={2}
        rule={{ pattern: /^([1-9]|[1-5]\d|60)$/, message: t('ceilingMonthsRule') }}
      />
      <TextField
        name="source"
        label={t('ceilingSource')}
        help={`${t('ceilingSourceHelp')} · ${t('ceilingBoth')}`}
        maxLength={200}
      />
    </FormDrawer>
  );
}

function valuesOf({ shortBalance, allowsPart, ceiling }: Settings): Values {
  return {
    shortBalance,
    allowsPart: allowsPart ? 'yes' : 'no',
    ...(ceiling && { months: String(ceiling.months), source: ceiling.source }),
  };
}

/** Half a ceiling is sent as it is, so that the server names what is missing. */
function settingsOf({ shortBalance, allowsPart, months = '', source = '' }: Values): Settings {
  const isSet = months !== '' || source.trim() !== '';
  return {
    shortBalance,
    allowsPart: allowsPart === 'yes',
    ceiling: isSet ? { months: Number(months), source: source.trim() } : null,
  };
}
