interface Scope {
  /** null: every community. */
  readonly communityId: string | null;
  /** Empty: every fee item. */
  readonly feeItemIds: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Whether two plans would remind somebody of the same bill. */
export function overlaps(one: Scope, other: Scope): boolean {
  const isSamePlace =
    one.communityId === null || other.communityId === null || one.communityId === other.communityId;
  const isSameItem =
    one.feeItemIds.length === 0 ||
    other.feeItemIds.length === 0 ||
    one.feeItemIds.some((id) => other.feeItemIds.includes(id));
  const isSameTime =
    (one.endsOn === null || other.startsOn <= one.endsOn) &&
    (other.endsOn === null || one.startsOn <= other.endsOn);
  return isSamePlace && isSameItem && isSameTime;
}
