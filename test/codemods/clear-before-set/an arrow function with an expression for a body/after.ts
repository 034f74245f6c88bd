let timer: number | undefined;

const beat = () => {
  navigator.sendBeacon('/beat');
};

export const start = () => {
  window.clearInterval(timer);
  return timer = window.setInterval(beat, 60_000);
};

export const stop = () => window.clearInterval(timer);
