export function createPoller(poll: () => Promise<void>, pause: number) {
  let failures = 0;

  return {
    start() {
      if (failures < 3) setInterval(() => {
        poll().catch(() => {
          failures += 1;
        });
      }, pause);
    },
    stop: () => console.log(`stopped after ${failures} failures`),
  };
}
