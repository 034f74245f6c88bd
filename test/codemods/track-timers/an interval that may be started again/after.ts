export function createPoller(poll: () => Promise<void>, pause: number) {
  let failures = 0;
  let pollInterval: ReturnType<typeof setInterval> | undefined;

  return {
    start() {
      if (failures < 3) {
        clearInterval(pollInterval);
        pollInterval = setInterval(() => {
          poll().catch(() => {
            failures += 1;
          });
        }, pause);
      }
    },
    stop: () => {
      clearInterval(pollInterval);
      return console.log(`stopped after ${failures} failures`);
    },
  };
}
