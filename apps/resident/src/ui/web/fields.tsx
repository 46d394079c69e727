import type { DayPickerProps, InputProps, PickerProps, TextFieldProps } from '../types.ts';

/** Type, keyboard and what the browser may fill in. */
const kinds = {
  text: { type: 'text', inputMode: 'text', autoComplete: 'off' },
  whole: { type: 'text', inputMode: 'numeric', autoComplete: 'off' },
  amount: { type: 'text', inputMode: 'decimal', autoComplete: 'off' },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'tel-national' },
  code: { type: 'text', inputMode: 'numeric', autoComplete: 'one-time-code' },
  search: { type: 'search', inputMode: 'search', autoComplete: 'off' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email' },
} as const;

export function Input({ kind = 'text', onDone, ...props }: InputProps) {
  return (
    <input
      className="field"
      {...kinds[kind]}
      {...attributesOf(props)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone?.();
      }}
    />
  );
}

export function TextArea(props: TextFieldProps) {
  return <textarea className="field field-tall" rows={4} {...attributesOf(props)} />;
}

function attributesOf(props: TextFieldProps) {
  return {
    id: props.id,
    value: props.value,
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    disabled: props.disabled,
    'aria-invalid': props.isInvalid || undefined,
    'aria-describedby': props.describedBy,
    'aria-label': props.ariaLabel,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      props.onChange(event.target.value),
  };
}

export function Picker(props: PickerProps) {
  const { id, value, options, onChange, placeholder, ariaLabel, disabled } = props;
  return (
    <select
      className="field field-select"
      id={id}
      value={value ?? ''}
      disabled={disabled}
      aria-label={ariaLabel}
      aria-invalid={props.isInvalid || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {value === undefined && (
        <option value="" disabled>
          {placeholder ?? ''}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function DayPicker({ id, value, from, to, onChange, ariaLabel }: DayPickerProps) {
  return (
    <input
      type="date"
      className="field"
      id={id}
      value={value ?? ''}
      min={from}
      max={to}
      aria-label={ariaLabel}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
