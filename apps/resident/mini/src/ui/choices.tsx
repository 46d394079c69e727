import { View } from '@tarojs/components';
import type { CheckboxProps, ChoiceProps, SwitchProps } from '../../../src/ui/types.ts';
import { aria } from './aria.ts';

export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, disabled = false, ariaLabel, className = '', children } = props;
  return (
    <View
      className={`check ${disabled ? 'check-off' : ''} ${className}`}
      {...aria({ role: 'checkbox', checked, disabled, label: ariaLabel })}
      onClick={() => {
        if (!disabled) onChange(!checked);
      }}
    >
      <View
        className={checked ? 'check-box box box-on' : 'check-box box'}
        {...aria({ hidden: true })}
      />
      {children !== undefined && <View className="check-label">{children}</View>}
    </View>
  );
}

export function Switch({ checked, onChange, disabled = false, ariaLabel }: SwitchProps) {
  return (
    <View
      className={`switch ${checked ? 'switch-on' : ''} ${disabled ? 'check-off' : ''}`}
      {...aria({ role: 'switch', checked, disabled, label: ariaLabel })}
      onClick={() => {
        if (!disabled) onChange(!checked);
      }}
    >
      <View className="switch-knob" {...aria({ hidden: true })} />
    </View>
  );
}

export function Choice(props: ChoiceProps) {
  const { id, value, options, onChange, ariaLabel, disabled = false, isRow } = props;
  return (
    <View
      className={isRow ? 'choice choice-row' : 'choice'}
      {...aria({ role: 'radiogroup', label: ariaLabel })}
      {...(id !== undefined && { id })}
    >
      {options.map((option) => {
        const isChosen = option.value === value;
        return (
          <View
            key={option.value}
            className={`check choice-option ${disabled ? 'check-off' : ''}`}
            {...aria({ role: 'radio', checked: isChosen, disabled })}
            onClick={() => {
              if (!disabled) onChange(option.value);
            }}
          >
            <View
              className={`check-box dot ${isChosen ? 'dot-on' : ''}`}
              {...aria({ hidden: true })}
            />
            <View className="check-label">
              <View>{option.label}</View>
              {option.hint !== undefined && <View className="hint">{option.hint}</View>}
            </View>
          </View>
        );
      })}
    </View>
  );
}
