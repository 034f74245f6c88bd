const feed = new Map<string, number>();
let retry: ReturnType<typeof setTimeout> | undefined;
let forgetOldInterval: ReturnType<typeof setInterval> | undefined;

function connect(): void {
  retry = setTimeout(connect, 30_000);
}

function forgetOld(): void {
  for (const [key, time] of feed) if (time < Date.now() - 60_000) feed.delete(key);
}

export function startFeed(): void {
  connect();
  clearInterval(forgetOldInterval);
  forgetOldInterval = setInterval(forgetOld, 60_000);
}

export function stopFeed(): void {
  clearInterval(forgetOldInterval);
  clearTimeout(retry);
}
