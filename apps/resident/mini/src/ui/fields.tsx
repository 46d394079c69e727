import {
  Input as TaroInput,
  Picker as TaroPicker,
  Textarea as TaroTextarea,
  View,
} from '@tarojs/components';
import type {
  DayPickerProps,
  InputProps,
  PickerProps,
  TextFieldProps,
} from '../../../src/ui/types.ts';
import { aria } from './aria.ts';

/** The keyboard of each kind. */
const keyboards = {
  text: 'text',
  whole: 'number',
  amount: 'digit',
  phone: 'number',
  code: 'number',
  search: 'text',
  email: 'text',
} as const;
/** A wallet cuts at 140 letters unless it is told otherwise. */
const unlimited = -1;

export function Input({ kind = 'text', onDone, ...props }: InputProps) {
  return (
    <TaroInput
      className={`field ${lookOf(props)}`}
      type={keyboards[kind]}
      confirmType={kind === 'search' ? 'search' : 'done'}
      onConfirm={() => onDone?.()}
      {...attributesOf(props)}
    />
  );
}

export function TextArea(props: TextFieldProps) {
  return <TaroTextarea className={`field field-tall ${lookOf(props)}`} {...attributesOf(props)} />;
}

export function Picker(props: PickerProps) {
  const { id, value, options, onChange, placeholder = '', disabled = false } = props;
  const index = options.findIndex((option) => option.value === value);
  return (
    <TaroPicker
      mode="selector"
      range={options.map(({ label }) => label)}
      value={Math.max(index, 0)}
      disabled={disabled}
      {...aria({ role: 'combobox', label: props.ariaLabel })}
      {...(id !== undefined && { id })}
      onChange={({ detail }) => {
        const option = options[Number(detail.value)];
        if (option !== undefined) onChange(option.value);
      }}
    >
      <View className={`field field-select ${lookOf(props)}`}>
        {options[index]?.label ?? placeholder}
      </View>
    </TaroPicker>
  );
}

export function DayPicker({ id, value, from, to, onChange, ariaLabel }: DayPickerProps) {
  return (
    <TaroPicker
      mode="date"
      value={value ?? ''}
      {...aria({ role: 'combobox', label: ariaLabel })}
      {...(from !== undefined && { start: from })}
      {...(to !== undefined && { end: to })}
      {...(id !== undefined && { id })}
      onChange={({ detail }) => onChange(detail.value)}
    >
      <View className="field field-select">{value ?? ''}</View>
    </TaroPicker>
  );
}

function attributesOf(props: TextFieldProps) {
  const { id, value, onChange, placeholder = '', maxLength = unlimited, disabled = false } = props;
  return {
    value,
    placeholder,
    maxlength: maxLength,
    disabled,
    ...aria({ label: props.ariaLabel }),
    ...(id !== undefined && { id }),
    onInput: ({ detail }: { readonly detail: { readonly value: string } }) =>
      onChange(detail.value),
  };
}

function lookOf({ isInvalid, disabled }: Pick<TextFieldProps, 'isInvalid' | 'disabled'>): string {
  return `${isInvalid ? 'field-wrong' : ''} ${disabled ? 'field-off' : ''}`;
}
