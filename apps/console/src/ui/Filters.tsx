import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDateFormats } from './date-formats.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

export function FilterSelect({
  label,
  value,
  onChange,
  options,
  loading,
  width = 160,
  placeholder,
}: FilterProps & {
  readonly options: readonly Option[];
  readonly loading?: boolean;
  readonly width?: number;
  /** Where nothing chosen is not everything. */
  readonly placeholder?: string;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Filter label={label} id={id}>
      <Select
        id={id}
        allowClear
        value={value ?? null}
        placeholder={placeholder ?? t('all')}
        loading={loading ?? false}
        options={[...options]}
        onChange={(next: string | null) => onChange(next ?? undefined)}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ width }}
      />
    </Filter>
  );
}

/** Searches while one types, a moment after the last letter; Enter searches at once. */
export function FilterSearch({
  label,
  placeholder,
  value,
  onChange,
}: FilterProps & { readonly placeholder: string }) {
  const id = useId();
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    if (text === (value ?? '')) return undefined;
    const timer = setTimeout(() => onChange(text.trim() || undefined), searchDelayMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Filter label={label} id={id}>
      <Input
        id={id}
        type="search"
        allowClear
        value={text}
        placeholder={placeholder}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => onChange(text.trim() || undefined)}
        style={{ width: 240 }}
      />
    </Filter>
  );
}

/** Long enough for an input method to finish a word. */
const searchDelayMs = 500;

export function FilterMonth({ label, value, onChange }: FilterProps) {
  const id = useId();
  return (
    <Filter label={label} id={id}>
      <DatePicker
        id={id}
        picker="month"
        format={useDateFormats('month')}
        value={value ? dayjs(value) : null}
        onChange={(month) => onChange(month ? month.format('YYYY-MM-01') : undefined)}
        style={{ width: 150 }}
      />
    </Filter>
  );
}

export function FilterDay({ label, value, onChange }: FilterProps) {
  const id = useId();
  return (
    <Filter label={label} id={id}>
      <DatePicker
        id={id}
        format={useDateFormats('date')}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : undefined)}
        style={{ width: 170 }}
      />
    </Filter>
  );
}

export function Filter({
  label,
  id,
  children,
}: {
  readonly label: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
