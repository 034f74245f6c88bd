export function remindLater(remind: (guest: string) => void, guest: string): void {
  setTimeout(() => {
    remind(guest);
  }, 3_600_000);
}
