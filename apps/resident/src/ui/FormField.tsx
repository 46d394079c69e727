import { type ReactNode, useId } from 'react';
import { Text, View } from '#ui';
import { Icon } from './Icon.tsx';

interface FormFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why the value cannot be taken. */
  readonly problem?: string | undefined;
  /** Gets what ties the field to its label and problem: `{(field) => <Input {...field} … />}`. */
  readonly children: (field: FieldTies) => ReactNode;
}
export interface FieldTies {
  readonly id: string;
  readonly ariaLabel: string;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
}

export function FormField({ label, hint, problem, children }: FormFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = hint !== undefined || problem !== undefined;
  const ties = {
    id,
    ariaLabel: label,
    isInvalid: problem !== undefined,
    describedBy: hasNote ? noteId : undefined,
  };
  return (
    <View className="form-field">
      <Text className="form-label" ariaHidden>
        {label}
      </Text>
      {children(ties)}
      {hasNote && (
        <View id={noteId}>
          {problem !== undefined && (
            <View className="form-problem" role="alert">
              <Icon name="warning" />
              <Text>{problem}</Text>
            </View>
          )}
          {hint !== undefined && <Text className="hint">{hint}</Text>}
        </View>
      )}
    </View>
  );
}
