interface Heard {
  readonly role?: string | undefined;
  readonly label?: string | undefined;
  readonly level?: number | undefined;
  readonly hidden?: boolean | undefined;
  readonly checked?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  readonly selected?: boolean | undefined;
}

/**
 * What screen readers hear, as texts: the templates take `false` for nothing. What is not said is
 * left out. The names are those of build/accessibility.js.
 */
export function aria(heard: Heard): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(heard)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        `aria${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        String(value),
      ]),
  );
}
