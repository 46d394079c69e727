import type { ReactNode } from 'react';
import type { PageName, PageParams, Tab } from '../pages.ts';
import type { PhoneProof } from '../platform/types.ts';

/** The primitives behind `#ui`. The web and the mini-programs implement each of these types. */
export interface Primitives {
  readonly View: Primitive<ViewProps>;
  readonly Text: Primitive<TextProps>;
  readonly Heading: Primitive<HeadingProps>;
  readonly Button: Primitive<ButtonProps>;
  readonly Input: Primitive<InputProps>;
  readonly TextArea: Primitive<TextFieldProps>;
  readonly Checkbox: Primitive<CheckboxProps>;
  readonly Switch: Primitive<SwitchProps>;
  readonly Choice: Primitive<ChoiceProps>;
  readonly Picker: Primitive<PickerProps>;
  readonly DayPicker: Primitive<DayPickerProps>;
  readonly Image: Primitive<ImageProps>;
  readonly Link: <Name extends PageName>(props: LinkProps<Name>) => ReactNode;
  readonly OutLink: Primitive<OutLinkProps>;
  readonly PhoneButton: Primitive<PhoneButtonProps>;
  /** Whether PhoneButton shows anything here. */
  readonly hasPhoneButton: boolean;
  readonly Sheet: Primitive<SheetProps>;
  readonly Page: Primitive<PageProps>;
}

type Primitive<Props> = (props: Props) => ReactNode;
type Maybe<Value> = Value | undefined;

export interface ViewProps {
  readonly className?: Maybe<string>;
  readonly id?: Maybe<string>;
  readonly role?: Maybe<'list' | 'listitem' | 'status' | 'alert' | 'group' | 'img' | 'region'>;
  readonly ariaLabel?: Maybe<string>;
  readonly ariaHidden?: Maybe<boolean>;
  readonly children?: ReactNode;
}

export interface TextProps {
  readonly className?: Maybe<string>;
  /** Read aloud instead of the text. */
  readonly ariaLabel?: Maybe<string>;
  readonly ariaHidden?: Maybe<boolean>;
  readonly children?: ReactNode;
}

/** 2 for a section, 3 within it; the page's title is 1. */
export interface HeadingProps {
  readonly level: 2 | 3;
  readonly className?: Maybe<string>;
  readonly children?: ReactNode;
}

export interface ButtonProps {
  /** `main`: one on a screen; `plain`: looks like a link. */
  readonly kind?: Maybe<'main' | 'second' | 'danger' | 'plain'>;
  readonly onTap: () => void;
  readonly disabled?: Maybe<boolean>;
  /** Disabled, and says that work is under way. */
  readonly busy?: Maybe<boolean>;
  readonly ariaLabel?: Maybe<string>;
  /** For a button that shows and hides something. */
  readonly ariaExpanded?: Maybe<boolean>;
  /** For one of several that are either on or off. */
  readonly ariaPressed?: Maybe<boolean>;
  readonly className?: Maybe<string>;
  readonly children?: ReactNode;
}

export interface TextFieldProps {
  /** FormField gives it, so that label and problem belong to the field. */
  readonly id?: Maybe<string>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: Maybe<string>;
  readonly maxLength?: Maybe<number>;
  readonly disabled?: Maybe<boolean>;
  readonly isInvalid?: Maybe<boolean>;
  readonly describedBy?: Maybe<string>;
  readonly ariaLabel?: Maybe<string>;
}

export interface InputProps extends TextFieldProps {
  /** The keyboard that fits: whole numbers, amounts, telephone, a code that was sent. */
  readonly kind?: Maybe<'text' | 'whole' | 'amount' | 'phone' | 'code' | 'search' | 'email'>;
  /** The keyboard's own "done". */
  readonly onDone?: Maybe<() => void>;
}

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: Maybe<boolean>;
  readonly ariaLabel?: Maybe<string>;
  readonly className?: Maybe<string>;
  /** Its label: all of it can be tapped. */
  readonly children?: ReactNode;
}

export interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: Maybe<boolean>;
  readonly ariaLabel: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: Maybe<string>;
}

/** One of a few, all of them in sight. */
export interface ChoiceProps {
  readonly id?: Maybe<string>;
  readonly value: Maybe<string>;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly ariaLabel: string;
  readonly disabled?: Maybe<boolean>;
  /** Side by side where there is room. */
  readonly isRow?: Maybe<boolean>;
}

/** One of many. */
export interface PickerProps {
  readonly id?: Maybe<string>;
  readonly value: Maybe<string>;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: Maybe<string>;
  readonly ariaLabel?: Maybe<string>;
  readonly disabled?: Maybe<boolean>;
  readonly isInvalid?: Maybe<boolean>;
  readonly describedBy?: Maybe<string>;
}

/** Days are "2026-11-24". */
export interface DayPickerProps {
  readonly id?: Maybe<string>;
  readonly value: Maybe<string>;
  readonly from?: Maybe<string>;
  readonly to?: Maybe<string>;
  readonly onChange: (day: string) => void;
  readonly ariaLabel?: Maybe<string>;
}

export interface ImageProps {
  readonly src: string;
  /** Empty for one that only decorates. */
  readonly alt: string;
  readonly className?: Maybe<string>;
  readonly fit?: Maybe<'cover' | 'contain' | 'width'>;
}

export interface LinkProps<Name extends PageName> {
  readonly to: Name;
  readonly params?: Maybe<PageParams<Name>>;
  readonly className?: Maybe<string>;
  readonly ariaLabel?: Maybe<string>;
  readonly children?: ReactNode;
}

export interface OutLinkProps {
  readonly url: string;
  readonly className?: Maybe<string>;
  readonly children?: ReactNode;
}

/** A wallet asks its user whether the phone may be told; nothing where a wallet cannot. */
export interface PhoneButtonProps {
  readonly onPhone: (proof: PhoneProof) => void;
  readonly onRefused?: Maybe<() => void>;
  readonly disabled?: Maybe<boolean>;
  readonly children?: ReactNode;
}

/** A part of the page that comes up from below and keeps the rest out of reach. */
export interface SheetProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** Buttons that stay in sight below what scrolls. */
  readonly foot?: ReactNode;
  readonly children?: ReactNode;
}

/** The frame of every page: title, way back, content, what stays at the bottom, tabs. */
export interface PageProps {
  readonly title: string;
  readonly tab?: Maybe<Tab>;
  /** Stays at the bottom: the total and the button. */
  readonly foot?: ReactNode;
  /** A page that one does not go back from, such as a result. */
  readonly hasNoBack?: Maybe<boolean>;
  readonly children?: ReactNode;
}
