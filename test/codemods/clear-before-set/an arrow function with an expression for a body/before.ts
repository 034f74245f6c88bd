let timer: number | undefined;

const beat = () => {
  navigator.sendBeacon('/beat');
};

export const start = () => timer = window.setInterval(beat, 60_000);

export const stop = () => window.clearInterval(timer);
