/** Loads the page anew if the server answers; while it is away, what is on the screen stays. */
export async function reloadIfServed(): Promise<void> {
  if (await isServed()) window.location.reload();
}

/** Whether the server can send the console now. */
export async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/readyz', { cache: 'no-store' })).ok;
  } catch (error) {
    if (error instanceof TypeError) return false; // No network.
    throw error;
  }
}
