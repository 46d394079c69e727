import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDateFormats } from './date-formats.ts';

/** What the server takes for an area or a price. */
const decimal = /^\s*\d{1,12}(\.\d{1,6})?\s*$/;

interface FieldOption {
  readonly value: string | number;
  readonly label: string;
}

interface FieldProps {
  readonly name: string | string[];
  readonly label: string;
  readonly required?: boolean;
  readonly help?: ReactNode;
  /** A form that the text must have when it is filled in, and what to say when it has not. */
  readonly rule?: { readonly pattern: RegExp; readonly message: string };
}

export function TextField({
  maxLength = 100,
  placeholder,
  type = 'text',
  suffix,
  autoComplete = 'off',
  ...field
}: FieldProps & {
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'decimal';
  readonly suffix?: string;
  readonly autoComplete?: string;
}) {
  const { t } = useTranslation();
  const rule =
    field.rule ?? (type === 'decimal' ? { pattern: decimal, message: t('decimal') } : undefined);
  const shared = { maxLength, placeholder: placeholder ?? '', autoComplete, suffix };
  return (
    <Field {...field} {...(rule && { rule })}>
      {type === 'password' ? (
        <Input.Password {...shared} />
      ) : (
        <Input {...shared} inputMode={type === 'decimal' ? 'decimal' : 'text'} />
      )}
    </Field>
  );
}

export function LongTextField({
  maxLength = 200,
  rows = 3,
  placeholder,
  ...field
}: FieldProps & { readonly maxLength?: number; rows?: number; placeholder?: string }) {
  return (
    <Field {...field}>
      <Input.TextArea maxLength={maxLength} rows={rows} placeholder={placeholder ?? ''} />
    </Field>
  );
}

export function SelectField({
  options,
  multiple,
  placeholder,
  loading,
  ...field
}: FieldProps & {
  readonly options: readonly FieldOption[];
  readonly multiple?: boolean;
  readonly placeholder?: string;
  readonly loading?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Field {...field}>
      <Select
        options={[...options]}
        placeholder={placeholder ?? t('choose')}
        loading={loading ?? false}
        allowClear={!field.required}
        showSearch={{ optionFilterProp: 'label' }}
        {...(multiple && { mode: 'multiple' as const })}
      />
    </Field>
  );
}

/** A day, kept in the form as 'YYYY-MM-DD'. */
export function DayField({
  picker = 'date',
  ...field
}: FieldProps & { picker?: 'date' | 'month' }) {
  const format = picker === 'month' ? 'YYYY-MM-01' : 'YYYY-MM-DD';
  return (
    <Field
      {...field}
      getValueProps={(value: string | undefined) => ({ value: value ? dayjs(value) : null })}
      normalize={(value: Dayjs | null) => value?.format(format)}
    >
      <DatePicker picker={picker} format={useDateFormats(picker)} style={{ width: '100%' }} />
    </Field>
  );
}

/** Any control with a label that is linked to it. */
export function Field({
  name,
  label,
  required,
  help,
  rule,
  children,
  ...rest
}: FieldProps & {
  readonly children: ReactNode;
  readonly getValueProps?: (value: string | undefined) => Record<string, unknown>;
  readonly normalize?: (value: Dayjs | null) => string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      rules={[
        ...(required ? [{ required: true, message: t('required', { label }) }] : []),
        ...(rule ? [rule] : []),
      ]}
      {...rest}
    >
      {children}
    </Form.Item>
  );
}
