import * as glassEasel from 'glass-easel';

type Fields = Record<string, unknown>;
type Shadowed = Fields & { type: string; detail: unknown };
type Caller = { id?: string; dataset?: Fields };

/**
 * A phone hands a page plain events with properties of their own; the engine's inherit theirs,
 * and what reads them with `Object.keys` would find nothing.
 */
export function dispatchAsOnAPhone(context: glassEasel.CurrentWindowBackendContext): void {
  context.onEvent((target, type, detail, options) => {
    const given = detailOf(type, detail, options.originalEvent as Event | undefined);
    return glassEasel.Event.dispatchEvent(target, new glassEasel.Event(type, given, options));
  });
  glassEasel.Event.prototype.wrapShadowedEvent = function wrap(
    this: Shadowed,
    target: Caller,
    mark: unknown,
    currentTarget: Caller,
  ) {
    return {
      type: this.type,
      detail: this.detail,
      timeStamp: performance.now(),
      mark,
      target: plain(target),
      currentTarget: plain(currentTarget),
      touches: [],
      changedTouches: [],
      stopPropagation: () => (this['stopPropagation'] as () => void)(),
      preventDefault: () => (this['preventDefault'] as () => void)(),
    } as never;
  } as never;
}

/** An event of a built-in component, as the component would trigger it. */
export function trigger(element: HTMLElement, type: string, detail: Fields): void {
  const target = (element as { __wxElement?: glassEasel.Element }).__wxElement;
  if (target === undefined) return;
  const event = new glassEasel.Event(type, detail, { bubbles: false, composed: false });
  glassEasel.Event.dispatchEvent(target, event);
}

function plain(caller: Caller) {
  return { id: caller.id ?? '', dataset: { ...caller.dataset }, offsetLeft: 0, offsetTop: 0 };
}

function detailOf(type: string, detail: unknown, original: Event | undefined): unknown {
  const field = original?.target as HTMLInputElement | null | undefined;
  if (field && ['input', 'focus', 'blur', 'change', 'confirm'].includes(type)) {
    return { value: field.value, cursor: field.selectionStart ?? 0 };
  }
  return detail;
}
