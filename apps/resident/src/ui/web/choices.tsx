import { useId } from 'react';
import type { CheckboxProps, ChoiceProps, SwitchProps } from '../types.ts';

export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, disabled, ariaLabel, className = '', children } = props;
  return (
    <label className={`check ${className}`}>
      <input
        type="checkbox"
        className="check-box"
        checked={checked}
        disabled={disabled}
        aria-label={ariaLabel}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children !== undefined && <span className="check-label">{children}</span>}
    </label>
  );
}

export function Switch({ checked, onChange, disabled, ariaLabel }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className={`switch ${checked ? 'switch-on' : ''}`}
      aria-checked={checked}
      aria-label={ariaLabel}
      disabled={disabled}
      onClick={() => onChange(!checked)}
    >
      <span className="switch-knob" />
    </button>
  );
}

export function Choice(props: ChoiceProps) {
  const { id, value, options, onChange, ariaLabel, disabled, isRow } = props;
  const name = useId();
  return (
    <div
      role="radiogroup"
      id={id}
      aria-label={ariaLabel}
      className={isRow ? 'choice choice-row' : 'choice'}
    >
      {options.map((option) => (
        <label key={option.value} className="check choice-option">
          <input
            type="radio"
            className="check-box"
            name={name}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
          <span className="check-label">
            {option.label}
            {option.hint !== undefined && <span className="hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
